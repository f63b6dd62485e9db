/**
 * Keeps the address in step with the experiment: a new link loads its experiment, an edit rewrites
 * the link in place, so that the address bar always holds the experiment on the screen.
 */
import { formatLink } from '../spec/link.ts';
import { parseLink } from '../spec/parseLink.ts';
import type { Lab } from '../store/lab.ts';

/** Browsers refuse too many rewrites in a short time, and a slider makes dozens a second. */
const REWRITE_DELAY_MS = 250;

/** Starts syncing; the lab is expected to show what the address asks for now. */
export function syncLink({ store, commands }: Lab): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rewrite = (): void => {
    const link = formatLink(store.getState().experiment);
    if (link !== location.hash) history.replaceState(null, '', link);
  };
  store.subscribe((state, previous) => {
    if (state.experiment === previous.experiment) return;
    clearTimeout(timer);
    timer = setTimeout(rewrite, REWRITE_DELAY_MS);
  });
  // A reload or a copied address must not miss the last edit.
  window.addEventListener('pagehide', () => timer !== undefined && rewrite());
  window.addEventListener('hashchange', () => {
    clearTimeout(timer);
    const { experiment, problems } = parseLink(location.hash);
    commands.setExperiment(experiment);
    for (const each of problems) commands.notify(each);
  });
}
