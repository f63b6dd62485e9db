/**
 * Where a plan's buffers lie: a buffer is needed from the first phase that touches it to the last, and two that are never needed at one time may
 * share memory. Largest first, each goes into the smallest gap between those that are there at its time (greedy by size, Pisarchyk & Lee 2020,
 * arXiv 2001.03288).
 */
import type { PlanBuffer } from '../kernels/kernel.ts';
import type { Lifetime } from './phases.ts';

export interface Placement {
  /** Of each buffer that anything touches. */
  readonly addresses: ReadonlyMap<PlanBuffer, number>;
  readonly end: number;
}

/** @param bytesOf of a buffer with all its entries @param start where the first may lie */
export function placeBuffers(
  lifetimes: ReadonlyMap<PlanBuffer, Lifetime>,
  bytesOf: (buffer: PlanBuffer) => number,
  start: number,
): Placement {
  const addresses = new Map<PlanBuffer, number>();
  const ordered = [...lifetimes]
    .map(([buffer, life]) => ({ buffer, life, bytes: bytesOf(buffer) }))
    .sort((a, b) => b.bytes - a.bytes);
  // Columns of numbers: a thousand layers have tens of thousands of buffers, and each is held against all before it.
  const firsts = Int32Array.from(ordered, ({ life }) => life.first);
  const lasts = Int32Array.from(ordered, ({ life }) => life.last);
  const starts = new Float64Array(ordered.length);
  const ends = new Float64Array(ordered.length);
  /** Those that are placed, by where they begin. */
  const placed = new Int32Array(ordered.length);
  for (const [i, { buffer, life, bytes }] of ordered.entries()) {
    let best = -1;
    let smallest = Number.POSITIVE_INFINITY;
    let free = start;
    for (let at = 0; at < i; at++) {
      const other = placed[at] as number;
      if ((firsts[other] as number) > life.last || life.first > (lasts[other] as number)) continue;
      const gap = (starts[other] as number) - free;
      if (gap >= bytes && gap < smallest) {
        best = free;
        smallest = gap;
      }
      free = Math.max(free, ends[other] as number);
    }
    const address = best < 0 ? free : best;
    let behind = i;
    while (behind > 0 && (starts[placed[behind - 1] as number] as number) > address) behind--;
    placed.copyWithin(behind + 1, behind, i);
    placed[behind] = i;
    starts[i] = address;
    ends[i] = address + bytes;
    addresses.set(buffer, address);
  }
  return { addresses, end: ends.reduce((most, end) => Math.max(most, end), start) };
}
