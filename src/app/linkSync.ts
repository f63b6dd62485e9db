/**
 * Keeps the address in step with the experiment: a new link loads its experiment, an edit rewrites
 * the link in place, so that the address bar always holds the experiment on the screen.
 */
import { formatLink } from '../spec/link.ts';
import { parseLink } from '../spec/parseLink.ts';
import type { Lab } from '../store/lab.ts';

/** Browsers refuse too many rewrites in a short time, and a slider makes dozens a second. */
const REWRITE_DELAY_MS = 250;

/**
 * @param onLink gets what a new address asks for
 * @returns ends the syncing
 */
export function syncLink(store: Lab['store'], onLink: (link: ReturnType<typeof parseLink>) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rewrite = (): void => {
    timer = undefined;
    const link = formatLink(store.getState().experiment);
    if (link !== location.hash) history.replaceState(null, '', link);
  };
  const unsubscribe = store.subscribe((state, previous) => {
    if (state.experiment === previous.experiment) return;
    clearTimeout(timer);
    timer = setTimeout(rewrite, REWRITE_DELAY_MS);
  });
  const follow = (): void => {
    clearTimeout(timer);
    onLink(parseLink(location.hash));
  };
  window.addEventListener('hashchange', follow);
  return () => {
    clearTimeout(timer);
    unsubscribe();
    window.removeEventListener('hashchange', follow);
  };
}
