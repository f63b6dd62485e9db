import { expect, it } from 'vitest';
import { type LayerMeasurements, type MeasurementRecord, quantities } from '../../records/records.ts';
import { packRecords, unpackRecords } from './batch.ts';

/** Networks differ in their number of layers; the values say where they belong. */
function step(network: 'a' | 'b', step: number, layers: number): MeasurementRecord {
  const measured = quantities.map((quantity, q) => [
    quantity,
    Float32Array.from({ length: layers }, (_, layer) => 100 * step + 10 * q + layer),
  ]);
  return {
    type: 'step',
    network,
    step,
    loss: step / 4,
    learningRate: 0.5,
    layers: Object.fromEntries(measured) as LayerMeasurements,
    overflow: network === 'b' ? { where: 'gradient', layer: 0 } : null,
  };
}

it('brings every record across as it was, through structured cloning with its memory handed over', () => {
  const evaluation = { type: 'evaluation', network: 'a', step: 1, trainError: 0.5, testError: 0.25 } as const;
  const records = [step('a', 1, 3), step('b', 1, 2), evaluation, step('a', 2, 3)];
  const batch = packRecords(records);
  const arrived = structuredClone(batch, { transfer: [batch.values.buffer] });
  expect(unpackRecords(arrived)).toEqual(records);
  expect(batch.values.length).toBe(0);
});
