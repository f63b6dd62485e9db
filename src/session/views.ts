/** Which view the page shows, and the sweep that belongs into its address. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { readPairs } from '../experiment/linkPairs.ts';
import { fewest } from '../experiment/parseLink.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { type Problem, problem, shorten } from '../experiment/problem.ts';
import { readLinkedSweep } from '../experiment/sweep/linked.ts';
import { defaultSweep, type Sweep } from '../experiment/sweep/sweep.ts';
import { formatSweep } from '../experiment/sweep/text.ts';
import { sentence } from '../messages/messages.ts';

export const viewNames = ['home', 'lab', 'instruments', 'sweep', 'library', 'class'] as const;
export type ViewName = (typeof viewNames)[number];

/** A sweep, and the experiment whose first network it varies: the lab may hold another one by now. */
export interface SweepOnView {
  readonly base: Experiment;
  readonly sweep: Sweep;
}

export interface ViewState {
  readonly view: ViewName;
  /** The sweep on view, or viewed last; null before the first. */
  readonly sweep: SweepOnView | null;
  /** How far a sweep that is being trained is, whatever view is open; null while none is. */
  readonly progress: { readonly done: number; readonly all: number } | null;
  /** What an address gives to the view of classes: a class's code, or runs that were handed in as text. Null where it says nothing. */
  readonly ofClass: string | null;
}

export type Views = StoreApi<ViewState>;

/** What an address says of views, and what in it cannot be done. */
function read(hash: string, experiment: Experiment): { state: ViewState; problems: readonly Problem[] } {
  const linked = readLinkedSweep(hash, experiment);
  if (!linked) {
    const { problems, ...named } = readView(hash);
    return { state: { ...named, sweep: null, progress: null }, problems };
  }
  const { sweep, changes } = linked;
  const problems = changes.map(({ part, asked, used, reason }) =>
    problem('changed.sweep', { part, key: sweep.axis, asked, used: used ?? '', reason: sentence(reason) }),
  );
  const state = { view: 'sweep', sweep: { base: experiment, sweep }, progress: null, ofClass: null } as const;
  return { state, problems: fewest(problems) };
}

/** What `view=` of an address names: a view that needs no more words than its name. Where nothing is asked for, that is the first screen. */
function readView(hash: string): Pick<ViewState, 'view' | 'ofClass'> & { readonly problems: readonly Problem[] } {
  const { pairs, problems } = readPairs(hash);
  if (pairs.size === 0 && problems.length === 0) return { view: 'home', ofClass: null, problems };
  const ofClass = pairs.get('class') ?? null;
  if (ofClass !== null) return { view: 'class', ofClass, problems };
  const wanted = pairs.get('view');
  const view = viewNames.find((name) => name === wanted?.toLowerCase() && name !== 'sweep');
  const isUnknown = wanted !== undefined && view === undefined;
  return {
    view: view ?? 'lab',
    ofClass,
    problems: isUnknown ? [problem('link.unknownView', { view: shorten(wanted) })] : [],
  };
}

/** The views that an address asks for. */
export function readViews(hash: string, experiment: Experiment): { views: Views; problems: readonly Problem[] } {
  const { state, problems } = read(hash, experiment);
  return { views: createStore<ViewState>(() => state), problems };
}

/** Shows what another address asks for. @returns what in it cannot be done */
export function followLink(views: Views, hash: string, experiment: Experiment): readonly Problem[] {
  const { state, problems } = read(hash, experiment);
  const { progress } = views.getState();
  views.setState(state.sweep ? { ...state, progress } : { view: state.view, ofClass: state.ofClass });
  return problems;
}

/**
 * The address of a view that has one of its own; null where it is that of the lab.
 * @param experiment of the lab
 */
export function formatViews({ view, sweep, ofClass }: ViewState, experiment: Experiment): string | null {
  if (view === 'lab') return null;
  if (view === 'class' && ofClass !== null) return `#class=${ofClass}`;
  const link = formatLink(experiment);
  if (view === 'home' && link === formatLink(defaultExperiment)) return '';
  if (view !== 'sweep') return `${link}&view=${view}`;
  const shown = sweep ?? { base: experiment, sweep: defaultSweep(experiment) };
  return formatLink(shown.base) + formatSweep(shown.sweep, shown.base);
}
