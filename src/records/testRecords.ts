/** Records for tests. */
import { type LayerMeasurements, quantities, type StepRecord } from './records.ts';

/** A step whose every quantity has these values, one a layer. */
export function stepRecord(step: number, values: readonly number[], changes: Partial<StepRecord> = {}): StepRecord {
  const layers = Object.fromEntries(quantities.map((quantity) => [quantity, Float32Array.from(values)]));
  return {
    type: 'step',
    network: 'a',
    step,
    loss: 1 / step,
    learningRate: 0.5,
    layers: layers as unknown as LayerMeasurements,
    overflow: null,
    ...changes,
  };
}
