/**
 * Shape rules. Convs of odd kernels pad (kernel − 1) / 2 zeros on each side and pools take windows
 * that overhang the edge, so at stride 2 both keep ⌈side / 2⌉ positions of an odd side.
 */
import type { Shape } from './graph.ts';

/** Shape after a step of `stride` over rows and columns, with `channels` channels. */
export function strided([height, width]: Shape, stride: 1 | 2, channels: number): Shape {
  return [Math.ceil(height / stride), Math.ceil(width / stride), channels];
}

/** Numbers in one image's activations. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.every((side, axis) => side === b[axis]);
}
