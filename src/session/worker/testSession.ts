/** A session under test: what it needs, and the events it told. */
import type { ImageRequest } from '../../data/openImages.ts';
import type { Engine } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { examinations } from '../../instruments/instruments.ts';
import type { EvaluationRecord, MeasurementRecord } from '../../records/records.ts';
import { unpackRecords } from './batch.ts';
import type { Command, LabEvent, RunRequest, Status } from './protocol.ts';
import { Session } from './session.ts';
import { Arrival } from './testArrival.ts';

export interface Bench {
  readonly session: Session;
  readonly events: LabEvent[];
  readonly arrivals: Arrival[];
  load(experiment: Experiment, run?: number): void;
  send(command: Command): void;
  /** What was loaded last, again. */
  retry(): void;
  /** Resolves with the first event from now on that satisfies the condition. */
  next(condition: (event: LabEvent) => boolean): Promise<LabEvent>;
  status(kind: Status['kind']): Promise<LabEvent>;
  records(run?: number): MeasurementRecord[];
}

/**
 * A session on noise images, with the reference engine unless another is started for it.
 * @param arrived images that are there from the beginning
 */
export function bench(
  arrived = { train: 20, test: 30 },
  startEngine: (request: RunRequest['engine'], without: string | null) => Promise<Engine> = async () =>
    createReferenceEngine(),
): Bench {
  const events: LabEvent[] = [];
  const arrivals: Arrival[] = [];
  const watchers = new Set<(event: LabEvent) => void>();
  const emit = (event: LabEvent) => {
    events.push(event);
    for (const watcher of watchers) watcher(event);
  };
  const openImages = (request: ImageRequest) => {
    const arrival = new Arrival(request, arrived);
    arrivals.push(arrival);
    return arrival;
  };
  const options = {
    openImages,
    startEngine: async (request: RunRequest['engine'], without: string | null) => ({
      engine: await startEngine(request, without),
      skipped: [],
    }),
    memoryBudget: 1e8,
    examiners: examinations,
  };
  const session = new Session(options, emit);
  let request: RunRequest | null = null;
  const next = (condition: (event: LabEvent) => boolean) =>
    new Promise<LabEvent>((resolve) => {
      const watcher = (event: LabEvent) => {
        if (!condition(event)) return;
        watchers.delete(watcher);
        resolve(event);
      };
      watchers.add(watcher);
    });
  return {
    session,
    events,
    arrivals,
    next,
    load(experiment, run = 1) {
      request = { run, experiment, engine: { engine: 'reference', backend: null } };
      session.do({ type: 'load', request });
    },
    retry: () => request && session.do({ type: 'retry', request }),
    send: (command) => session.do(command),
    status: (kind) => next((event) => event.type === 'status' && event.status.kind === kind),
    records: (run = 1) =>
      events.flatMap((event) => (event.type === 'records' && event.run === run ? unpackRecords(event.batch) : [])),
  };
}

/** Plays an experiment from its first step to its last. @returns what it measured */
export async function finish(at: Bench, wanted: Experiment, run = 1): Promise<MeasurementRecord[]> {
  const finished = at.status('finished');
  at.load(wanted, run);
  at.send({ type: 'play' });
  await finished;
  return at.records(run);
}

/** The steps of a network, in the order in which they were told. */
export function stepsOf(records: readonly MeasurementRecord[], network: string): number[] {
  return records.flatMap((record) => (record.type === 'step' && record.network === network ? [record.step] : []));
}

export function lossesOf(records: readonly MeasurementRecord[]): number[] {
  return records.flatMap((record) => (record.type === 'step' ? [record.loss] : []));
}

/** The evaluations, by step. */
export function evaluationsOf(records: readonly MeasurementRecord[]): EvaluationRecord[] {
  return records.filter((record) => record.type === 'evaluation').sort((one, other) => one.step - other.step);
}

/** The reference engine as one that computes elsewhere, and several steps ahead. */
export function ahead(changes: Partial<Engine> = {}): Engine {
  return { ...createReferenceEngine(), lookahead: 16, ...changes };
}
