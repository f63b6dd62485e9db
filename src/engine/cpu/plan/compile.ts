/** From a graph to programs: training, evaluation, and what passes some nodes. */
import type { NetworkGraph, NodeId, ParameterId, Shape } from '../../../network/graph.ts';
import type { UpdateRule } from '../../engine.ts';
import { scheduleForward, scheduleInspection, scheduleSignals, scheduleTraining } from '../../plan/compile.ts';
import type { Tensor } from '../../plan/refs.ts';
import type { Limits, MeasuredLayer, Schedule } from '../../plan/schedule.ts';
import type { ModuleBuilder } from '../assembler/module.ts';
import { fixed, type PlanBuffer, wholeOf } from '../kernels/kernel.ts';
import { joinAlive, reduceGradient, SQUARES_BYTES, updatePiece } from '../kernels/optimizerStep.ts';
import { Emission } from './emit.ts';
import { control, gradientAt, type Layout, parameterAt, regionOf } from './layout.ts';
import type { Phases, Scheduled } from './phases.ts';
import { library } from './program.ts';

/** Functions of memory may point anywhere. */
const limits: Limits = { buffers: Number.POSITIVE_INFINITY };

/** Packs of a piece: 32 KB, of which a thread reads some parts at a time. */
const PIECE_PACKS = 2048;
/** Of a piece: Σ gradient², then Σ before² and Σ change². */
export const PIECE_BYTES = 3 * SQUARES_BYTES;

export interface Piece {
  readonly parameter: ParameterId;
  /** Of the parameter's region, the first pack and how many. */
  readonly first: number;
  readonly packs: number;
}

/** A layer's measurements, and where they are found. */
export interface TrainingBuffers {
  readonly pixels: PlanBuffer;
  readonly logits: PlanBuffer;
  readonly lossGradient: PlanBuffer;
  readonly pieces: PlanBuffer;
  readonly squares: ReadonlyMap<NodeId, PlanBuffer>;
  /** Records of units and how many of them are dead, as four floats, by the root of the segment that puts them out. */
  readonly dead: ReadonlyMap<NodeId, PlanBuffer>;
}

export interface TrainingPlan {
  readonly buffers: TrainingBuffers;
  readonly pieces: readonly Piece[];
  readonly layers: readonly MeasuredLayer[];
}

/** Used packs of a region: without what fills it up to its neighbour. */
function usedPacks(layout: Layout, id: ParameterId): number {
  const { rows, paddedChannels } = regionOf(layout, id);
  return (((rows.at(-1) ?? 0) + 1) * paddedChannels) / 4;
}

function piecesOf(graph: NetworkGraph, layout: Layout): Piece[] {
  return graph.parameters.flatMap(({ id }) => {
    const packs = usedPacks(layout, id);
    const count = Math.ceil(packs / PIECE_PACKS);
    const each = Math.ceil(packs / count);
    return Array.from({ length: count }, (_, i) => ({
      parameter: id,
      first: i * each,
      packs: Math.min(each, packs - i * each),
    }));
  });
}

export function planTraining(
  graph: NetworkGraph,
  rule: UpdateRule,
  layout: Layout,
  module: ModuleBuilder,
  fma: boolean,
): TrainingPlan & Scheduled {
  const schedule = scheduleTraining(graph, rule, limits);
  const { layers, logits } = schedule;
  const ends = new Set(layers.map(({ end }) => end));
  const emission = emissionOf(graph, schedule, layout, module, fma, ends);
  const { phases } = emission;
  const pieces = piecesOf(graph, layout);
  const results = phases.buffer('pieces', 'plan', PIECE_BYTES * pieces.length);
  emission.parts.onComplete = (id, parts) => {
    pieces.forEach((piece, i) => {
      if (piece.parameter !== id) return;
      const from = {
        parts: wholeOf(parts.buffer, 16 * piece.first),
        stride: parts.buffer.stride,
        count: parts.count,
        packs: piece.packs,
      };
      const gradient = fixed(gradientAt(layout, id) + 16 * piece.first);
      phases.taskNext(
        reduceGradient(phases.kernel('reduce gradient'), from, gradient, wholeOf(results, PIECE_BYTES * i)),
      );
    });
  };
  emission.emit();
  const dead = countDead(emission);
  phases.barrier();
  phases.host('finiteCheck');
  pieces.forEach((piece, i) => {
    emitUpdate(phases, rule, graph, layout, piece, wholeOf(results, PIECE_BYTES * i + SQUARES_BYTES));
  });
  const { pixels } = emission;
  const { squares } = emission.layers;
  const found = { pixels, logits: emission.places.buffer(logits), lossGradient: lossGradientOf(emission, schedule) };
  phases.finish([results, found.logits, ...squares.values(), ...dead.values()]);
  return { schedule: phases, buffers: { ...found, pieces: results, squares, dead }, pieces, layers };
}

function emissionOf(
  graph: NetworkGraph,
  schedule: Schedule,
  layout: Layout,
  module: ModuleBuilder,
  fma: boolean,
  ends: ReadonlySet<NodeId> | null,
): Emission {
  const image: Shape = graph.nodes[0]?.shape ?? [0, 0, 0];
  return new Emission(schedule, layout, image, ends, fma, library(module, fma));
}

function lossGradientOf(emission: Emission, { steps }: Schedule): PlanBuffer {
  const loss = steps.find(({ kernel }) => kernel.kind === 'loss')?.kernel;
  if (loss?.kind !== 'loss' || loss.writes.gradient.in !== 'tensor') throw new RangeError('a schedule without a loss');
  return emission.places.buffer(loss.writes.gradient.tensor);
}

function emitUpdate(
  schedule: Phases,
  rule: UpdateRule,
  graph: NetworkGraph,
  layout: Layout,
  { parameter, first, packs }: Piece,
  moved: ReturnType<typeof wholeOf>,
): void {
  const offset = 16 * first;
  const decay = graph.parameters[parameter]?.role === 'weight' ? rule.wd : 0;
  const from = parameterAt(layout, parameter);
  const piece = {
    parameter: fixed(from + offset),
    gradient: fixed(gradientAt(layout, parameter) + offset),
    moments: fixed(layout.moments + from - layout.parameters + offset),
    momentStride: layout.parameterBytes,
    packs,
  };
  schedule.task(updatePiece(schedule.kernel(`update, ${rule.opt}`), rule.opt, decay, control.numbers, piece, moved));
}

/** Counts the units that are dead for all images, in the phase behind the last. */
function countDead({ phases, outputs: { alive } }: Emission): Map<NodeId, PlanBuffer> {
  const addresses = { chunks: control.chunks, images: control.images };
  return new Map(
    Array.from(alive, ([end, { records, activation, packs }]) => {
      const count = phases.buffer(`dead ${end}`, 'plan', 16);
      const kernel = phases.kernel('count the dead');
      phases.taskNext(
        joinAlive(kernel, wholeOf(records), records.stride, addresses, packs, activation, wholeOf(count)),
      );
      return [end, count];
    }),
  );
}

export interface EvaluationPlan {
  readonly pixels: PlanBuffer;
  readonly logits: PlanBuffer;
}

/** Forwards to the logits, with the batch's own statistics, which it leaves, or those that are there. */
export function planEvaluation(
  graph: NetworkGraph,
  layout: Layout,
  module: ModuleBuilder,
  fma: boolean,
  ownStatistics: boolean,
): EvaluationPlan & Scheduled {
  const schedule = scheduleForward(graph, ownStatistics, limits);
  const emission = emissionOf(graph, schedule, layout, module, fma, null);
  emission.emit();
  return evaluationOf(emission, schedule, []);
}

function evaluationOf(
  emission: Emission,
  { logits }: Schedule,
  kept: readonly PlanBuffer[],
): EvaluationPlan & Scheduled {
  const { phases, pixels } = emission;
  const found = emission.places.buffer(logits);
  phases.finish([found, ...kept]);
  return { schedule: phases, pixels, logits: found };
}

export interface SignalsPlan extends EvaluationPlan {
  readonly lossGradient: PlanBuffer | null;
  /** Of the nodes that were asked for, in their order. */
  readonly outputs: readonly PlanBuffer[];
  readonly gradients: readonly PlanBuffer[];
}

/** What some nodes put out, and the gradients by that. */
export function planSignals(
  graph: NetworkGraph,
  layout: Layout,
  module: ModuleBuilder,
  fma: boolean,
  nodes: readonly NodeId[],
  backwards: boolean,
): SignalsPlan & Scheduled {
  const schedule = backwards ? scheduleSignals(graph, nodes, limits) : scheduleInspection(graph, nodes, limits);
  const emission = emissionOf(graph, schedule, layout, module, fma, null);
  emission.emit();
  const found = schedule.inspected.map((each: Tensor) => emission.places.buffer(each));
  return {
    ...evaluationOf(emission, schedule, found),
    lossGradient: backwards ? lossGradientOf(emission, schedule) : null,
    outputs: found.slice(0, nodes.length),
    gradients: found.slice(nodes.length),
  };
}
