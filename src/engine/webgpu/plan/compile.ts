/** From a network graph to plans of this target: one that trains, one that looks inside, one that calibrates batch norm or classifies. */
import type { NetworkGraph, NodeId } from '../../../network/graph.ts';
import { momentsOf } from '../../../ops/optimizer/optimizer.ts';
import type { UpdateRule } from '../../engine.ts';
import { scheduleForward, scheduleInspection, scheduleSignals, scheduleTraining } from '../../plan/compile.ts';
import type { Schedule } from '../../plan/schedule.ts';
import { CONTROL_BYTES } from '../kernels/optimizerStep/shared.ts';
import { averageBytes } from './averages.ts';
import type { PlanBuffer } from './buffers.ts';
import { emitOptimizerStep, type Tables } from './optimizerStep.ts';
import type { Plan } from './plan.ts';
import { Preparation } from './prepare.ts';
import type { Tuning } from './tuning.ts';

export interface TrainingPlan extends Plan {
  readonly tables: Tables;
  /** Cross entropy of each image. */
  readonly losses: PlanBuffer;
  /** Dispatches after which the gradients by all parameters are there. */
  readonly untilGradients: number;
}

/**
 * One training step: forwards, loss, backwards, update, measurements.
 * @param images in a minibatch, at most
 * @param networks of this graph whose steps are taken in the same dispatches
 */
export function compileTraining(
  graph: NetworkGraph,
  rule: UpdateRule,
  images: number,
  tuning: Tuning,
  networks = 1,
): TrainingPlan {
  const schedule = scheduleTraining(graph, rule, tuning);
  const preparation = new Preparation(graph, images, tuning, schedule, networks);
  const untilGradients = preparation.dispatches.length + 1;
  const tables = emitOptimizerStep(preparation, rule, schedule);
  const plan = preparation.plan({
    moments: networks * momentsOf(rule.opt) * 16 * preparation.places.layout.packs,
    control: networks * CONTROL_BYTES,
    pieceTable: tables.pieceTable.byteLength,
    ownerTable: tables.ownerTable.byteLength,
    measureTable: tables.measureTable.byteLength,
    ...(rule.stats === 'running' && {
      averages: networks * averageBytes(graph),
      averageTable: tables.averageTable?.byteLength ?? 0,
    }),
  });
  return { ...plan, tables, losses: preparation.places.bufferOf(schedule.losses), untilGradients };
}

function planOf(graph: NetworkGraph, images: number, tuning: Tuning, schedule: Schedule): Plan {
  return new Preparation(graph, images, tuning, schedule).plan();
}

/** Forwards with the batch's own statistics, storing what some nodes put out. */
export function compileInspection(graph: NetworkGraph, images: number, tuning: Tuning, nodes: readonly NodeId[]): Plan {
  return planOf(graph, images, tuning, scheduleInspection(graph, nodes, tuning));
}

/** Forwards and backwards, storing what some nodes put out and then the gradients by that, without an update. */
export function compileSignals(graph: NetworkGraph, images: number, tuning: Tuning, nodes: readonly NodeId[]): Plan {
  return planOf(graph, images, tuning, scheduleSignals(graph, nodes, tuning));
}

/** Forwards to the logits, with the batch's own statistics or those that calibration left. */
export function compileForward(graph: NetworkGraph, images: number, tuning: Tuning, ownStatistics: boolean): Plan {
  return planOf(graph, images, tuning, scheduleForward(graph, ownStatistics, tuning));
}
