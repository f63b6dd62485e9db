/** The state of a sweep as the page sees it. */
import type { Experiment } from '../../experiment/experiment.ts';
import { experimentText } from '../../experiment/experimentText.ts';
import type { Problem } from '../../experiment/problem.ts';
import type { Cell } from '../../experiment/sweep/cells.ts';
import type { Sweep } from '../../experiment/sweep/sweep.ts';
import type { NetworkRun } from '../runs.ts';
import type { EngineInfo } from '../worker/protocol.ts';
import { type FinishedCell, runOfCell } from './finishedCell.ts';

export type CellState =
  | { readonly kind: 'waiting' }
  /** Being trained, or paused on the way. */
  | { readonly kind: 'running'; readonly run: NetworkRun }
  /** `isFound`: not trained now, but found among what was kept. */
  | { readonly kind: 'done'; readonly result: FinishedCell; readonly isFound: boolean }
  /** Left out until it is restored. */
  | { readonly kind: 'cancelled' }
  /** Cannot be trained on this device. */
  | { readonly kind: 'refused'; readonly problem: Problem };

export type SweepStatus =
  /** Nothing has been asked for yet. */
  | { readonly kind: 'idle' }
  /** The engine and the first images are on their way. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  /** No cell is waiting. */
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface SweepState {
  /** The experiment whose first network is varied. */
  readonly base: Experiment;
  readonly sweep: Sweep;
  /** Why the sweep cannot be trained; then it has no cells. */
  readonly problem: Problem | null;
  readonly cells: readonly Cell[];
  /** By `cellId`; a cell without an entry is waiting. */
  readonly states: ReadonlyMap<string, CellState>;
  readonly status: SweepStatus;
  /** What computes, or computed what is shown; null until that is known. */
  readonly engine: EngineInfo | null;
  /** That this engine took the place of another, which could not train every cell; null where the first one could. */
  readonly gaveWay: Problem | null;
  /** Estimate for the cells that are left; null before there is anything to estimate from. */
  readonly remainingMs: number | null;
  /** The last result that could not be kept, and why. */
  readonly notKept: Problem | null;
}

/** What a cell is called in `states`: its content. */
export function cellId({ experiment }: Cell): string {
  return experimentText(experiment);
}

export function sameCell(one: Cell, other: Cell): boolean {
  return cellId(one) === cellId(other);
}

/** A sweep of which nothing has been shown yet. */
export function initialSweep(base: Experiment, sweep: Sweep): SweepState {
  return {
    base,
    sweep,
    problem: null,
    cells: [],
    states: new Map(),
    status: { kind: 'idle' },
    engine: null,
    gaveWay: null,
    remainingMs: null,
    notKept: null,
  };
}

const waiting: CellState = { kind: 'waiting' };

export function stateOf({ states }: Pick<SweepState, 'states'>, cell: Cell): CellState {
  return states.get(cellId(cell)) ?? waiting;
}

/** The run of a cell, finished or under way; null where nothing of it has been trained. */
export function runAt(state: Pick<SweepState, 'states'>, cell: Cell): NetworkRun | null {
  const found = stateOf(state, cell);
  if (found.kind === 'running') return found.run;
  return found.kind === 'done' ? runOfCell(found.result, cell.experiment) : null;
}
