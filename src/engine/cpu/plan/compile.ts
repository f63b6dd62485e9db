/** From a graph to programs: training, evaluation, and what passes some nodes. */
import { CLASSES, type NetworkGraph, type NodeId, type ParameterId } from '../../../network/graph.ts';
import type { UpdateRule } from '../../engine.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Segment } from '../../plan/segments.ts';
import type { ModuleBuilder } from '../assembler/module.ts';
import { fixed, type PlanBuffer, wholeOf } from '../kernels/kernel.ts';
import { type AliveBy, joinAlive, reduceGradient, SQUARES_BYTES, updatePiece } from '../kernels/tail.ts';
import { Backward } from './backward.ts';
import { bytesOf, Forward } from './forward.ts';
import { control, gradientAt, type Layout, parameterAt, regionOf } from './layout.ts';
import { emitProgram, library, type Machine, type Program } from './program.ts';
import type { Schedule } from './schedule.ts';

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
  readonly schedule: Schedule;
  readonly buffers: TrainingBuffers;
  readonly pieces: readonly Piece[];
  /** Root of the segment that puts out what is behind each layer, in the layers' order. */
  readonly ends: readonly NodeId[];
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

/** Numbers of the last segment, the logits, of one image. */
const LOGIT_BYTES = 16 * packsOf(CLASSES);

export function planTraining(
  graph: NetworkGraph,
  rule: UpdateRule,
  layout: Layout,
  module: ModuleBuilder,
  fma: boolean,
): TrainingPlan {
  const isOwn = graph.layers.filter(({ z, response }) => z === response);
  const options = { draws: true, ownStatistics: true, measured: new Set(isOwn.map(({ z }) => z)), separately: false };
  const forward = new Forward(graph, layout, options, fma, library(module, fma));
  const { schedule } = forward;
  const outputs = graph.layers.map(({ output }) => segmentOf(forward, output));
  const { logits } = forward;
  schedule.touched(logits);
  const lossGradient = schedule.buffer('loss gradient', 'image', LOGIT_BYTES);
  schedule.touched(lossGradient);
  schedule.host('loss');
  const pieces = piecesOf(graph, layout);
  const results = schedule.buffer('pieces', 'plan', PIECE_BYTES * pieces.length);
  const measured = { z: new Set(graph.layers.map(({ z }) => z)), ends: new Set(outputs.map(({ root }) => root)) };
  const backward = new Backward(forward, measured, false);
  backward.onParts = (id) => {
    const parts = backward.parts.get(id);
    if (!parts) throw new RangeError(`no gradient for parameter ${id}`);
    pieces.forEach((piece, i) => {
      if (piece.parameter !== id) return;
      const from = {
        parts: wholeOf(parts.buffer, 16 * piece.first),
        stride: parts.buffer.stride,
        count: parts.count,
        packs: piece.packs,
      };
      const gradient = fixed(gradientAt(layout, id) + 16 * piece.first);
      schedule.taskNext(
        reduceGradient(schedule.kernel('reduce gradient'), from, gradient, wholeOf(results, PIECE_BYTES * i)),
      );
    });
  };
  backward.emit(lossGradient);
  const dead = countDead(schedule, backward, forward.segments);
  schedule.barrier();
  schedule.host('verdict');
  pieces.forEach((piece, i) => {
    emitUpdate(schedule, rule, graph, layout, piece, wholeOf(results, PIECE_BYTES * i + SQUARES_BYTES));
  });
  schedule.finish([results, logits, ...backward.squares.values(), ...dead.values()]);
  const buffers = { pixels: forward.pixels, logits, lossGradient, pieces: results, squares: backward.squares, dead };
  return { schedule, buffers, pieces, ends: outputs.map(({ root }) => root) };
}

function emitUpdate(
  schedule: Schedule,
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
function countDead(schedule: Schedule, backward: Backward, segments: readonly Segment[]): Map<NodeId, PlanBuffer> {
  const counts = new Map<NodeId, PlanBuffer>();
  for (const segment of segments) {
    const records = backward.alive.get(segment.root);
    const { activation } = segment;
    if (!records || activation === 'linear' || activation === 'leaky') continue;
    const count = schedule.buffer(`dead ${segment.root}`, 'plan', 16);
    const by: AliveBy = activation;
    const kernel = schedule.kernel('count the dead');
    const addresses = { chunks: control.chunks, images: control.images };
    schedule.taskNext(
      joinAlive(kernel, wholeOf(records), records.stride, addresses, bytesOf(segment) / 16, by, wholeOf(count)),
    );
    counts.set(segment.root, count);
  }
  return counts;
}

function segmentOf(forward: Forward, node: NodeId): Segment {
  const input = forward.imageOutputs.get(node);
  if (!input) throw new RangeError(`no node ${node}`);
  return input.segment;
}

export interface EvaluationPlan {
  readonly schedule: Schedule;
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
): EvaluationPlan {
  const options = { draws: false, ownStatistics, measured: new Set<NodeId>(), separately: false };
  const forward = new Forward(graph, layout, options, fma, library(module, fma));
  forward.schedule.finish([forward.logits]);
  return { schedule: forward.schedule, pixels: forward.pixels, logits: forward.logits };
}

export interface SignalsPlan extends EvaluationPlan {
  readonly lossGradient: PlanBuffer | null;
  /** Of the nodes that were asked for, in their order; null for images. */
  readonly outputs: readonly (PlanBuffer | null)[];
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
): SignalsPlan {
  const options = { draws: true, ownStatistics: true, measured: new Set<NodeId>(), separately: true };
  const forward = new Forward(graph, layout, options, fma, library(module, fma));
  const { schedule, logits } = forward;
  const outputs = nodes.map((node) => {
    const segment = segmentOf(forward, node);
    return segment.op.kind === 'input' ? null : forward.storeOutput(segment);
  });
  const kept = [logits, ...outputs.filter((each) => each !== null)];
  let lossGradient: PlanBuffer | null = null;
  const gradients: PlanBuffer[] = [];
  if (backwards) {
    schedule.touched(logits);
    lossGradient = schedule.buffer('loss gradient', 'image', LOGIT_BYTES);
    schedule.touched(lossGradient);
    schedule.host('loss');
    const backward = new Backward(forward, { z: new Set(), ends: new Set() }, true);
    backward.emit(lossGradient);
    for (const node of nodes) {
      const found = backward.watched.get(segmentOf(forward, node).root);
      if (!found) throw new RangeError(`no gradient by node ${node}`);
      gradients.push(found);
    }
  }
  schedule.finish([...kept, ...gradients]);
  return { schedule, pixels: forward.pixels, logits, lossGradient, outputs, gradients };
}

export function programOf(
  { schedule }: { readonly schedule: Schedule },
  module: ModuleBuilder,
  images: number,
  layout: Layout,
  machine: Machine,
): Program {
  return emitProgram(module, schedule, images, layout.end, machine);
}
