/**
 * Keeps a long run where it outlives its page: after a reload, a crash or a night's sleep it goes on from its latest copy, to the same numbers as one that
 * was never interrupted. What a full disk or another tab prevents is said once, and training goes on without.
 */
import type { Problem } from '../../experiment/problem.ts';
import { problem, reasonOf } from '../../experiment/problem.ts';
import type { MeasurementRecord } from '../../records/records.ts';
import { VERSION } from '../sweeps/finishedCell.ts';
import { packRecords, type RecordBatch } from './batch.ts';
import type { KeptRun, RunStore } from './runStore.ts';
import type { Training } from './training.ts';

/** Milliseconds between two copies, which grow: a short run loses little, and a long one writes little. */
const FIRST_MS = 5000;
const MOST_MS = 60_000;

export interface RunKeeperOptions {
  readonly store: RunStore;
  /** What is trained, as it is now. */
  readonly key: () => string;
  /** That trains it now. */
  readonly engine: () => string;
  readonly notify: (problem: Problem) => void;
}

function refused(error: unknown): Problem {
  const isFull = error instanceof Error && error.name === 'QuotaExceededError';
  return isFull ? problem('run.full') : problem('run.failed', { reason: reasonOf(error) });
}

export class RunKeeper {
  private latest: Pick<KeptRun, 'key' | 'id' | 'parts'> | null = null;
  private giveBack: (() => void) | null = null;
  private records: MeasurementRecord[] = [];
  private dueAt = Number.POSITIVE_INFINITY;
  private interval = FIRST_MS;

  constructor(private readonly options: RunKeeperOptions) {}

  /** Takes in what is recorded. What comes again, since a device was lost, takes the place of what was. */
  add(record: MeasurementRecord): void {
    if (record.type === 'step') {
      const { network, step } = record;
      const isOlder = (each: MeasurementRecord) => each.type !== 'step' || each.network !== network || each.step < step;
      if (!this.records.every(isOlder)) this.records = this.records.filter(isOlder);
    }
    this.records.push(record);
  }

  /**
   * Begins to keep a run that has not started: from where its latest copy leaves off, if there is one.
   *
   * @param afresh forgets that copy
   * @param onRecords given what was recorded up to there
   */
  async begin(training: Training, afresh: boolean, onRecords: (batch: RecordBatch) => void): Promise<void> {
    const { store, notify } = this.options;
    const key = this.options.key();
    try {
      this.giveBack ??= await store.take(key);
      if (!this.giveBack) return notify(problem('run.otherTab'));
      this.dueAt = performance.now() + this.interval;
      if (afresh) await store.remove(key);
      const found = await store.find(key);
      if (found) await this.goOn(training, found, onRecords);
    } catch (error) {
      this.dueAt = Number.POSITIVE_INFINITY;
      notify(refused(error));
    }
  }

  private async goOn(training: Training, found: KeptRun, onRecords: (batch: RecordBatch) => void): Promise<void> {
    const { store, notify, engine } = this.options;
    const { step } = found;
    if (found.version !== VERSION) {
      // That stays, until somebody gives it up.
      this.dueAt = Number.POSITIVE_INFINITY;
      return notify(problem('run.otherVersion', { step }));
    }
    for await (const batch of store.records(found)) onRecords(batch);
    training.goOnFrom(found);
    this.latest = found;
    this.records = [];
    notify(found.engine === engine() ? problem('run.goesOn', { step }) : problem('run.otherEngine', { step }));
  }

  /** Whether it is time for a copy. */
  get isDue(): boolean {
    return performance.now() >= this.dueAt;
  }

  /** Keeps a copy of a run between two steps. */
  async save(training: Training): Promise<void> {
    if (this.dueAt === Number.POSITIVE_INFINITY || !training.started || training.awaitsImages) return;
    const { store, notify, engine } = this.options;
    const { latest } = this;
    const key = this.options.key();
    const copy = await training.copy();
    const { length } = this.records;
    try {
      if (!latest) await store.tidy(key);
      const run: KeptRun = {
        ...copy,
        key,
        id: latest?.id ?? crypto.randomUUID(),
        version: VERSION,
        engine: engine(),
        parts: (latest?.parts ?? 0) + 1,
        isFinished: training.finished,
      };
      await store.save(run, packRecords(this.records), latest?.key ?? null);
      this.latest = run;
      this.records = this.records.slice(length);
      this.interval = Math.min(MOST_MS, 2 * this.interval);
      this.dueAt = performance.now() + this.interval;
    } catch (error) {
      // There may be room later; what was recorded until then is offered again.
      this.dueAt = performance.now() + MOST_MS;
      notify(refused(error));
    }
  }

  /** Lets another tab have the run. */
  end(): void {
    this.giveBack?.();
    this.giveBack = null;
    this.dueAt = Number.POSITIVE_INFINITY;
  }
}
