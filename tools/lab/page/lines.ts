/** The JSON records that the headless lab prints, one a line. */

import type { NetworkId } from '../../../src/experiment/experiment.ts';
import { deviceText } from '../../../src/figure/about.ts';
import { text } from '../../../src/messages/messages.ts';
import { depthOfRun, finalErrors } from '../../../src/session/runs.ts';
import { type LabState, runsOf } from '../../../src/session/store/state.ts';
import type { NetworkInfo } from '../../../src/session/worker/protocol.ts';

/** What became of one network; errors are fractions, null where it overflowed before its first evaluation. */
export interface NetworkResult {
  readonly label: string;
  readonly depth: number;
  readonly parameters: number;
  readonly trainError: number | null;
  readonly testError: number | null;
  /** The step that overflowed, or null. */
  readonly divergedAt: number | null;
}

export interface LabResult {
  readonly type: 'result';
  readonly engine: string;
  readonly backend: string;
  readonly device: string;
  /** Median of one update of every network, in milliseconds. */
  readonly msPerStep: number | null;
  readonly networks: Readonly<Partial<Record<NetworkId, NetworkResult>>>;
}

/** What the finished runs of the state come to. */
export function labResult(state: LabState, infos: readonly NetworkInfo[], msPerStep: number | null): LabResult {
  const networks: Partial<Record<NetworkId, NetworkResult>> = {};
  const { networks: specs, training } = state.experiment;
  const labels = text.names.networks(specs, training.size, true);
  for (const [index, run] of runsOf(state).entries()) {
    const info = infos[index];
    if (!info) continue;
    const { trainError = null, testError = null } = finalErrors(run) ?? {};
    const { parameters } = info;
    const { divergedAt } = run;
    networks[info.id] = {
      label: labels[index] ?? '',
      depth: depthOfRun(run),
      parameters,
      trainError,
      testError,
      divergedAt,
    };
  }
  const { engine, backend, device } = state.engine ?? { engine: '', backend: '', device: null };
  return { type: 'result', engine, backend, device: device ? deviceText(device) : '', msPerStep, networks };
}
