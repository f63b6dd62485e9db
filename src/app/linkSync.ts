/**
 * Keeps the address in step with the page. A lesson, a part of one and a view are places: going to another makes an entry in the
 * browser's history, so that Back and Forward lead through them. An edit rewrites the entry in place, so that the address
 * always holds the experiment on the screen, the lesson, or the sweep. A new link loads its experiment.
 */
import type { Experiment } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { type LessonLink, readLessonLink } from '../lessons/lessonLink.ts';
import { enterLesson, progress, shownLink } from '../lessons/progress.ts';
import type { Lab } from '../session/store/lab.ts';
import type { LabState } from '../session/store/state.ts';
import { followLink, formatViews, type ViewState, type Views } from '../session/views.ts';

/** Browsers refuse too many rewrites in a short time, and a slider makes dozens a second. */
const REWRITE_DELAY_MS = 250;

/** The address of what is on the screen: a lesson, an experiment, or a sweep. */
export function currentLink(state: Pick<LabState, 'experiment' | 'base'>, view: ViewState): string {
  const ofView = progress.getState().lesson === null ? formatViews(view, state.experiment) : null;
  return ofView ?? shownLink(state);
}

/**
 * The stay of an entry that this page has made, numbered as they follow each other: from entering a lesson, or leaving it for the
 * lab, up to the next. Null for a link that somebody has followed or typed.
 */
function stayHere(): number | null {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'stay' in state && typeof state.stay === 'number'
    ? state.stay
    : null;
}

/** What the address asks for. A lesson's link that names no part means the first where this page wrote it, else where it was left. */
export function linkHere(): LessonLink {
  const link = readLessonLink(location.hash);
  return stayHere() === null ? link : { ...link, part: link.part ?? 0 };
}

/** Starts syncing; the lab and the views are expected to show what the address asks for now. */
export function syncLink(lab: Lab, views: Views): void {
  const { store, commands } = lab;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stay = stayHere() ?? 0;
  let newest = stay;
  let here = placeOf(views);
  let isFollowing = false;
  /** The latest experiment that has been trained to its end in each stay. */
  const finished = new Map<number, string>();
  /** The address as this page left or found it last: while another stands there, the browser has gone on, and is about to say so. */
  let address = location.hash;

  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isFollowing || location.hash !== address) return;
    const link = currentLink(store.getState(), views.getState());
    const place = placeOf(views);
    if (place === here) {
      if (link !== address) history.replaceState({ stay }, '', link);
      address = location.hash;
      return;
    }
    if (place.startsWith(LESSON) || here.startsWith(LESSON)) {
      newest++;
      stay = newest;
    }
    here = place;
    history.pushState({ stay }, '', link);
    address = location.hash;
  };
  const writeSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, REWRITE_DELAY_MS);
  };
  const follow = (): void => {
    clearTimeout(timer);
    timer = undefined;
    isFollowing = true;
    address = location.hash;
    const before = stay;
    const link = linkHere();
    const known = stayHere();
    newest = Math.max(newest + (known === null ? 1 : 0), known ?? 0);
    stay = known ?? newest;
    enterLesson(link);
    // Between the views of one stay the lab stays as it is: what was edited and trained in one is on show in the others.
    const isLoaded = link.experiment !== null && stay !== before && load(lab, link.experiment, known !== null);
    const problems = followLink(views, location.hash, link.experiment ?? store.getState().experiment);
    // The first screen showed a finished run: trained again, it comes out the same.
    const { experiment } = store.getState();
    if (isLoaded && views.getState().view === 'home' && finished.get(stay) === formatLink(experiment)) commands.play();
    here = placeOf(views);
    isFollowing = false;
    if (known === null) history.replaceState({ stay }, '');
    if (stay === before) write();
    for (const each of [...link.problems, ...problems]) commands.notify(each);
  };

  history.replaceState({ stay }, '');
  store.subscribe((state, previous) => {
    if (state.experiment !== previous.experiment) writeSoon();
    if (state.status !== previous.status && state.status.kind === 'finished')
      finished.set(stay, formatLink(state.experiment));
  });
  // A place at once: a reload right behind the press of a button is to show the same one.
  progress.subscribe((state, previous) => {
    if (state.lesson !== previous.lesson || state.part !== previous.part) write();
    else if (state.own !== previous.own) writeSoon();
  });
  views.subscribe((state, previous) => {
    if (state.view !== previous.view) write();
    else if (state.sweep !== previous.sweep || state.ofClass !== previous.ofClass) writeSoon();
  });
  // A reload or a copied address must not miss the last edit.
  window.addEventListener('pagehide', () => timer !== undefined && write());
  window.addEventListener('hashchange', follow);
}

const LESSON = 'lesson';

/** Where the visitor is, as far as Back and Forward are concerned. */
function placeOf(views: Views): string {
  const { lesson, part } = progress.getState();
  return lesson === null ? views.getState().view : `${LESSON} ${lesson}.${part}`;
}

/**
 * @param isBack to where the visitor has been before: nobody has to be told that the run starts again
 * @returns whether it starts from its beginning for that
 */
function load({ store, commands }: Lab, experiment: Experiment, isBack: boolean): boolean {
  if (!isBack) commands.setExperiment(experiment);
  else if (formatLink(experiment) !== formatLink(store.getState().experiment)) {
    commands.open(experiment);
    return true;
  }
  return false;
}
