/**
 * Keeps the address in step with the experiment: a new link loads its experiment, an edit rewrites
 * the link in place, so that the address bar always holds the experiment on the screen.
 */
import type { Experiment } from '../spec/experiment.ts';
import { formatLink } from '../spec/link.ts';
import { parseLink } from '../spec/parseLink.ts';
import type { Lab } from '../store/lab.ts';
import { followLink, formatViews, type ViewState, type Views } from './views.ts';

/** Browsers refuse too many rewrites in a short time, and a slider makes dozens a second. */
const REWRITE_DELAY_MS = 250;

/** The address of what is on the screen. */
export function currentLink(experiment: Experiment, view: ViewState): string {
  return formatLink(experiment) + formatViews(view, experiment);
}

/** Starts syncing; the lab and the views are expected to show what the address asks for now. */
export function syncLink({ store, commands }: Lab, views: Views): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rewrite = (): void => {
    const link = currentLink(store.getState().experiment, views.getState());
    if (link !== location.hash) history.replaceState(null, '', link);
  };
  const rewriteSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(rewrite, REWRITE_DELAY_MS);
  };
  store.subscribe((state, previous) => {
    if (state.experiment !== previous.experiment) rewriteSoon();
  });
  views.subscribe(rewriteSoon);
  // A reload or a copied address must not miss the last edit.
  window.addEventListener('pagehide', () => timer !== undefined && rewrite());
  window.addEventListener('hashchange', () => {
    clearTimeout(timer);
    const { experiment, problems } = parseLink(location.hash);
    commands.setExperiment(experiment);
    const inViews = followLink(views, location.hash, experiment);
    for (const each of [...problems, ...inViews]) commands.notify(each);
  });
}
