import type { Engine } from '../engine.ts';
import { withPlaces } from './apart/apart.ts';
import { startOnThreads } from './engine.ts';
import { suitableThreads } from './features.ts';
import { helperIn } from './threads/team.ts';

const openPlace = () =>
  helperIn(new Worker(new URL('./apart/placeWorker.ts', import.meta.url), { type: 'module', name: 'computing apart' }));

/** The engine with as many threads as suit the machine, networks apart where that is quicker; with one thread where others cannot be started. */
export async function startCpuEngine(threads = suitableThreads(navigator.hardwareConcurrency)): Promise<Engine> {
  const engine = await startOnThreads(threads);
  return engine.threads > 1 ? withPlaces(engine, openPlace) : engine;
}
