/** Records as the command line prints them: plain data for JSON, which other programs write and read as well. */
import { type EvaluationRecord, quantities, type StepRecord } from './records.ts';

/** Nine significant digits hold every float32 exactly; JSON has no number that is not finite, so those are null. */
function float32(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(9));
}

/** `overflow` is null, or says where the first number that is not finite appeared. */
export function stepLine(record: StepRecord, layerNames: readonly string[]) {
  const { type, network, step, loss, learningRate, overflow } = record;
  const layers = layerNames.map((name, layer) => ({
    name,
    ...Object.fromEntries(quantities.map((quantity) => [quantity, float32(record.layers[quantity][layer])])),
  }));
  const where = overflow && { where: overflow.where, layer: layerNames[overflow.layer ?? -1] ?? null };
  return { type, network, step, loss: float32(loss), learningRate, layers, overflow: where };
}

/** One line for a record. */
export function recordLine(record: StepRecord | EvaluationRecord, layerNames: readonly string[]): string {
  return JSON.stringify(record.type === 'step' ? stepLine(record, layerNames) : record);
}
