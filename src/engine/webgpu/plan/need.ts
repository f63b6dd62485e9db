import { calibrationImages } from '../../../data/evaluationSample.ts';
import type { MemoryNeed } from '../../../experiment/memory.ts';
import type { NetworkGraph } from '../../../network/graph.ts';
import { momentsOf } from '../../../ops/optimizer/optimizer.ts';
import type { UpdateRule } from '../../engine.ts';
import { hasBatchNorm } from '../../plan/batchNorm.ts';
import { averageBytes } from './averages.ts';
import { compileTraining } from './compile.ts';
import { calibrationPlan, classificationPlan } from './evaluation.ts';
import { memoryOf, pooledBytes } from './memory.ts';
import type { Tuning } from './tuning.ts';

/** Networks of one graph. */
export interface GangSize {
  readonly graph: NetworkGraph;
  readonly networks: number;
}

/**
 * Bytes that training and evaluating networks side by side take, from their plans: exact for this batch, and nearly so for others.
 * @param gangs networks of one graph each, whose steps are taken together; of one network often
 */
export function memoryNeed(gangs: readonly GangSize[], rule: UpdateRule, batch: number, tuning: Tuning): MemoryNeed {
  const plans = gangs.map((gang) => plansOf(gang, rule, batch, tuning));
  // Gangs take turns with the blocks, and evaluations find most of what they need in those that training has.
  const blocks = pooledBytes(plans.flatMap(({ training, evaluations }) => [training, ...evaluations]));
  const blocksOfTraining = pooledBytes(plans.map(({ training }) => training));
  const own = plans.reduce((sum, each) => sum + each.own, 0);
  return { fixed: own + blocks - blocksOfTraining, perImage: blocksOfTraining / batch };
}

/** The plans of a gang, whose networks are evaluated by themselves, and the bytes of what no other network uses. */
function plansOf({ graph, networks }: GangSize, rule: UpdateRule, batch: number, tuning: Tuning) {
  const training = compileTraining(graph, rule, batch, tuning, networks);
  const calibration =
    hasBatchNorm(graph) && rule.stats !== 'running' ? [calibrationPlan(graph, calibrationImages, tuning)] : [];
  const { arenas, parameters } = memoryOf(training);
  const averages = rule.stats === 'running' ? networks * averageBytes(graph) : 0;
  const norms = networks * calibration.reduce((sum, plan) => sum + memoryOf(plan).arenas, 0);
  const own = arenas + norms + averages + parameters * (1 + momentsOf(rule.opt));
  return { training, evaluations: [...calibration, classificationPlan(graph, tuning)], own };
}
