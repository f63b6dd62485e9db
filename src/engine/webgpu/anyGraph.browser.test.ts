/** Graphs that no spec makes, on the WebGPU engine. */
import { beforeAll, describe } from 'vitest';
import type { GraphNode, NetworkGraph, NodeId } from '../../network/graph.ts';
import type { Engine } from '../engine.ts';
import { UnsupportedGraph } from '../plan/segments.ts';
import { testAnyGraph } from '../testGraphs.ts';
import { createWebGpuEngine } from './engine.ts';
import { compileSignals } from './plan/compile.ts';
import { tunings } from './plan/tuning.ts';

/** Nodes whose gradient the plan can tell apart. Beside an identity or a shortcut it may know only the sum of what all readers send. */
function shownNodes(graph: NetworkGraph): NodeId[] {
  const isShown = ({ id, op }: GraphNode): boolean => {
    try {
      compileSignals(graph, 3, tunings.software, [id]);
      return true;
    } catch (error) {
      if (!(error instanceof UnsupportedGraph) || !['identity', 'padShortcut'].includes(op.kind)) throw error;
      return false;
    }
  };
  return graph.nodes.filter((node) => node.id > 0 && isShown(node)).map(({ id }) => id);
}

describe.each(['software', 'hardware'] as const)('any graph, tuned for %s', (tuning) => {
  let ours: Engine;
  beforeAll(async () => {
    ours = await createWebGpuEngine(tunings[tuning]);
  });
  testAnyGraph(() => ours, shownNodes, 2);
});
