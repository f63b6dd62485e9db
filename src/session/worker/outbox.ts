/** Records wait here until the next batch leaves, so that a fast engine does not flood the page. */
import type { MeasurementRecord } from '../../records/records.ts';
import { packRecords, type RecordBatch } from './batch.ts';

/** Least time between two batches: about thirty a second, more than a chart can show. */
const BATCH_INTERVAL_MS = 33;

export class Outbox {
  #records: MeasurementRecord[] = [];
  #sentAt = Number.NEGATIVE_INFINITY;

  /** @param send is given each batch */
  constructor(readonly send: (batch: RecordBatch) => void) {}

  add(record: MeasurementRecord): void {
    this.#records.push(record);
  }

  /** Sends what waits, if the last batch has left long enough ago. */
  flushIfDue(): void {
    if (performance.now() - this.#sentAt >= BATCH_INTERVAL_MS) this.flush();
  }

  flush(): void {
    if (this.#records.length === 0) return;
    this.#sentAt = performance.now();
    this.send(packRecords(this.#records));
    this.#records = [];
  }
}
