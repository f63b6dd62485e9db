/** A link that stands in the query moves to the hash, where the page reads and keeps it. */
import { linkIn, queryWithoutLink, repairLink } from '../experiment/linkRepair.ts';

/** Comes before anything reads the address. */
export function settleAddress(): void {
  const { pathname, search, hash } = location;
  const link = linkIn(location);
  if (link === hash) return;
  // What WordPress tells its frames in the hash stays behind the link.
  const [secret = ''] = /#\?secret=.*$/.exec(hash) ?? [];
  const settled = `#${repairLink(link)}${secret}`;
  try {
    history.replaceState(null, '', `${pathname}${queryWithoutLink(search)}${settled}`);
  } catch {
    // A sandboxed page may change no more than its hash.
    location.replace(settled);
  }
}
