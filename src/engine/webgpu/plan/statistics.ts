/** The statistics of what batch norm normalises, and of responses. */
import { packsOf } from '../../plan/packs.ts';
import type { Segment } from '../../plan/segments.ts';
import { type MomentsShape, momentsGroups, moments as momentsKernel } from '../kernels/moments.ts';
import { momentPacks } from '../kernels/partMoments.ts';
import { statistics, statisticsGroups } from '../kernels/statistics.ts';
import { type Builder, inPlan, type Left, pixelsOf, plainValue } from './builder.ts';
import { partSize as partSizeOf } from './convolutions.ts';
import { type BufferRef, type PlanBuffer, partOfArena } from './plan.ts';
import { runLength } from './tuning.ts';

/** From sums to a norm, and to the response of the layer. */
export function emitStatistics(builder: Builder, segment: Segment, { sums, partSize, moments }: Left): void {
  const { norm } = segment;
  const channels = segment.shape[2];
  const packs = packsOf(channels);
  const first = builder.reserve('response', 2 * packs);
  builder.responses.set(segment, first);
  const about = {
    channels,
    pixels: pixelsOf(segment),
    partSize,
    moments,
    normalized: norm !== null,
    reduction: builder.tuning.reduction,
  };
  builder.dispatch({
    kernel: statistics(about),
    buffers: {
      sums: inPlan(sums),
      ...(norm
        ? { scale: builder.parameter(norm.scale), shift: builder.parameter(norm.shift), norm: builder.norm(segment) }
        : {}),
      response: partOfArena('response', first, 2 * packs),
    },
    groups: statisticsGroups(about),
    layer: builder.nameOf(segment),
    shape: [channels],
  });
}

/** The sums of what is stored. */
export function momentsOf(builder: Builder, segment: Segment, stored: PlanBuffer): Left {
  const { shape } = segment;
  const term = { value: plainValue(shape[2]), map: { kind: 'same' }, factors: [] } as const;
  return emitMoments(
    builder,
    segment,
    { shape, terms: [term], activation: 'linear', stores: false },
    { a: inPlan(stored) },
  );
}

/** @param about what to sum up, and whether to store it in the buffer `result` */
export function emitMoments(
  builder: Builder,
  segment: Segment,
  about: Omit<MomentsShape, 'positions' | 'reduction'>,
  buffers: Readonly<Record<string, BufferRef>>,
): Left {
  const { positions, reduction } = builder.tuning;
  const shape = { ...about, positions: runLength(about.shape[1], positions), reduction };
  const { groups, parts } = momentsGroups(shape, builder.images);
  const layer = builder.nameOf(segment);
  const sums = builder.buffer(`${layer} sums`, parts * momentPacks.squares * packsOf(about.shape[2]));
  builder.dispatch({
    kernel: momentsKernel(shape),
    buffers: { ...buffers, sums: inPlan(sums) },
    groups,
    layer,
    shape: about.shape,
  });
  return { sums, partSize: partSizeOf(reduction, shape.positions), moments: 'squares' };
}
