import type { Engine } from '../engine.ts';
import { withPlaces } from './apart/apart.ts';
import type { First } from './apart/placeWorker.ts';
import { startOnThreads } from './engine.ts';
import { suitableThreads } from './features.ts';
import { watchPage } from './threads/giveWay.ts';
import { helperIn } from './threads/team.ts';

/** Opens places that give way to a page's own thread. */
function placeOpener(page: SharedArrayBuffer | undefined) {
  let opened = 0;
  return () => {
    const worker = new Worker(new URL('./apart/placeWorker.ts', import.meta.url), {
      type: 'module',
      name: 'computing apart',
    });
    worker.postMessage({ page, number: opened++ } satisfies First);
    return helperIn(worker);
  };
}

export interface CpuStart {
  readonly threads?: number;
  /** Memory that says while the page's own thread is at work (`watchPage`): where no core is left for that, those that compute give way. */
  readonly page?: SharedArrayBuffer | undefined;
}

/** The engine with as many threads as suit the machine, networks apart where that is quicker; with one thread where others cannot be started. */
export async function startCpuEngine({ threads, page }: CpuStart = {}): Promise<Engine> {
  const cores = navigator.hardwareConcurrency;
  const wanted = threads ?? suitableThreads(cores);
  const crowded = wanted >= cores ? page : undefined;
  watchPage(crowded, 0);
  const engine = await startOnThreads(wanted, crowded);
  return engine.threads > 1 ? withPlaces(engine, placeOpener(crowded)) : engine;
}
