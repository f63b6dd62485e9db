/** The training worker: a session that takes messages, with the examiners of all instruments. */
import { openImages } from '../data/openImages.ts';
import { engineCandidates } from '../engine/choose.ts';
import { probe } from '../engine/probe.ts';
import { startCandidate, startFirst } from '../engine/start.ts';
import { memoryBudget } from '../experiment/memory.ts';
import { problem } from '../experiment/problem.ts';
import { examinations } from '../instruments/instruments.ts';
import type { Command, Connection, LabEvent } from '../session/worker/protocol.ts';
import type { ResourceOptions } from '../session/worker/resources.ts';
import { Session } from '../session/worker/session.ts';

/** Milliseconds until a slow start of an engine is reported. */
const SLOW_MS = 10_000;

function resourceOptions(dataUrl: string): ResourceOptions {
  return {
    examiners: examinations,
    openImages: (request) =>
      openImages({
        ...request,
        baseUrl: dataUrl,
        onDataSet: (dataSet) => emit({ type: 'dataSet', dataSet }),
        onProgress: (progress) => emit({ type: 'dataProgress', ...progress }),
      }),
    startEngine: async (request, without) => {
      const isSlow = setTimeout(() => emit({ type: 'notice', problem: problem('engine.slow') }), SLOW_MS);
      try {
        const capabilities = await probe(request);
        if (!capabilities.gpuAnswers) emit({ type: 'notice', problem: problem('engine.silentGpu') });
        const candidates = engineCandidates(capabilities, request).filter(({ engine }) => engine !== without);
        return await startFirst(candidates, startCandidate);
      } finally {
        clearTimeout(isSlow);
      }
    },
    // Only some browsers tell how much memory the device has.
    memoryBudget: memoryBudget('deviceMemory' in navigator ? Number(navigator.deviceMemory) : undefined),
  };
}

let session: Session | null = null;

/** Hands over the memory of measurements instead of copying it. */
function emit(event: LabEvent): void {
  self.postMessage(event, { transfer: event.type === 'records' ? [event.batch.values.buffer] : [] });
}

self.addEventListener('message', ({ data }: MessageEvent<Connection | Command>) => {
  if (data.type === 'connect') session = new Session(resourceOptions(data.dataUrl), emit);
  else session?.do(data);
});

// Errors that nobody catches reach the page by themselves; rejected promises do not.
self.addEventListener('unhandledrejection', (event) => session?.fail(event.reason));
