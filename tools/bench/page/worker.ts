/** One contender in a thread of its own: makes its steps when told to, and measures them. */
import { expose } from 'comlink';
import type { Minibatches } from '../../../src/data/minibatches.ts';
import type { BenchCase, ContenderName } from '../cases.ts';
import type { StepFigures } from '../race.ts';
import { setupOf } from '../setup.ts';
import { BusyTime } from './busyTime.ts';
import type { Contender } from './contenders/contender.ts';
import { contenders } from './contenders/contenders.ts';
import { GpuMeter } from './gpuMeter.ts';
import type { KernelTime } from './kernels.ts';

const busy = new BusyTime();
const gpu = navigator.gpu ? new GpuMeter(() => busy.enter()) : null;
let running: { readonly contender: Contender; readonly batches: Minibatches } | null = null;

const service = {
  async start(name: ContenderName, benchCase: BenchCase, dataUrl: string): Promise<void> {
    const { setup, batches } = await setupOf(benchCase, dataUrl);
    if (name === 'torch') throw new Error('PyTorch runs in no browser');
    const start = await contenders[name]();
    running = { contender: await start(setup), batches };
  },

  async step(number: number): Promise<StepFigures> {
    if (!running) throw new Error('A step before the start.');
    const images = running.batches.images(number);
    gpu?.take();
    busy.take();
    const began = performance.now();
    busy.enter();
    const loss = await running.contender.step(images);
    const jsMs = busy.take();
    await gpu?.idle();
    const ms = performance.now() - began;
    const counts = gpu?.take() ?? { dispatches: null, submits: null, bytes: null };
    return { loss, ms, jsMs, ...counts };
  },

  async kernels(engine: 'cpu' | 'webgpu', benchCase: BenchCase, dataUrl: string): Promise<KernelTime[]> {
    const { setup, batches } = await setupOf(benchCase, dataUrl);
    const { cpuKernels, gpuKernels } = await import('./kernels.ts');
    return engine === 'cpu' ? cpuKernels(setup, benchCase.batch) : gpuKernels(setup, batches, benchCase.batch);
  },
};

export type BenchService = typeof service;

expose(service);
