/**
 * What has been recorded of one network since its last reset. Columns grow in place; the object is
 * replaced by a shallow copy after each batch of records, so that a change can be seen by identity.
 */
import type { TrainingSpec } from '../experiment/experiment.ts';
import { emptyHistory, type History, measurementsIn, withExtents, withSteps } from './history.ts';
import type {
  EvaluationRecord,
  LayerMeasurements,
  MeasurementRecord,
  Overflow,
  Quantity,
  StepRecord,
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
  /** What was measured of every layer. */
  readonly history: History;
  /** The same before the first update; null until it has been measured, as in a run that was played at once. */
  readonly untrained: LayerMeasurements | null;
  /** In the order of their steps. */
  readonly evaluations: readonly EvaluationRecord[];
  /** Bytes that the engine takes to train the network; null where it has not said. */
  readonly memory: number | null;
  /** The overflow that stopped the network, if any, and its step. */
  readonly overflow: (Overflow & { readonly step: number }) | null;
  /** The step from which on no layer before the classifier has got any gradient; null where the newest step gave one. */
  readonly silentSince: number | null;
  /** Such steps in a row that a network is dead behind. */
  readonly deadAfter: number;
}

const INITIAL_CAPACITY = 128;

/** A network that learns may have no gradient from a few images. From so many in a row, or as many as it is trained on, it has one. */
const ENOUGH_IMAGES = 256;

/**
 * A run with nothing recorded yet.
 *
 * @param training with the steps that it will probably have, and the images of a step and of all
 */
export function emptyRun(
  layerNames: readonly string[],
  memory: number | null = null,
  { steps, batch = 1, train = ENOUGH_IMAGES }: Partial<Pick<TrainingSpec, 'steps' | 'batch' | 'train'>> = {},
): Run {
  return {
    steps: 0,
    layerNames,
    loss: new Float32Array(INITIAL_CAPACITY),
    learningRate: new Float32Array(INITIAL_CAPACITY),
    history: emptyHistory(layerNames.length, steps),
    untrained: null,
    evaluations: [],
    memory,
    overflow: null,
    silentSince: null,
    deadAfter: Math.ceil(Math.min(ENOUGH_IMAGES, train) / batch),
  };
}

/**
 * Whether a step leaves all layers before the classifier without any gradient, while the loss has one: the signal is exactly 0 in
 * each. Where it is 0 at the classifier, too, the loss is, and nothing is wrong.
 */
function isSilent({ layers: { signalGradient } }: StepRecord): boolean {
  const classifier = signalGradient.length - 1;
  return classifier > 0 && signalGradient.every((value, layer) => (layer === classifier ? value > 0 : value === 0));
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
  return { ...run, loss: enlarged(run.loss, capacity), learningRate: enlarged(run.learningRate, capacity) };
}

/** Since when there has been no signal after more steps, if there had been none since `before`. */
function silentSince(before: number | null, steps: readonly StepRecord[]): number | null {
  const heard = steps.findLastIndex((record) => !isSilent(record));
  return (heard < 0 ? before : null) ?? steps[heard + 1]?.step ?? null;
}

/** The step from which on a network is dead; null where it is not. */
export function diedAt({ silentSince, deadAfter, steps }: Run): number | null {
  return silentSince !== null && steps - silentSince + 1 >= deadAfter ? silentSince : null;
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
  const untrained = records.find((record) => record.type === 'untrained')?.layers;
  const last = steps.at(-1);
  const next = withRoom(run, last?.step ?? run.steps);
  // Steps come in order, but for a run that goes on from a copy: then what came after the copy is made anew.
  const again = steps[0] && steps[0].step <= run.steps ? steps[0].step : Number.POSITIVE_INFINITY;
  const remade = new Set(evaluations.map(({ step }) => step));
  const kept = run.evaluations.filter(({ step }) => step < again && !remade.has(step));
  for (const { step, loss, learningRate } of steps) {
    next.loss[step - 1] = loss;
    next.learningRate[step - 1] = learningRate;
  }
  return {
    ...next,
    steps: last?.step ?? run.steps,
    history: withSteps(untrained ? withExtents(run.history, untrained) : run.history, steps),
    untrained: untrained ?? run.untrained,
    evaluations:
      evaluations.length === 0 ? kept : [...kept, ...evaluations].sort((one, other) => one.step - other.step),
    silentSince: silentSince(run.silentSince !== null && run.silentSince < again ? run.silentSince : null, steps),
    overflow: last?.overflow ? { ...last.overflow, step: last.step } : run.overflow,
  };
}

/**
 * What was measured at one step, one value a layer: exactly, or where steps share a row, the mean of theirs.
 *
 * @param step 1 … run.steps
 */
export function measurementsAt(run: Run, step: number): LayerMeasurements {
  return measurementsIn(run.history, run.steps, step);
}

/** Values of the conv layers at a step, input first. */
export function convValues(run: Run, step: number, quantity: Quantity): number[] {
  const values = measurementsAt(run, Math.min(step, run.steps))[quantity];
  return run.layerNames.flatMap((name, layer) => (name.startsWith('conv') ? [values[layer] ?? Number.NaN] : []));
}
