import type { NetworkGraph } from '../../../network/graph.ts';
import type { MemoryNeed } from '../../../spec/memory.ts';
import type { UpdateRule } from '../../engine.ts';
import { momentsPerParameter } from '../../optimizer.ts';
import { compileTraining } from './compile.ts';
import { memoryOf } from './memory.ts';
import type { Tuning } from './tuning.ts';

/** Bytes that training a network takes, from its plan: exact for this batch, and nearly so for others. */
export function memoryNeed(graph: NetworkGraph, rule: UpdateRule, batch: number, tuning: Tuning): MemoryNeed {
  const plan = compileTraining(graph, rule, batch, tuning);
  const { activations, arenas, parameters } = memoryOf(plan);
  return { fixed: arenas + parameters * (1 + momentsPerParameter[rule.opt]), perImage: activations / batch };
}
