/** For tests: one WebGPU engine for each way of dividing the work, so that files which share a page share compiled kernels. */
import type { Engine } from '../engine.ts';
import { createWebGpuEngine } from './engine.ts';
import { type Tuning, tunings } from './plan/tuning.ts';

const started = new Map<Tuning['name'], Promise<Engine>>();

/** Lives as long as the page: nobody disposes of it. */
export function engineTuned(tuning: Tuning['name']): Promise<Engine> {
  const engine = started.get(tuning) ?? createWebGpuEngine(tunings[tuning]);
  started.set(tuning, engine);
  return engine;
}
