/**
 * The portable engine: plain TensorFlow.js operations, on whichever of its backends serves. It is
 * also what the fast engines are compared with.
 */
import { costOf, memoryNeed } from '../../network/cost.ts';
import type { Backend } from '../choose.ts';
import type { Engine } from '../engine.ts';
import { startBackend } from './backends.ts';
import { TfjsTrainer } from './trainer.ts';

/**
 * Downloads a backend and makes it TensorFlow.js' current one, of which there is one a thread.
 * @param threads whether WebAssembly is to use several
 * @throws Error if the backend cannot run here
 */
export async function createTfjsEngine(backend: Backend, threads = globalThis.crossOriginIsolated): Promise<Engine> {
  const { device, lost, stop } = await startBackend(backend, threads);
  return {
    name: 'tfjs',
    backend,
    device,
    lookahead: 1,
    lost,
    memoryNeed: (graphs, { opt }) => memoryNeed(graphs.map(costOf), opt),
    createTrainer: async (graph, initial, rule, images) => new TfjsTrainer(graph, initial, rule, images),
    dispose: stop,
  };
}
