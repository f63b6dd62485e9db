import { type Remote, wrap } from 'comlink';
import type { BenchCase, ContenderName } from '../case.ts';
import type { Entrant, Runner } from './race.ts';
import type { ContenderService } from './worker.ts';

/** Longer than the slowest step of the slowest contender on a GPU of software takes. */
const PATIENCE_MS = 15 * 60 * 1000;

/** Rejects when the worker breaks, or says nothing for too long. */
function answer<T>(worker: Worker, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (message: string) => reject(new Error(message));
    const timer = setTimeout(() => fail(`no answer within ${PATIENCE_MS / 60_000} minutes`), PATIENCE_MS);
    const broke = (event: ErrorEvent) => fail(event.message || 'the worker could not be loaded');
    worker.addEventListener('error', broke);
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      worker.removeEventListener('error', broke);
    });
  });
}

/** A contender of a case, in a worker that lives from its start to its end. */
export function workerEntrant(key: string, name: ContenderName, benchCase: BenchCase): Entrant {
  return {
    key,
    async start(): Promise<Runner> {
      const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: key });
      const service: Remote<ContenderService> = wrap<ContenderService>(worker);
      try {
        await answer(worker, service.start(name, benchCase, new URL('data/', document.baseURI).href));
      } catch (error) {
        worker.terminate();
        throw error;
      }
      return {
        step: (number) => answer(worker, service.step(number)),
        stop: () => worker.terminate(),
      };
    },
  };
}
