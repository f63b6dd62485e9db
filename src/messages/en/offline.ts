/** The words for keeping the page in the browser. */
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

export const offline = {
  keep: (missing: number) => `Keep for offline (${megabytes(missing)})`,
  keeping: (kept: number, total: number) => `Keeping the page: ${megabytes(kept)} of ${megabytes(total)}`,
  kept: (total: number) =>
    `This page is kept in this browser (${megabytes(total)}): it opens and trains without an internet connection.`,
  partly:
    'What you have opened so far works without an internet connection. Keep the rest, and all lessons, instruments and engines do too.',
  failed:
    'The page could not be kept: there is no internet connection, or this computer has no room left. What was kept until now stays; try again later.',
  cannot: 'This page cannot be kept here: browsers keep pages that come over https and stand in a window of their own.',
};
