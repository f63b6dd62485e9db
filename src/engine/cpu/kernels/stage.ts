/**
 * Brings what a convolution reads into a thread's scratch memory, with a border of zeros, so that no tap needs to ask whether it is on the map.
 * Norm and activation are applied on the way, once an element. An elementwise pass; the images, of one channel, are copied a row at a time.
 */
import type { Shape } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Code, clear, f32, get, i32, type Local, v128 } from '../assembler/code.ts';
import { Elementwise } from './elementwise.ts';
import type { Kernel, KernelCall, Place } from './kernel.ts';
import { nest } from './nest.ts';
import { readValue, type Value } from './values.ts';

/** A map in scratch memory, with a border. */
export interface Staged {
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  /** Bytes of a pixel. */
  readonly pixel: number;
  /** Pixels, on each side. */
  readonly border: number;
}

/** Bytes from row to row. */
export function stagedRow({ columns, border, pixel }: Staged): number {
  return (columns + 2 * border) * pixel;
}

/** Where the map begins, behind its border. */
export function stagedStart(staged: Staged): number {
  return staged.offset + staged.border * (stagedRow(staged) + staged.pixel);
}

export function stagedBytes(staged: Staged): number {
  return (staged.rows + 2 * staged.border) * stagedRow(staged);
}

/** Zeros around a map whose scratch memory begins at a pointer. */
export function clearBorder(kernel: Kernel, pointer: Local, staged: Staged): Code {
  if (staged.border === 0) return [];
  const { rows, columns, border, pixel } = staged;
  const row = stagedRow(staged);
  // To the right of a row, and to the left of the next.
  const side = Array.from({ length: (2 * border * pixel) / 16 }, (_, i) =>
    v128.store(get(pointer), v128.zero, border * row + (border + columns) * pixel + 16 * i),
  );
  return [
    clear(get(pointer), i32.const(border * (row + pixel))),
    nest(kernel.fn, [{ count: rows, steps: [[pointer, row]] }], side),
    clear(i32.add(get(pointer), i32.const((rows + border) * row)), i32.const(border * row)),
  ];
}

export function stageValue(kernel: Kernel, value: Value, staged: Staged): KernelCall {
  const [rows, columns, channels] = value.shape;
  const pass = new Elementwise(kernel, { rows, columns, packs: packsOf(channels) }, 4);
  const base = kernel.pointer({ kind: 'scratch', offset: staged.offset });
  const read = readValue(pass, value);
  const out = pass.stream(
    { kind: 'scratch', offset: stagedStart(staged) },
    { row: stagedRow(staged), column: staged.pixel, group: 16 * pass.group },
  );
  return kernel.finished([value, staged], () => [
    clearBorder(kernel, base, staged),
    pass.emit((spot) => out.store(spot, read(spot))),
  ]);
}

/** @param pixels of the image, one float each */
export function stageImage(kernel: Kernel, [rows, columns]: Shape, pixels: Place, staged: Staged): KernelCall {
  const [from, base, to] = [
    kernel.pointer(pixels),
    kernel.pointer({ kind: 'scratch', offset: staged.offset }),
    kernel.pointer({ kind: 'scratch', offset: stagedStart(staged) }),
  ];
  // The last four of a row once more where it is no multiple of four.
  const starts = Array.from({ length: Math.ceil(columns / 4) }, (_, i) => 4 * Math.min(4 * i, columns - 4));
  const copied =
    columns < 4
      ? Array.from({ length: columns }, (_, i) => f32.store(get(to), f32.load(get(from), 4 * i), 4 * i))
      : starts.map((start) => v128.store(get(to), v128.load(get(from), start), start));
  const steps = [
    [from, 4 * columns],
    [to, stagedRow(staged)],
  ] as const;
  return kernel.finished([rows, columns, staged], () => [
    staged.border > 0 ? clear(get(base), i32.const(stagedBytes(staged))) : [],
    nest(kernel.fn, [{ count: rows, steps }], copied),
  ]);
}

/** The images as a map of one pack a pixel, for whatever is no convolution, and in colour for these, too. */
export function spreadImage(
  kernel: Kernel,
  [rows, columns, channels]: Shape,
  pixels: Place,
  result: Place,
): KernelCall {
  const [from, to] = [kernel.pointer(pixels), kernel.pointer(result)];
  const steps = [
    [from, 4 * channels],
    [to, 16],
  ] as const;
  // The first number with zeros behind it, then the others over these.
  const others = Array.from({ length: channels - 1 }, (_, i) => 4 * (i + 1));
  const pixel = [
    v128.store(get(to), v128.loadZero(get(from))),
    ...others.map((at) => f32.store(get(to), f32.load(get(from), at), at)),
  ];
  return kernel.finished([rows, columns, channels], () => nest(kernel.fn, [{ count: rows * columns, steps }], pixel));
}
