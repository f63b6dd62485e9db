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

interface Placed extends Lifetime {
  readonly start: number;
  readonly end: number;
}

/** @param bytesOf of a buffer with all its entries @param start where the first may lie */
export function placeBuffers(
  lifetimes: ReadonlyMap<PlanBuffer, Lifetime>,
  bytesOf: (buffer: PlanBuffer) => number,
  start: number,
): Placement {
  /** By where they begin. */
  const placed: Placed[] = [];
  const addresses = new Map<PlanBuffer, number>();
  const ordered = [...lifetimes]
    .map(([buffer, life]) => ({ buffer, life, bytes: bytesOf(buffer) }))
    .sort((a, b) => b.bytes - a.bytes);
  for (const { buffer, life, bytes } of ordered) {
    let best: { readonly at: number; readonly gap: number } | null = null;
    let free = start;
    for (const other of placed) {
      if (other.first > life.last || life.first > other.last) continue;
      const gap = other.start - free;
      if (gap >= bytes && (best === null || gap < best.gap)) best = { at: free, gap };
      free = Math.max(free, other.end);
    }
    const address = best?.at ?? free;
    const behind = placed.findIndex((other) => other.start > address);
    placed.splice(behind < 0 ? placed.length : behind, 0, { ...life, start: address, end: address + bytes });
    addresses.set(buffer, address);
  }
  return { addresses, end: Math.max(start, ...placed.map(({ end }) => end)) };
}
