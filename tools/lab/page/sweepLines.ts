/** The JSON records of a sweep. */

import type { SettingValue } from '../../../src/experiment/settings.ts';
import type { Cell } from '../../../src/experiment/sweep/cells.ts';
import type { SweepKind } from '../../../src/experiment/sweep/sweep.ts';
import { sentence, text } from '../../../src/messages/messages.ts';
import { type FinishedCell, finalErrors } from '../../../src/session/sweeps/finishedCell.ts';
import { type SweepState, stateOf } from '../../../src/session/sweeps/state.ts';

/** Mean and range over the seeds that did not diverge. */
interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The runs of one value and kind. */
export interface SweepGroup {
  readonly value: SettingValue;
  readonly kind: SweepKind;
  readonly runs: number;
  /** Steps at which runs diverged. */
  readonly divergedAt: readonly number[];
  /** Null where every run diverged. */
  readonly trainError: Spread | null;
  readonly testError: Spread | null;
}

export interface SweepResult {
  readonly type: 'sweep';
  readonly axis: string;
  readonly engine: string;
  readonly backend: string;
  readonly device: string;
  /** That this engine took the place of another on the way, in words, or null. */
  readonly remark: string | null;
  readonly groups: readonly SweepGroup[];
}

/** One line for a finished cell: what is kept of it, its place in the sweep, and whether it was found or trained now. */
export function cellLine({ value, kind, seed }: Cell, result: FinishedCell, isFound: boolean): string {
  const errors = finalErrors(result);
  const { trainError = null, testError = null } = errors ?? {};
  return JSON.stringify({ type: 'cell', value, kind, seed, trainError, testError, found: isFound, ...result });
}

function spreadOf(errors: readonly number[]): Spread | null {
  if (errors.length === 0) return null;
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return { mean, low: Math.min(...errors), high: Math.max(...errors) };
}

function groupOf(state: SweepState, value: SettingValue, kind: SweepKind): SweepGroup {
  const results = state.cells.flatMap((cell) => {
    const found = stateOf(state, cell);
    return cell.value === value && cell.kind === kind && found.kind === 'done' ? [found.result] : [];
  });
  const ends = results.flatMap((result) => finalErrors(result) ?? []);
  return {
    value,
    kind,
    runs: results.length,
    divergedAt: results.flatMap(({ divergedAt }) => divergedAt ?? []),
    trainError: spreadOf(ends.map(({ trainError }) => trainError)),
    testError: spreadOf(ends.map(({ testError }) => testError)),
  };
}

/** What a finished sweep comes to. */
export function sweepResult(state: SweepState): SweepResult {
  const { sweep, engine: info, gaveWay } = state;
  const { engine, backend, device } = info ?? { engine: '', backend: '', device: null };
  return {
    type: 'sweep',
    axis: sweep.axis,
    engine,
    backend,
    device: device ? text.engine.device(device) : '',
    remark: gaveWay && sentence(gaveWay),
    groups: sweep.values.flatMap((value) => sweep.kinds.map((kind) => groupOf(state, value, kind))),
  };
}
