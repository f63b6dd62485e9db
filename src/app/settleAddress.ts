/** A link that stands in the query, or in the page itself where that is of one lesson or experiment, moves to the hash, where the page reads and keeps it. */
import { linkIn, queryWithoutLink, repairLink } from '../experiment/linkRepair.ts';

/** Comes before anything reads the address. */
export function settleAddress(): void {
  const { pathname, search, hash } = location;
  const own = document.querySelector<HTMLMetaElement>('meta[name="depthscope-link"]')?.content ?? '';
  const link = repairLink(linkIn(location)) || repairLink(own);
  if (own === '' && link === repairLink(hash)) return;
  // What WordPress tells its frames in the hash stays behind the link.
  const [secret = ''] = /#\?secret=.*$/.exec(hash) ?? [];
  const settled = `#${link}${secret}`;
  // From here on this is the application's page, whatever is opened in it.
  const path = own === '' ? pathname : pathname.replace(/[^/]*$/, '');
  try {
    history.replaceState(null, '', `${path}${queryWithoutLink(search)}${settled}`);
  } catch {
    // A sandboxed page may change no more than its hash.
    location.replace(settled);
  }
}
