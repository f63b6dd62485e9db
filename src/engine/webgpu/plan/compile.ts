/** From a network graph to plans: one that trains, one that calibrates batch norm, one that classifies. */

import { CLASSES, type NetworkGraph, type NodeId } from '../../../network/graph.ts';
import { elements } from '../../../ops/shapes.ts';
import type { UpdateRule } from '../../engine.ts';
import { momentsPerParameter } from '../../optimizer.ts';
import { packsOf } from '../../plan/packs.ts';
import { type ParameterLayout, parameterLayout } from '../../plan/parameterLayout.ts';
import { isView, type Segment, type Segments, segmentsOf } from '../../plan/segments.ts';
import { loss, lossGroups } from '../kernels/loss.ts';
import { CONTROL_BYTES } from '../kernels/tail/shared.ts';
import { Backward } from './backward.ts';
import { Builder, inPlan } from './builder.ts';
import { dropPlaces } from './drops.ts';
import { emitForward, type ForwardOptions } from './forward.ts';
import { GradientWatch } from './gradientWatch.ts';
import { emitInspection, type InspectionPlan } from './inspection.ts';
import type { LayerEnd } from './layerGradients.ts';
import { type BorrowedBytes, type Plan, type PlanBuffer, wholeArena } from './plan.ts';
import { emitTail, type Tables } from './tail.ts';
import { type Tuning, tunedFor } from './tuning.ts';

export interface TrainingPlan extends Plan {
  readonly tables: Tables;
  /** Cross entropy of each image. */
  readonly losses: PlanBuffer;
  /** Dispatches after which the gradients by all parameters are there. */
  readonly untilGradients: number;
}

interface Prepared {
  readonly segments: readonly Segment[];
  readonly read: Segments['read'];
  /** The segment that each node belongs to, or whose output it passes on. */
  readonly segmentOf: ReadonlyMap<NodeId, Segment>;
  readonly builder: Builder;
  /** Bytes of the arenas that every plan of the network finds made. */
  readonly borrowed: BorrowedBytes;
}

/** @param draws whether `drop` nodes draw what they keep, as in training */
function prepare(graph: NetworkGraph, images: number, tuning: Tuning, draws: boolean): Prepared {
  const { segments, read } = segmentsOf(graph);
  const segmentOf = new Map(Array.from(read, ([id, { segment }]) => [id, segment]));
  const nameOf = namesOf(graph, segmentOf);
  const tuned = tunedFor(graph.parameters.filter(({ role }) => role === 'weight').length, tuning);
  const builder = new Builder(images, tuned, parameterLayout(graph), nameOf, dropPlaces(graph), draws);
  // In the graph's order, whatever a plan reads first: calibration and classification share the norms.
  for (const segment of segments) if (segment.norm) builder.norm(segment);
  return { segments, read, segmentOf, builder, borrowed: borrowedBytes(graph, images, builder.layout) };
}

/** Of what every plan finds made: the images of one run, each one number a pixel, and what says which they are. */
function borrowedBytes(graph: NetworkGraph, images: number, { packs }: ParameterLayout): BorrowedBytes {
  const [input] = graph.nodes;
  if (!input) throw new RangeError('a network without an input');
  const perImage = 4 * images;
  return { parameters: 16 * packs, pixels: elements(input.shape) * perImage, labels: perImage, indices: perImage };
}

const kinds: Readonly<Partial<Record<Segment['op']['kind'], string>>> = {
  input: 'images',
  globalAveragePool: 'head',
  maxPool: 'max pool',
  averagePool: 'average pool',
  learnedScale: 'learned scale',
  padShortcut: 'shortcut',
};

/** For listings: layers by their names, the end of a block by its last layer, projections and gates by their weights. */
function namesOf(graph: NetworkGraph, segmentOf: ReadonlyMap<NodeId, Segment>): (segment: Segment) => string {
  const storing = (segment: Segment | undefined): Segment | undefined =>
    segment && isView(segment) ? storing(segment.inputs[0]?.segment) : segment;
  const layers = new Map(graph.layers.map(({ z, name }) => [segmentOf.get(z), name]));
  const ends = new Map(graph.layers.map(({ output, name }) => [storing(segmentOf.get(output)), `${name} + shortcut`]));
  return (segment) => {
    const stored = storing(segment);
    const { op } = stored ?? segment;
    const weight = op.kind === 'conv' ? graph.parameters[op.weight]?.name.replace(/ weight$/, '') : undefined;
    return layers.get(stored) ?? ends.get(stored) ?? weight ?? kinds[op.kind] ?? op.kind;
  };
}

function logitsOf({ segments, builder }: Prepared): PlanBuffer {
  const last = segments.at(-1);
  if (!last) throw new RangeError('a network without layers');
  return builder.storedOf(last).raw;
}

/**
 * One training step: forwards, loss, backwards, update, measurements.
 * @param images in a minibatch, at most
 */
export function compileTraining(graph: NetworkGraph, rule: UpdateRule, images: number, tuning: Tuning): TrainingPlan {
  const prepared = prepare(graph, images, tuning, true);
  const { segments, segmentOf, builder } = prepared;
  emitForward(builder, segments, { ownStatistics: true, responses: true });
  const logits = logitsOf(prepared);
  const forwards = builder.dispatches.length;
  const { losses, gradient } = emitLoss(builder, logits);
  new Backward(builder, endsOf(graph, segmentOf)).emit(segments, gradient);
  const untilGradients = builder.dispatches.length + 1;
  const tables = emitTail(builder, graph, rule, losses, segmentOf);
  const borrowed: BorrowedBytes = {
    ...prepared.borrowed,
    moments: momentsPerParameter[rule.opt] * prepared.borrowed.parameters,
    control: CONTROL_BYTES,
    pieceTable: tables.pieceTable.byteLength,
    ownerTable: tables.ownerTable.byteLength,
    measureTable: tables.measureTable.byteLength,
  };
  return { ...builder.plan(logits, borrowed, forwards), tables, losses, untilGradients };
}

/** The loss of each image, and its gradient by the logits. */
function emitLoss(builder: Builder, logits: PlanBuffer): { losses: PlanBuffer; gradient: PlanBuffer } {
  const losses = builder.buffer('losses', packsOf(builder.images));
  const gradient = builder.buffer('logits gradient', builder.images * packsOf(CLASSES));
  builder.dispatch({
    kernel: loss(),
    buffers: {
      logits: inPlan(logits),
      labels: wholeArena('labels'),
      indices: wholeArena('indices'),
      losses: inPlan(losses),
      g: inPlan(gradient),
    },
    groups: lossGroups(builder.images),
    layer: 'loss',
    shape: [CLASSES],
  });
  return { losses, gradient };
}

function endsOf(graph: NetworkGraph, segmentOf: ReadonlyMap<NodeId, Segment>): Map<Segment, LayerEnd> {
  const ends = new Map<Segment, LayerEnd>();
  for (const { z, output, activation } of graph.layers) {
    const [segment, end] = [segmentOf.get(z), segmentOf.get(output)];
    if (segment && end) ends.set(segment, { output: end, activation });
  }
  return ends;
}

/** Forwards with the batch's own statistics, storing what some nodes put out. */
export function compileInspection(
  graph: NetworkGraph,
  images: number,
  tuning: Tuning,
  nodes: readonly NodeId[],
): InspectionPlan {
  const prepared = prepare(graph, images, tuning, true);
  const { builder, segments, segmentOf, read } = prepared;
  emitForward(builder, segments, {
    ownStatistics: true,
    responses: false,
    storeImages: nodes.some((id) => segmentOf.get(id)?.op.kind === 'input'),
  });
  const inspected = emitInspection(builder, graph, nodes, read);
  return { ...builder.plan(logitsOf(prepared), prepared.borrowed), inspected };
}

/** Forwards and backwards, storing what some nodes put out and then the gradients by that, without an update. */
export function compileSignals(
  graph: NetworkGraph,
  images: number,
  tuning: Tuning,
  nodes: readonly NodeId[],
): InspectionPlan {
  const prepared = prepare(graph, images, tuning, true);
  const { builder, segments, read } = prepared;
  emitForward(builder, segments, { ownStatistics: true, responses: false });
  const outputs = emitInspection(builder, graph, nodes, read);
  const logits = logitsOf(prepared);
  const watch = new GradientWatch(graph, nodes, read);
  new Backward(builder, new Map(), watch).emit(segments, emitLoss(builder, logits).gradient);
  const gradients = watch.gradients(builder);
  return { ...builder.plan(logits, prepared.borrowed), inspected: [...outputs, ...gradients] };
}

/** Forwards to the logits, with the batch's own statistics or those that calibration left. */
export function compileForward(
  graph: NetworkGraph,
  images: number,
  tuning: Tuning,
  ownStatistics: ForwardOptions['ownStatistics'],
): Plan {
  const prepared = prepare(graph, images, tuning, false);
  emitForward(prepared.builder, prepared.segments, { ownStatistics, responses: false });
  return prepared.builder.plan(logitsOf(prepared), prepared.borrowed);
}
