/**
 * The reference engine: a float64 interpreter of the graph in plain TypeScript. Slow and obvious;
 * tests hold every other engine against it.
 */
import { costOf, memoryNeed } from '../../network/cost.ts';
import type { Engine } from '../engine.ts';
import { ReferenceTrainer } from './trainer.ts';

export function createReferenceEngine(): Engine {
  return {
    name: 'reference',
    backend: 'float64',
    device: { kind: 'cpu', simd: false, threads: 1 },
    lookahead: 1,
    lost: null,
    memoryNeed: (graphs, { opt }) => memoryNeed(graphs.map(costOf), opt),
    createTrainer: async (graph, initial, rule, images) => new ReferenceTrainer(graph, initial, rule, images),
    dispose: () => {},
  };
}
