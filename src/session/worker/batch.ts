/**
 * A batch of records in the form in which it crosses from the worker to the page: all measurements
 * in one array, whose memory is handed over instead of copied, however many steps and layers it holds.
 */
import {
  type EvaluationRecord,
  type LayerMeasurements,
  type MeasurementRecord,
  quantities,
  type StepRecord,
  type UntrainedRecord,
} from '../../records/records.ts';

type Packed<R extends { layers: LayerMeasurements }> = Omit<R, 'layers'> & { readonly layerCount: number };

export interface RecordBatch {
  readonly records: readonly (Packed<StepRecord> | Packed<UntrainedRecord> | EvaluationRecord)[];
  /** For each record with measurements in turn: the quantities in their order, one value a layer. */
  readonly values: Float32Array<ArrayBuffer>;
}

export function packRecords(records: readonly MeasurementRecord[]): RecordBatch {
  const layerCounts = records.map((record) => (record.type === 'evaluation' ? 0 : record.layers.weightNorm.length));
  const values = new Float32Array(quantities.length * layerCounts.reduce((sum, count) => sum + count, 0));
  let offset = 0;
  const packed = records.map((record) => {
    if (record.type === 'evaluation') return record;
    const { layers, ...rest } = record;
    for (const quantity of quantities) {
      values.set(layers[quantity], offset);
      offset += layers[quantity].length;
    }
    return { ...rest, layerCount: layers.weightNorm.length };
  });
  return { records: packed, values };
}

/** The records of a batch; their measurements are views into the batch's array. */
export function unpackRecords(batch: RecordBatch): MeasurementRecord[] {
  let offset = 0;
  return batch.records.map((record) => {
    if (record.type === 'evaluation') return record;
    const { layerCount, ...rest } = record;
    const layers = Object.fromEntries(
      quantities.map((quantity) => {
        offset += layerCount;
        return [quantity, batch.values.subarray(offset - layerCount, offset)];
      }),
    );
    return { ...rest, layers: layers as unknown as LayerMeasurements };
  });
}

/** Least time between two batches: about thirty a second, more than a chart can show. */
const BATCH_INTERVAL_MS = 33;

/** Records wait here until the next batch leaves, so that a fast engine does not flood the page. */
export class Outbox {
  private records: MeasurementRecord[] = [];
  private sentAt = Number.NEGATIVE_INFINITY;

  /** @param send is given each batch */
  constructor(readonly send: (batch: RecordBatch) => void) {}

  add(record: MeasurementRecord): void {
    this.records.push(record);
  }

  /** Sends what waits, if the last batch has left long enough ago. */
  flushIfDue(): void {
    if (performance.now() - this.sentAt >= BATCH_INTERVAL_MS) this.flush();
  }

  flush(): void {
    if (this.records.length === 0) return;
    this.sentAt = performance.now();
    this.send(packRecords(this.records));
    this.records = [];
  }
}
