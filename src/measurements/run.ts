/**
 * What has been recorded of one network since its last reset. Columns grow in place; the object is
 * replaced by a shallow copy after each batch of records, so that a change can be seen by identity.
 */
import {
  type EvaluationRecord,
  type LayerMeasurements,
  type MeasurementRecord,
  type Overflow,
  type Quantity,
  quantities,
  type StepRecord,
} from './records.ts';

export interface Run {
  /** Steps recorded. */
  readonly steps: number;
  /** Weight layers, input first. */
  readonly layerNames: readonly string[];
  /** Loss of step i + 1 at index i; at least `steps` long. */
  readonly loss: Float32Array;
  /** Learning rate of step i + 1 at index i; at least `steps` long. */
  readonly learningRate: Float32Array;
  /** Row-major [step, layer]; at least `steps` rows. */
  readonly history: Readonly<Record<Quantity, Float32Array>>;
  /** In the order of their steps. */
  readonly evaluations: readonly EvaluationRecord[];
  /** Bytes that the engine takes to train the network; null where it has not said. */
  readonly memory: number | null;
  /** The overflow that stopped the network, if any, and its step. */
  readonly overflow: (Overflow & { readonly step: number }) | null;
}

const INITIAL_CAPACITY = 128;

function columns(make: (quantity: Quantity) => Float32Array): Record<Quantity, Float32Array> {
  return Object.fromEntries(quantities.map((quantity) => [quantity, make(quantity)])) as Record<Quantity, Float32Array>;
}

/** A run with nothing recorded yet. */
export function emptyRun(layerNames: readonly string[], memory: number | null = null): Run {
  return {
    steps: 0,
    layerNames,
    loss: new Float32Array(INITIAL_CAPACITY),
    learningRate: new Float32Array(INITIAL_CAPACITY),
    history: columns(() => new Float32Array(INITIAL_CAPACITY * layerNames.length)),
    evaluations: [],
    memory,
    overflow: null,
  };
}

function enlarged(column: Float32Array, length: number): Float32Array {
  const larger = new Float32Array(length);
  larger.set(column);
  return larger;
}

/** The same run with room for at least `steps` steps: capacity doubles, so that appending stays cheap. */
function withRoom(run: Run, steps: number): Run {
  if (steps <= run.loss.length) return run;
  const capacity = 2 ** Math.ceil(Math.log2(steps));
  return {
    ...run,
    loss: enlarged(run.loss, capacity),
    learningRate: enlarged(run.learningRate, capacity),
    history: columns((quantity) => enlarged(run.history[quantity], capacity * run.layerNames.length)),
  };
}

function writeStep(run: Run, record: StepRecord): void {
  const index = record.step - 1;
  run.loss[index] = record.loss;
  run.learningRate[index] = record.learningRate;
  for (const quantity of quantities) {
    run.history[quantity].set(record.layers[quantity], index * run.layerNames.length);
  }
}

/**
 * The run with a batch of its records appended. Rows are written in place: they lie beyond the
 * steps that an earlier copy of the run shows.
 *
 * @param records of this network, steps in order
 */
export function appendRecords(run: Run, records: readonly MeasurementRecord[]): Run {
  const steps = records.filter((record) => record.type === 'step');
  const evaluations = records.filter((record) => record.type === 'evaluation');
  const last = steps.at(-1);
  const next = withRoom(run, last?.step ?? run.steps);
  // Steps come in order, but for a run that goes on from a copy: then what came after the copy is made anew.
  const again = steps[0] && steps[0].step <= run.steps ? steps[0].step : Number.POSITIVE_INFINITY;
  const kept = run.evaluations.filter(({ step }) => step < again);
  for (const record of steps) writeStep(next, record);
  return {
    ...next,
    steps: last?.step ?? run.steps,
    evaluations:
      evaluations.length === 0 ? kept : [...kept, ...evaluations].sort((one, other) => one.step - other.step),
    overflow: last?.overflow ? { ...last.overflow, step: last.step } : run.overflow,
  };
}

/**
 * What was measured at one step: views into the run's columns, one value a layer.
 *
 * @param step 1 … run.steps
 */
export function measurementsAt(run: Run, step: number): LayerMeasurements {
  const layers = run.layerNames.length;
  return columns((quantity) => run.history[quantity].subarray((step - 1) * layers, step * layers));
}
