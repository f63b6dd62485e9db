/**
 * Which input pixels a run of output pixels needs, for a convolution forwards and for its gradient by
 * the input. Forwards, output column x reads input columns x · stride + tap − padding. Backwards,
 * column x of the gradient by the input reads those columns (x + padding − tap) / stride of dz that are whole.
 */
import type { Kernel } from '../../../experiment/experiment.ts';
import type { Reduction } from './wgsl.ts';

export interface ConvGeometry {
  readonly direction: 'forward' | 'inputGradient';
  readonly kernel: Kernel;
  readonly stride: 1 | 2;
  /** Rows and columns of what is read. */
  readonly from: readonly [rows: number, columns: number];
  /** Rows and columns of what is written. */
  readonly to: readonly [rows: number, columns: number];
  /** Neighbouring columns that one invocation writes; divides `to`'s columns. */
  readonly positions: number;
}

/** A convolution as `convolve` tiles it. */
export interface ConvolveShape {
  readonly geometry: ConvGeometry;
  readonly fromChannels: number;
  readonly toChannels: number;
  /** Packs of output channels that one invocation makes; divides their number. */
  readonly outputs: number;
  readonly reduction: Reduction;
}

/** One tap's contribution to one position of the run. */
export interface Tap {
  /** Column of the kernel. */
  readonly tap: number;
  /** Column read, counted from the run's base column. */
  readonly column: number;
}

/** For each position of a run, its taps within one row of the kernel. */
export function tapsOf({ direction, kernel, stride, positions }: ConvGeometry): Tap[][] {
  const padding = (kernel - 1) / 2;
  const columns = Array.from({ length: kernel }, (_, tap) => tap);
  return Array.from({ length: positions }, (_, p) =>
    direction === 'forward'
      ? columns.map((tap) => ({ tap, column: p * stride + tap - padding }))
      : columns
          .filter((tap) => (p + padding - tap) % stride === 0)
          .map((tap) => ({ tap, column: (p + padding - tap) / stride })),
  );
}

/** WGSL statements that set `baseColumn`, the column that a run starting at `x0` (an i32) counts from. */
export function baseColumn({ direction, stride }: ConvGeometry): string {
  if (stride === 1) return 'let baseColumn = x0;';
  return direction === 'forward' ? 'let baseColumn = x0 * 2;' : 'let baseColumn = x0 / 2;';
}

/** WGSL statements that set `fromRow` from the kernel's row `ky`, or go on with the next `ky` where there is none. */
export function fromRow({ direction, kernel, stride, from }: ConvGeometry): string {
  const padding = (kernel - 1) / 2;
  const inside = `if (fromRow < 0 || fromRow >= ${from[0]}) { continue; }`;
  if (direction === 'forward') return `let fromRow = row * ${stride} + ky - ${padding};\n${inside}`;
  if (stride === 1) return `let fromRow = row + ${padding} - ky;\n${inside}`;
  return `let doubledRow = row + ${padding} - ky;
if (doubledRow < 0 || doubledRow % 2 != 0) { continue; }
let fromRow = doubledRow / 2;
${inside}`;
}

/** Whether a column can lie outside of the input in some run, to the left or to the right, as WGSL conditions. */
function columnGuards(geometry: ConvGeometry, column: number): string[] {
  const { direction, stride, from, to, positions } = geometry;
  const lastRun = to[1] - positions;
  const lastBase = stride === 1 ? lastRun : direction === 'forward' ? lastRun * 2 : Math.floor(lastRun / 2);
  const guards: string[] = [];
  if (column < 0) guards.push(`baseColumn >= ${-column}`);
  if (lastBase + column >= from[1]) guards.push(`baseColumn < ${from[1] - column}`);
  return guards;
}

/** The WGSL name of what is read in a column, counted from the run's base column. */
export function columnName(column: number): string {
  return `v${column < 0 ? `m${-column}` : column}`;
}

/**
 * WGSL statements that load every column that a run reads, once for all its taps; `zero` outside of the input.
 * @param load of a column that is inside, as an expression
 */
export function loadColumns(geometry: ConvGeometry, zero: string, load: (column: number) => string): string {
  const columns = new Set(tapsOf(geometry).flatMap((taps) => taps.map(({ column }) => column)));
  return [...columns]
    .sort((a, b) => a - b)
    .map((column) => loadColumn(geometry, zero, column, load(column)))
    .join('\n');
}

/** The same for one column. */
export function loadColumn(geometry: ConvGeometry, zero: string, column: number, load: string): string {
  const name = columnName(column);
  const guards = columnGuards(geometry, column);
  if (guards.length === 0) return `let ${name} = ${load};`;
  return `var ${name} = ${zero};\nif (${guards.join(' && ')}) { ${name} = ${load}; }`;
}
