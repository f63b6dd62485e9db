/** The JSON records of a sweep. */

import type { SettingValue } from '../../../src/experiment/settings.ts';
import type { Cell } from '../../../src/experiment/sweep/cells.ts';
import type { SweepKind } from '../../../src/experiment/sweep/sweep.ts';
import { deviceText } from '../../../src/figure/about.ts';
import { sentence } from '../../../src/messages/messages.ts';
import type { Range } from '../../../src/records/summary.ts';
import { finalErrors, summaryOf } from '../../../src/session/runs.ts';
import type { FinishedCell } from '../../../src/session/sweeps/finishedCell.ts';
import { runAt, type SweepState } from '../../../src/session/sweeps/state.ts';

/** The runs of one value and kind. */
export interface SweepGroup {
  readonly value: SettingValue;
  readonly kind: SweepKind;
  readonly runs: number;
  /** Steps at which runs diverged. */
  readonly divergedAt: readonly number[];
  /** Null where every run diverged. */
  readonly trainError: Range | null;
  readonly testError: Range | null;
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

function groupOf(state: SweepState, value: SettingValue, kind: SweepKind): SweepGroup {
  const runs = state.cells
    .filter((cell) => cell.value === value && cell.kind === kind)
    .flatMap((cell) => runAt(state, cell) ?? [])
    .filter(({ isFinished }) => isFinished);
  return {
    value,
    kind,
    runs: runs.length,
    divergedAt: runs.flatMap(({ divergedAt }) => divergedAt ?? []),
    trainError: summaryOf(runs, 'trainError'),
    testError: summaryOf(runs, 'testError'),
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
    device: device ? deviceText(device) : '',
    remark: gaveWay && sentence(gaveWay),
    groups: sweep.values.flatMap((value) => sweep.kinds.map((kind) => groupOf(state, value, kind))),
  };
}
