/** The end of a step's plan: see `kernels/optimizerStep/`. Its tables are data that the runner uploads once. */

import type { UpdateRule } from '../../engine.ts';
import { packsOf } from '../../plan/packs.ts';
import { tensor } from '../../plan/refs.ts';
import { resultCount, resultShape } from '../../plan/results.ts';
import type { MeasuredLayer, TrainingSchedule } from '../../plan/schedule.ts';
import { averageStatistics } from '../kernels/optimizerStep/averageStatistics.ts';
import { finiteCheck } from '../kernels/optimizerStep/finiteCheck.ts';
import { reduceGradients, reduceGradientsGroups } from '../kernels/optimizerStep/reduceGradients.ts';
import { linearGroups, PIECE_ENTRIES } from '../kernels/optimizerStep/shared.ts';
import { summarizeGradients } from '../kernels/optimizerStep/summarizeGradients.ts';
import { summarizeUpdate } from '../kernels/optimizerStep/summarizeUpdate.ts';
import { updateParameters } from '../kernels/optimizerStep/updateParameters.ts';
import { averagePlaces } from './averages.ts';
import type { BufferRef } from './buffers.ts';
import type { Places } from './places.ts';
import type { Preparation } from './prepare.ts';

/** Packs of a piece at least, and pieces of a parameter at most: every sum over pieces is one invocation's. */
const PIECE_PACKS = 4;
const MOST_PIECES = 256;

interface Pieces {
  readonly table: Uint32Array<ArrayBuffer>;
  readonly owners: Uint32Array<ArrayBuffer>;
  readonly count: number;
}

/** @see PIECE_ENTRIES */
function piecesOf({ graph, places: { layout, partials } }: Preparation): Pieces {
  const table: number[] = [];
  const owners: number[] = [];
  for (const { id, role } of graph.parameters) {
    const region = layout.regions[id];
    const partial = partials.get(id);
    if (!region || !partial) throw new RangeError(`no gradient for ${graph.parameters[id]?.name}`);
    const size = PIECE_PACKS * Math.ceil(region.packs / PIECE_PACKS / MOST_PIECES);
    const before = table.length / (4 * PIECE_ENTRIES);
    for (let at = 0; at < region.packs; at += size) {
      table.push(region.first + at, partial.first + at, partial.count, partial.stride);
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

/** For each layer: first entry of stats, entries, first response pack, channels; numbers of one image, units, 0, 0. */
function measureTable(places: Places, layers: readonly MeasuredLayer[]): Uint32Array<ArrayBuffer> {
  const rows = layers.flatMap(({ z, response, channels, numbers, units }) => {
    const { first, packs } = places.placeOf(`stats ${z}`);
    return [first, packs, places.placeOf(`response ${response}`).first, channels, numbers, units, 0, 0];
  });
  return Uint32Array.from(rows);
}

export interface Tables {
  readonly pieceTable: Uint32Array<ArrayBuffer>;
  readonly ownerTable: Uint32Array<ArrayBuffer>;
  readonly measureTable: Uint32Array<ArrayBuffer>;
  /** Where running averages are kept. @see averageStatistics */
  readonly averageTable?: Uint32Array<ArrayBuffer>;
}

function averageTable({ graph, places }: Preparation): Uint32Array<ArrayBuffer> {
  const rows = averagePlaces(graph).flatMap(({ node, packs, first, positions }) => {
    const norm = places.placeOf(`norm ${node}`).first;
    return Array.from({ length: packs }, (_, pack) => [norm + pack, packs, first + pack, positions]);
  });
  return Uint32Array.from(rows.flat());
}

/** Appends the update. @returns the tables to upload */
export function emitOptimizerStep(preparation: Preparation, rule: UpdateRule, schedule: TrainingSchedule): Tables {
  const { graph, places, tuning } = preparation;
  const { layout } = places;
  const { reduction } = tuning;
  const { table, owners, count } = piecesOf(preparation);
  const shape = resultShape(graph);
  const inPlan = (label: string, packs: number): BufferRef => ({
    kind: 'plan',
    buffer: places.buffer(label, packs),
  });
  const pieceNorms = inPlan('norms of pieces', Math.ceil(count / 2));
  const pieceMoves = inPlan('moves of pieces', count);
  const all = { layer: 'all', shape: [layout.packs * 4], flops: 0 };
  preparation.dispatch(reduceGradients(count, pieceNorms, reduction), reduceGradientsGroups(count, reduction), all);
  const summarized = linearGroups(shape.parameters + shape.layers);
  preparation.dispatch(summarizeGradients(shape, pieceNorms), summarized, all);
  preparation.dispatch(finiteCheck(shape, tensor(schedule.losses), rule.clip, reduction), [1, 1], all);
  preparation.dispatch(updateParameters(count, layout.packs, rule, pieceMoves), linearGroups(count), all);
  preparation.dispatch(summarizeUpdate(shape, pieceMoves), linearGroups(shape.parameters), all);
  const averaged = rule.stats === 'running' ? averageTable(preparation) : new Uint32Array();
  const norms = averaged.length / 4;
  if (norms > 0) preparation.dispatch(averageStatistics(norms), linearGroups(norms), all);
  places.reserve('results', 'results', packsOf(resultCount(shape)));
  places.reserve('gradients', 'gradients', layout.packs);
  return {
    pieceTable: table,
    ownerTable: owners,
    measureTable: measureTable(places, schedule.layers),
    ...(norms > 0 && { averageTable: averaged }),
  };
}
