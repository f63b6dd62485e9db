/**
 * Which elements a `drop` node keeps in a training step. They follow from the seed, the updates made so far, the node and
 * the element by a hash in 32-bit unsigned integers, which every engine can compute: so all draw the same masks, a run repeats
 * bit for bit, and a network that is restored goes on as it would have.
 *
 * The hash is PCG's output permutation over one step of its generator, nested once for each number (Jarzynski & Olano 2020,
 * "Hash Functions for GPU Rendering", jcgt.org/published/0009/03/02): pcg(element + pcg(node + pcg(updates + pcg(seed)))). Its upper
 * 24 bits are compared with keep · 2²⁴, a number that float32 and u32 both hold exactly, so that keep = 1 keeps everything.
 */
import type { NodeId, OpNode } from '../op.ts';
import type { Drop } from './op.ts';

/** What the masks of a training step follow from. */
export interface Draw {
  /** Of the experiment, unsigned 32 bits. */
  readonly seed: number;
  /** Made before the step. */
  readonly updates: number;
}

/** A 32-bit hash of an unsigned 32-bit integer. */
export function pcg(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}

/** What all elements of a node share in one step. */
export function keyOf({ seed, updates }: Draw, node: NodeId): number {
  return pcg(node + pcg(updates + pcg(seed)));
}

/** The upper 24 bits of an element's hash that are kept are those below this. */
export function thresholdOf(keep: number): number {
  return Math.round(keep * 2 ** 24);
}

function isKept(key: number, element: number, threshold: number): boolean {
  return pcg(element + key) >>> 8 < threshold;
}

/**
 * Ones where a node keeps, zeros elsewhere.
 *
 * @param size elements of the minibatch, counted in row-major order of [images, height, width, channels]; one value stands for all of
 *   them where the unit is the minibatch: element 0's
 */
export function maskOf({ id, op }: OpNode<Drop>, draw: Draw, size: number): Float32Array {
  const key = keyOf(draw, id);
  const threshold = thresholdOf(op.keep);
  const units = op.unit === 'minibatch' ? 1 : size;
  return Float32Array.from({ length: units }, (_, element) => Number(isKept(key, element, threshold)));
}
