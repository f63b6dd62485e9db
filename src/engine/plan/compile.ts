/** From a network graph to schedules: one that trains, one that looks inside, one that calibrates batch norm or classifies. */

import { classesOf, type NetworkGraph, type NodeId } from '../../network/graph.ts';
import { elements } from '../../ops/shapes.ts';
import type { UpdateRule } from '../engine.ts';
import { Backward } from './backward.ts';
import { Builder, normOf } from './builder.ts';
import { images } from './convolutions.ts';
import { emitForward, type ForwardOptions } from './forward.ts';
import { GradientWatch } from './gradientWatch.ts';
import { emitInspection } from './inspection.ts';
import type { LayerEnd } from './layerGradients.ts';
import { packsOf } from './packs.ts';
import { type Tensor, tensor } from './refs.ts';
import type { Limits, MeasuredLayer, Schedule, TrainingSchedule } from './schedule.ts';
import { isView, type Segment, type Segments, segmentsOf, UnsupportedGraph } from './segments.ts';

interface Prepared {
  readonly segments: readonly Segment[];
  readonly read: Segments['read'];
  /** The segment that each node belongs to, or whose output it passes on. */
  readonly segmentOf: ReadonlyMap<NodeId, Segment>;
  readonly builder: Builder;
}

/** @param draws whether `drop` nodes draw what they keep, as in training */
function prepare(graph: NetworkGraph, limits: Limits, draws: boolean, separately = false): Prepared {
  const { segments, read } = segmentsOf(graph, separately);
  const segmentOf = new Map(Array.from(read, ([id, { segment }]) => [id, segment]));
  return { segments, read, segmentOf, builder: new Builder(limits, namesOf(graph, segmentOf), draws) };
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
    segment && (isView(segment) || segment.op.kind === 'groupNorm') ? storing(segment.inputs[0]?.segment) : segment;
  const layers = new Map(graph.layers.map(({ z, name }) => [segmentOf.get(z), name]));
  const ends = new Map(graph.layers.map(({ output, name }) => [storing(segmentOf.get(output)), `${name} + shortcut`]));
  return (segment) => {
    const stored = storing(segment);
    const { op } = stored ?? segment;
    const weight = op.kind === 'conv' ? graph.parameters[op.weight]?.name.replace(/ weight$/, '') : undefined;
    return layers.get(stored) ?? ends.get(stored) ?? weight ?? kinds[op.kind] ?? op.kind;
  };
}

function scheduled(
  { builder, segments }: Prepared,
  forwards: number | null,
  inspected: readonly Tensor[] = [],
): Schedule {
  return {
    steps: builder.steps,
    norms: segments.filter(({ norm }) => norm).map(normOf),
    logits: logitsOf({ builder, segments }),
    forwards,
    inspected,
  };
}

function logitsOf({ segments, builder }: Pick<Prepared, 'builder' | 'segments'>): Tensor {
  const last = segments.at(-1);
  if (!last) throw new RangeError('a network without layers');
  return builder.storedOf(last).raw;
}

/** One training step: forwards, loss, backwards, update, measurements. */
export function scheduleTraining(graph: NetworkGraph, rule: UpdateRule, limits: Limits): TrainingSchedule {
  const prepared = prepare(graph, limits, true);
  const { segments, segmentOf, builder } = prepared;
  const layers = measuredLayers(graph, segmentOf);
  emitForward(builder, segments, { ownStatistics: true, responses: new Set(layers.map(({ response }) => response)) });
  const forwards = builder.steps.length;
  const { losses, gradient } = emitLoss(prepared, classesOf(graph));
  new Backward(builder, endsOf(graph, segmentOf)).emit(segments, gradient);
  const kernel = { kind: 'optimizerStep', rule, losses: tensor(losses) } as const;
  builder.steps.push({ kernel, layer: 'all', shape: [], flops: 0 });
  return { ...scheduled(prepared, forwards), losses, layers };
}

/** The loss of each image, and its gradient by the logits. */
function emitLoss({ builder, segments }: Prepared, classes: number): { losses: Tensor; gradient: Tensor } {
  // One number an image.
  const losses = builder.tensor('losses', 'image', 1 / 4);
  const gradient = builder.tensor('logits gradient', 'image', packsOf(classes));
  const kernel = {
    kind: 'loss',
    classes,
    logits: tensor(logitsOf({ builder, segments })),
    labels: { in: 'data', name: 'labels' },
    indices: images.indices,
    writes: { losses: tensor(losses), gradient: tensor(gradient) },
  } as const;
  builder.steps.push({ kernel, layer: 'loss', shape: [classes], flops: 0 });
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

function measuredLayers(graph: NetworkGraph, segmentOf: ReadonlyMap<NodeId, Segment>): MeasuredLayer[] {
  return graph.layers.map(({ z, response, output }) => {
    const [segment, responding, end] = [segmentOf.get(z), segmentOf.get(response), segmentOf.get(output)];
    if (!segment || !responding || !end) throw new RangeError(`node ${z} is not measured`);
    // What a segment leaves of its response is of its norm's output, where it has one.
    if (responding.norm && responding.normNode !== response) throw new UnsupportedGraph(`node ${response} is normed`);
    return {
      z: segment.root,
      response: responding.root,
      channels: segment.shape[2],
      numbers: elements(segment.shape),
      units: elements(graph.nodes[output]?.shape ?? segment.shape),
      end: end.root,
    };
  });
}

/** Forwards with the batch's own statistics, storing what some nodes put out. */
export function scheduleInspection(graph: NetworkGraph, nodes: readonly NodeId[], limits: Limits): Schedule {
  const prepared = prepare(graph, limits, true);
  const { builder, segments, segmentOf, read } = prepared;
  const storeImages = nodes.some((id) => segmentOf.get(id)?.op.kind === 'input');
  emitForward(builder, segments, { ownStatistics: true, storeImages });
  return scheduled(prepared, null, emitInspection(builder, graph, nodes, read));
}

/** Fused as for training where that makes every gradient that is asked for; else with a segment for each node. */
function prepareToWatch(graph: NetworkGraph, nodes: readonly NodeId[], limits: Limits) {
  const prepared = prepare(graph, limits, true);
  try {
    return { prepared, watch: new GradientWatch(graph, nodes, prepared.read) };
  } catch (error) {
    if (!(error instanceof UnsupportedGraph)) throw error;
    const separate = prepare(graph, limits, true, true);
    return { prepared: separate, watch: new GradientWatch(graph, nodes, separate.read) };
  }
}

/** Forwards and backwards, storing what some nodes put out and then the gradients by that, without an update. */
export function scheduleSignals(graph: NetworkGraph, nodes: readonly NodeId[], limits: Limits): Schedule {
  const { prepared, watch } = prepareToWatch(graph, nodes, limits);
  const { builder, segments, read } = prepared;
  emitForward(builder, segments, { ownStatistics: true });
  const outputs = emitInspection(builder, graph, nodes, read);
  new Backward(builder, new Map(), watch).emit(segments, emitLoss(prepared, classesOf(graph)).gradient);
  return scheduled(prepared, null, [...outputs, ...watch.gradients(builder)]);
}

/** Forwards to the logits, with the batch's own statistics or those that calibration left. */
export function scheduleForward(
  graph: NetworkGraph,
  ownStatistics: ForwardOptions['ownStatistics'],
  limits: Limits,
): Schedule {
  const prepared = prepare(graph, limits, false);
  emitForward(prepared.builder, prepared.segments, { ownStatistics });
  return scheduled(prepared, null);
}
