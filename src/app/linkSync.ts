/**
 * Keeps the address in step with the page: a new link loads its experiment, an edit rewrites the link
 * in place, so that the address bar always holds the experiment on the screen, the lesson, or the sweep.
 */
import type { Lab } from '../store/lab.ts';
import type { LabState } from '../store/state.ts';
import { readLessonLink } from './lessons/lessonLink.ts';
import { enterLesson, progress } from './lessons/progress.ts';
import { shownLink } from './lessons/shownLink.ts';
import { followLink, formatViews, type ViewState, type Views } from './views.ts';

/** Browsers refuse too many rewrites in a short time, and a slider makes dozens a second. */
const REWRITE_DELAY_MS = 250;

/** The address of what is on the screen: a lesson, an experiment, or a sweep. */
export function currentLink(state: Pick<LabState, 'experiment' | 'base'>, view: ViewState): string {
  const ofView = progress.getState().lesson === null ? formatViews(view, state.experiment) : null;
  return ofView ?? shownLink(state);
}

/** Starts syncing; the lab and the views are expected to show what the address asks for now. */
export function syncLink({ store, commands }: Lab, views: Views): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rewrite = (): void => {
    const link = currentLink(store.getState(), views.getState());
    if (link !== location.hash) history.replaceState(null, '', link);
  };
  const rewriteSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(rewrite, REWRITE_DELAY_MS);
  };
  store.subscribe((state, previous) => state.experiment !== previous.experiment && rewriteSoon());
  progress.subscribe((state, previous) => {
    if (state.lesson !== previous.lesson || state.part !== previous.part || state.own !== previous.own) rewriteSoon();
  });
  views.subscribe((state, previous) => {
    // At once: a reload right behind the press of a button is to show the same view.
    if (state.view !== previous.view) rewrite();
    else if (state.sweep !== previous.sweep) rewriteSoon();
  });
  // A reload or a copied address must not miss the last edit.
  window.addEventListener('pagehide', () => timer !== undefined && rewrite());
  window.addEventListener('hashchange', () => {
    clearTimeout(timer);
    const link = readLessonLink(location.hash);
    enterLesson(link);
    if (link.experiment) commands.setExperiment(link.experiment);
    const inViews = followLink(views, location.hash, store.getState().experiment);
    for (const each of [...link.problems, ...inViews]) commands.notify(each);
  });
}
