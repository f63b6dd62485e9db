/** The end of a step's plan: see `kernels/tail/`. Its tables are data that the runner uploads once. */

import type { NetworkGraph } from '../../../network/graph.ts';
import { elements } from '../../../ops/shapes.ts';
import type { UpdateRule } from '../../engine.ts';
import { packsOf } from '../../plan/packs.ts';
import { resultCount } from '../../plan/results.ts';
import { type Segment, UnsupportedGraph } from '../../plan/segments.ts';
import { reduceGradients, reduceGradientsGroups } from '../kernels/tail/reduceGradients.ts';
import { linearGroups, PIECE_ENTRIES } from '../kernels/tail/shared.ts';
import { summarizeGradients } from '../kernels/tail/summarizeGradients.ts';
import { summarizeUpdate } from '../kernels/tail/summarizeUpdate.ts';
import { updateParameters } from '../kernels/tail/updateParameters.ts';
import { verdict } from '../kernels/tail/verdict.ts';
import { type Builder, inPlan } from './builder.ts';
import { type PlanBuffer, wholeArena } from './plan.ts';

/** Packs of a piece at least, and pieces of a parameter at most: every sum over pieces is one invocation's. */
const PIECE_PACKS = 4;
const MOST_PIECES = 256;

interface Pieces {
  readonly table: Uint32Array<ArrayBuffer>;
  readonly owners: Uint32Array<ArrayBuffer>;
  readonly count: number;
}

/** @see PIECE_ENTRIES */
function piecesOf(graph: NetworkGraph, builder: Builder): Pieces {
  const table: number[] = [];
  const owners: number[] = [];
  for (const { id, role } of graph.parameters) {
    const region = builder.layout.regions[id];
    const partial = builder.partials.get(id);
    if (!region || !partial) throw new RangeError(`no gradient for ${graph.parameters[id]?.name}`);
    const size = PIECE_PACKS * Math.ceil(region.packs / PIECE_PACKS / MOST_PIECES);
    const before = table.length / (4 * PIECE_ENTRIES);
    for (let at = 0; at < region.packs; at += size) {
      table.push(region.first + at, partial.first + at, partial.splits, partial.stride);
      table.push(Math.min(size, region.packs - at), role === 'weight' ? 1 : 0, 0, 0);
    }
    owners.push(before, table.length / (4 * PIECE_ENTRIES) - before, 0, 0);
  }
  return {
    table: Uint32Array.from(table),
    owners: Uint32Array.from(owners),
    count: table.length / (4 * PIECE_ENTRIES),
  };
}

/** For each layer: first meter entry, entries, first response pack, channels; numbers of one image, units, 0, 0. */
function measureTable(
  graph: NetworkGraph,
  builder: Builder,
  segmentOf: ReadonlyMap<number, Segment>,
): Uint32Array<ArrayBuffer> {
  const rows = graph.layers.flatMap(({ z, response, output }) => {
    const [segment, responding] = [segmentOf.get(z), segmentOf.get(response)];
    const meter = segment && builder.meters.get(segment);
    const first = responding && builder.responses.get(responding);
    if (!segment || !meter || !responding || first === undefined) throw new RangeError(`node ${z} is not measured`);
    // What a segment leaves of its response is of its norm's output, where it has one.
    if (responding.norm && responding.normNode !== response) throw new UnsupportedGraph(`node ${response} is normed`);
    const units = elements(graph.nodes[output]?.shape ?? segment.shape);
    return [meter.first, meter.parts, first, segment.shape[2], elements(segment.shape), units, 0, 0];
  });
  return Uint32Array.from(rows);
}

export interface Tables {
  readonly pieceTable: Uint32Array<ArrayBuffer>;
  readonly ownerTable: Uint32Array<ArrayBuffer>;
  readonly measureTable: Uint32Array<ArrayBuffer>;
}

/** Appends the update. @returns the tables to upload */
export function emitTail(
  builder: Builder,
  graph: NetworkGraph,
  rule: UpdateRule,
  losses: PlanBuffer,
  segmentOf: ReadonlyMap<number, Segment>,
): Tables {
  const { table, owners, count } = piecesOf(graph, builder);
  const shape = { parameters: graph.parameters.length, layers: graph.layers.length };
  const pieceNorms = inPlan(builder.buffer('norms of pieces', Math.ceil(count / 2)));
  const pieceMoves = inPlan(builder.buffer('moves of pieces', count));
  const common = { layer: 'all', shape: [builder.layout.packs * 4] };
  const pieces = linearGroups(count);
  const arena = wholeArena;
  builder.dispatch({
    ...common,
    kernel: reduceGradients(count, builder.tuning.reduction),
    buffers: { table: arena('pieceTable'), partial: arena('partial'), gradients: arena('gradients'), pieceNorms },
    groups: reduceGradientsGroups(count, builder.tuning.reduction),
  });
  builder.dispatch({
    ...common,
    kernel: summarizeGradients(shape),
    buffers: {
      owners: arena('ownerTable'),
      measured: arena('measureTable'),
      pieceNorms,
      meter: arena('meter'),
      response: arena('response'),
      results: arena('results'),
    },
    groups: linearGroups(shape.parameters + shape.layers),
  });
  builder.dispatch({
    ...common,
    kernel: verdict(shape, rule.clip, builder.tuning.reduction),
    buffers: { losses: inPlan(losses), results: arena('results'), control: arena('control') },
    groups: [1, 1],
  });
  builder.dispatch({
    ...common,
    kernel: updateParameters(count, builder.layout.packs, rule.opt, rule.wd),
    buffers: {
      table: arena('pieceTable'),
      gradients: arena('gradients'),
      control: arena('control'),
      parameters: arena('parameters'),
      moments: arena('moments'),
      pieceMoves,
    },
    groups: pieces,
  });
  builder.dispatch({
    ...common,
    kernel: summarizeUpdate(shape),
    buffers: { owners: arena('ownerTable'), pieceMoves, results: arena('results') },
    groups: linearGroups(shape.parameters),
  });
  builder.reserve('results', packsOf(resultCount(shape)));
  builder.reserve('gradients', builder.layout.packs);
  return { pieceTable: table, ownerTable: owners, measureTable: measureTable(graph, builder, segmentOf) };
}
