/**
 * Shapes of activations. Convs of odd kernels pad (kernel − 1) / 2 zeros on each side and pools take windows
 * that overhang the edge, so at stride 2 both keep ⌈side / 2⌉ positions of an odd side.
 */

/** Height, width and channels of one image's activations; dense layers give [1, 1, units]. */
export type Shape = readonly [height: number, width: number, channels: number];

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
