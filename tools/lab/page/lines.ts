/** The JSON records that the headless lab prints, one a line. */

import type { NetworkId } from '../../../src/experiment/experiment.ts';
import { deviceText } from '../../../src/figure/about.ts';
import { text } from '../../../src/messages/messages.ts';
import { type EvaluationRecord, quantities, type StepRecord } from '../../../src/records/records.ts';
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

/** Nine significant digits hold every float32 exactly; JSON has no number that is not finite, so those are null. */
function float32(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(9));
}

function stepLine(record: StepRecord, layerNames: readonly string[]) {
  const { type, network, step, loss, learningRate, overflow } = record;
  const layers = layerNames.map((name, layer) => ({
    name,
    ...Object.fromEntries(quantities.map((quantity) => [quantity, float32(record.layers[quantity][layer])])),
  }));
  const where = overflow && { where: overflow.where, layer: layerNames[overflow.layer ?? -1] ?? null };
  return { type, network, step, loss: float32(loss), learningRate, layers, overflow: where };
}

/** One line for a record; `overflow` is null, or says where the first number that is not finite appeared. */
export function recordLine(record: StepRecord | EvaluationRecord, layerNames: readonly string[]): string {
  return JSON.stringify(record.type === 'step' ? stepLine(record, layerNames) : record);
}

/** What the finished runs of the state come to. */
export function labResult(state: LabState, infos: readonly NetworkInfo[], msPerStep: number | null): LabResult {
  const networks: Partial<Record<NetworkId, NetworkResult>> = {};
  const labels = text.names.networks(state.experiment.networks, true);
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
