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
import { averageBytes, averagePlaces } from './averages.ts';
import type { BufferRef } from './buffers.ts';
import type { Places } from './places.ts';
import type { Preparation } from './prepare.ts';

/** Packs of a piece at least, and pieces of a parameter at most: every sum over pieces is one invocation's. */
const PIECE_PACKS = 4;
const MOST_PIECES = 256;

interface Pieces {
  readonly table: readonly number[];
  /** The same of every network. */
  readonly owners: readonly number[];
  readonly count: number;
}

/** @param network whose numbers the pieces are of @see PIECE_ENTRIES */
function piecesOf({ graph, networks, places: { layout, partials } }: Preparation, network: number): Pieces {
  const table: number[] = [];
  const owners: number[] = [];
  for (const { id, role } of graph.parameters) {
    const region = layout.regions[id];
    const partial = partials.get(id);
    if (!region || !partial) throw new RangeError(`no gradient for ${graph.parameters[id]?.name}`);
    const size = PIECE_PACKS * Math.ceil(region.packs / PIECE_PACKS / MOST_PIECES);
    const before = table.length / (4 * PIECE_ENTRIES);
    const first = networks * region.first + network * region.packs;
    const firstPartial = partial.first + network * partial.count * partial.stride;
    for (let at = 0; at < region.packs; at += size) {
      table.push(first + at, firstPartial + at, partial.count, partial.stride);
      table.push(Math.min(size, region.packs - at), role === 'weight' ? 1 : 0, 0, 0);
    }
    owners.push(before, table.length / (4 * PIECE_ENTRIES) - before, 0, 0);
  }
  return { table, owners, count: table.length / (4 * PIECE_ENTRIES) };
}

/** For each layer: first entry of stats, entries, first response pack, channels; numbers of one image, units, 0, 0. */
function measuresOf(places: Places, layers: readonly MeasuredLayer[], network: number): number[] {
  const firstOf = ({ first, packs }: ReturnType<Places['placeOf']>) => first + network * packs;
  return layers.flatMap(({ z, response, channels, numbers, units }) => {
    const stats = places.placeOf(`stats ${z}`);
    const answers = places.placeOf(`response ${response}`);
    return [firstOf(stats), stats.packs, firstOf(answers), channels, numbers, units, 0, 0];
  });
}

export interface Tables {
  readonly pieceTable: Uint32Array<ArrayBuffer>;
  readonly ownerTable: Uint32Array<ArrayBuffer>;
  readonly measureTable: Uint32Array<ArrayBuffer>;
  /** Where running averages are kept. @see averageStatistics */
  readonly averageTable?: Uint32Array<ArrayBuffer>;
}

/** For each pack of channels of a network's norms. */
function averagesOf({ graph, places }: Preparation, network: number): number[] {
  return averagePlaces(graph).flatMap(({ node, packs, first, positions }) => {
    const place = places.placeOf(`norm ${node}`);
    const norm = place.first + network * place.packs;
    return Array.from({ length: packs }, (_, pack) => [norm + pack, packs, first + pack, positions]).flat();
  });
}

/** Appends the update. @returns the tables to upload */
export function emitOptimizerStep(preparation: Preparation, rule: UpdateRule, schedule: TrainingSchedule): Tables {
  const { graph, networks, places, tuning } = preparation;
  const { layout } = places;
  const { reduction } = tuning;
  const pieces = Array.from({ length: networks }, (_, network) => piecesOf(preparation, network));
  const [{ owners, count } = { owners: [], count: 0 }] = pieces;
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
  preparation.dispatch(updateParameters(count, rule, pieceMoves), linearGroups(count), all);
  preparation.dispatch(summarizeUpdate(shape, pieceMoves), linearGroups(shape.parameters), all);
  const averaged = rule.stats === 'running' ? pieces.flatMap((_, network) => averagesOf(preparation, network)) : [];
  const norms = averaged.length / 4 / networks;
  if (norms > 0) preparation.dispatch(averageStatistics(norms, averageBytes(graph)), linearGroups(norms), all);
  places.reserve('results', 'results', packsOf(resultCount(shape)));
  places.reserve('gradients', 'gradients', layout.packs);
  const measures = pieces.flatMap((_, network) => measuresOf(places, schedule.layers, network));
  return {
    pieceTable: Uint32Array.from(pieces.flatMap(({ table }) => table)),
    ownerTable: Uint32Array.from(owners),
    measureTable: Uint32Array.from(measures),
    ...(norms > 0 && { averageTable: Uint32Array.from(averaged) }),
  };
}
