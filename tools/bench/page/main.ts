/** The page of the bench: `tools/bench.ts` opens it in a browser and calls what it puts into `window.bench`. */
import { wrap } from 'comlink';
import { adapterName, infoOf, requestAdapter } from '../../../src/engine/gpu.ts';
import type { BenchCase, ContenderName } from '../cases.ts';
import type { StepFigures } from '../race.ts';
import type { KernelTime } from './kernels.ts';
import type { BenchService } from './worker.ts';

export interface BenchPage {
  /** What the browser says about the GPU that WebGPU gives out; null where it gives out none. */
  adapter(): Promise<string | null>;
  /** Rejects where the contender cannot run here. */
  start(contender: ContenderName, benchCase: BenchCase): Promise<void>;
  /** @param number from 1 */
  step(number: number): Promise<StepFigures>;
  /** Makes steps, from the first number to the last. */
  train(first: number, last: number): Promise<void>;
  kernels(engine: 'cpu' | 'webgpu', benchCase: BenchCase): Promise<readonly KernelTime[]>;
}

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const service = wrap<BenchService>(worker);
const broken = new Promise<never>((_, reject) => {
  worker.addEventListener('error', ({ message }) => reject(new Error(message || 'the worker could not be loaded')));
});
// Whoever asks something next is told.
broken.catch(() => undefined);
const dataUrl = new URL('data/', document.baseURI).href;

async function steps(first: number, last: number): Promise<void> {
  for (let number = first; number <= last; number++) await service.step(number);
}

const bench: BenchPage = {
  async adapter() {
    const adapter = await requestAdapter();
    return adapter ? adapterName(infoOf(adapter)) : null;
  },
  start: (contender, benchCase) => Promise.race([service.start(contender, benchCase, dataUrl), broken]),
  step: (number) => Promise.race([service.step(number), broken]),
  // One race for all steps: a promise that stays open keeps what each race has left with it.
  train: (first, last) => Promise.race([steps(first, last), broken]),
  kernels: (engine, benchCase) => Promise.race([service.kernels(engine, benchCase, dataUrl), broken]),
};

Object.assign(window, { bench });
