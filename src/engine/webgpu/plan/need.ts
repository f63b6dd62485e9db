import { calibrationImages } from '../../../data/evaluationSample.ts';
import type { NetworkGraph } from '../../../network/graph.ts';
import type { MemoryNeed } from '../../../spec/memory.ts';
import type { UpdateRule } from '../../engine.ts';
import { momentsPerParameter } from '../../optimizer.ts';
import { compileTraining } from './compile.ts';
import { calibrationPlan, classificationPlan, hasBatchNorm } from './evaluation.ts';
import { memoryOf, pooledBytes } from './memory.ts';
import type { Tuning } from './tuning.ts';

/** Bytes that training and evaluating a network take, from its plans: exact for this batch, and nearly so for others. */
export function memoryNeed(graph: NetworkGraph, rule: UpdateRule, batch: number, tuning: Tuning): MemoryNeed {
  const training = compileTraining(graph, rule, batch, tuning);
  const calibration = hasBatchNorm(graph) ? [calibrationPlan(graph, calibrationImages, tuning)] : [];
  const evaluations = [...calibration, classificationPlan(graph, tuning)];
  const { activations, arenas, parameters } = memoryOf(training);
  // Evaluations find most of what they need in the blocks that training has.
  const more = pooledBytes([training, ...evaluations]) - activations;
  const own = calibration.reduce((sum, plan) => sum + memoryOf(plan).arenas, 0);
  const fixed = arenas + own + more + parameters * (1 + momentsPerParameter[rule.opt]);
  return { fixed, perImage: activations / batch };
}
