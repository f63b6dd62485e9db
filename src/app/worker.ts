/** The training worker: a session that takes messages, with the examiners of all instruments. */
import { keptSets } from '../data/keptSets.ts';
import { openImages } from '../data/openImages.ts';
import { engineCandidates } from '../engine/choose.ts';
import { probe } from '../engine/probe.ts';
import { startCandidate, startFirst } from '../engine/start.ts';
import { memoryBudget } from '../experiment/memory.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { problem } from '../experiment/problem.ts';
import { examinations } from '../instruments/instruments.ts';
import type { Command, Connection, LabEvent, RunRequest } from '../session/worker/protocol.ts';
import type { ResourceOptions } from '../session/worker/resources.ts';
import { runStore } from '../session/worker/runStore.ts';
import { Session } from '../session/worker/session.ts';

/** Milliseconds until a slow start of an engine is reported. */
const SLOW_MS = 10_000;

function resourceOptions({ dataUrl, pageWork }: Connection): ResourceOptions {
  return {
    examiners: examinations,
    runs: runStore(),
    openImages: (request) =>
      openImages({
        ...request,
        baseUrl: dataUrl,
        // Once it has been found, nobody asks a database again while the networks keep this thread busy.
        find: async ({ id }) => {
          const found = brought.get(id) ?? (await keptSets().find(id));
          if (found) brought.set(id, found);
          return found;
        },
        onDataSet: (dataSet) => emit({ type: 'dataSet', dataSet }),
        onProgress: (progress) => emit({ type: 'dataProgress', ...progress }),
      }),
    startEngine: async (request, without) => {
      const isSlow = setTimeout(() => emit({ type: 'notice', problem: problem('engine.slow') }), SLOW_MS);
      try {
        const capabilities = await probe(request);
        if (!capabilities.gpuAnswers) emit({ type: 'notice', problem: problem('engine.silentGpu') });
        const candidates = engineCandidates(capabilities, request, without);
        return await startFirst(candidates, (candidate) => startCandidate(candidate, pageWork));
      } finally {
        clearTimeout(isSlow);
      }
    },
    // Only some browsers tell how much memory the device has.
    memoryBudget: memoryBudget('deviceMemory' in navigator ? Number(navigator.deviceMemory) : undefined),
  };
}

let session: Session | null = null;
/** The run that was begun before the page asked for it. */
let ahead: RunRequest | null = null;
/** What has happened in it; null as soon as the page listens. */
let untold: LabEvent[] | null = null;

function emit(event: LabEvent): void {
  if (untold) untold.push(event);
  // Hands over the memory of measurements instead of copying it.
  else self.postMessage(event, { transfer: event.type === 'records' ? [event.batch.values.buffer] : [] });
}

function connect(connection: Connection): void {
  // A worker that was started ahead has been connected then.
  if (session) return;
  session = new Session(resourceOptions(connection), emit);
  const { ahead: engine } = connection;
  if (!engine) return;
  untold = [];
  ahead = { run: 1, experiment: defaultExperiment, engine };
  session.do({ type: 'load', request: ahead });
}

/** Data sets that the page has handed over, by their names. */
const brought = new Map<string, Blob>();

function follow(command: Command): void {
  if ('request' in command && command.request.images) {
    const { data } = command.request.experiment.training;
    if (data) brought.set(data.id, command.request.images);
  }
  const [events, begun] = [untold ?? [], ahead];
  untold = null;
  ahead = null;
  const isBegun =
    begun !== null && command.type === 'load' && JSON.stringify(command.request) === JSON.stringify(begun);
  // Of a run that nobody has asked for, nothing is told.
  for (const event of events) if (isBegun || !('run' in event)) emit(event);
  if (!isBegun) session?.do(command);
}

self.addEventListener('message', ({ data }: MessageEvent<Connection | Command>) => {
  if (data.type === 'connect') connect(data);
  else follow(data);
});

// Errors that nobody catches reach the page by themselves; rejected promises do not.
self.addEventListener('unhandledrejection', (event) => session?.fail(event.reason));
