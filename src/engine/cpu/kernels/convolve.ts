/**
 * Convolutions as products, in their three directions: see `product.ts` for the tiling. What is convolved is staged with a border, so neighbouring
 * taps of a row are neighbours in memory, and a row of taps with all its channels is one loop. A dense layer is the product of one pixel.
 *
 * The gradient by the input is the convolution of dz with the filter turned round and transposed (`transpose`). At stride 2 a pixel is touched
 * by one, two or four taps, whichever its row and column are: each of these four kinds is a convolution of its own, so no zeros are multiplied.
 */
import type { Kernel as Side } from '../../../experiment/experiment.ts';
import { packsOf } from '../../plan/packs.ts';
import { f32, get } from '../assembler/code.ts';
import type { Kernel, KernelCall, Place } from './kernel.ts';
import { nest } from './nest.ts';
import { type ProductLoop, type ProductShape, product } from './product.ts';
import { type Staged, stagedRow, stagedStart } from './stage.ts';

export interface Convolution {
  readonly kernel: Side;
  readonly stride: 1 | 2;
  /** Rows and columns of what it reads and of what it makes. */
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  /** Numbers of a pixel that it reads, with what fills up a pack: 1 of the images. */
  readonly inputs: number;
  readonly outputs: number;
}

interface Filter {
  readonly weight: Place;
  readonly bias: Place | null;
}

function emit(
  kernel: Kernel,
  shapes: readonly {
    readonly shape: ProductShape;
    readonly a: Place;
    readonly b: Place;
    readonly c: Place;
    readonly bias?: Place | null;
  }[],
): KernelCall {
  const parts = shapes.map(({ shape, a, b, c, bias }) => ({
    shape,
    pointers: {
      a: kernel.pointer(a),
      b: kernel.pointer(b),
      c: kernel.pointer(c),
      bias: bias ? kernel.pointer(bias) : null,
    },
  }));
  return kernel.finished(parts, () => parts.map(({ shape, pointers }) => product(kernel.fn, shape, pointers)));
}

const moved = (place: Place, bytes: number): Place =>
  place.kind === 'fixed'
    ? { ...place, address: place.address + bytes }
    : place.kind === 'image' || place.kind === 'number'
      ? place
      : { ...place, offset: place.offset + bytes };

/**
 * The rows of a map, so that few tiles are cut off by its edge: as many at a time as make whole tiles of four pixels; all rows of a small map. What is
 * left over is a product of its own.
 */
function overMap(
  rows: number,
  m: ProductLoop,
  row: { readonly a: number; readonly c: number },
): { readonly outer: ProductLoop; readonly m: ProductLoop; readonly rows: ProductLoop; readonly from: number }[] {
  const whole = m.count % 4 === 0 ? 1 : m.count % 2 === 0 ? 2 : 4;
  const together = whole > 1 && rows * m.count <= 64 ? rows : Math.min(rows, whole);
  const turns = Math.floor(rows / together);
  const rest = rows % together;
  const part = (from: number, count: number, at: number) => ({
    outer: { count, a: at * row.a, c: at * row.c },
    m,
    rows: { count: at, ...row },
    from,
  });
  return [part(0, turns, together), ...(rest > 0 ? [part(turns * together, 1, rest)] : [])];
}

/** Loops over a filter's taps and the channels of each, as few as can be. @param step bytes between taps that are used, in `a` and `b` */
function taps(
  rows: number,
  columns: number,
  channels: number,
  steps: { readonly row: ProductLoop; readonly column: ProductLoop; readonly b: number },
): ProductLoop[] {
  const inner = { count: channels, a: 4, b: steps.b };
  const joined = steps.column.a === 4 * channels && steps.column.b === channels * steps.b;
  const across = joined ? [{ ...inner, count: columns * channels }] : [{ ...steps.column, count: columns }, inner];
  return [{ ...steps.row, count: rows }, ...across];
}

/** From the staged input to z. */
export function convolveForward(
  kernel: Kernel,
  conv: Convolution,
  x: Staged,
  { weight, bias }: Filter,
  z: Place,
): KernelCall {
  const { inputs, outputs, stride, to } = conv;
  const row = stagedRow(x);
  const out = 4 * outputs;
  const k = taps(conv.kernel, conv.kernel, inputs, {
    row: { count: 0, a: row, b: conv.kernel * inputs * out },
    column: { count: 0, a: x.pixel, b: inputs * out },
    b: out,
  });
  const pixels = { count: to[1], a: stride * x.pixel, c: out };
  const step = { a: stride * row, c: to[1] * out };
  return emit(
    kernel,
    overMap(to[0], pixels, step).map(({ outer, m, rows, from }) => ({
      shape: {
        outer: [outer],
        m,
        rows,
        packs: packsOf(outputs),
        k,
        start: bias ? ('bias' as const) : ('zero' as const),
        fma: kernel.fma,
      },
      a: { kind: 'scratch' as const, offset: x.offset + from * step.a },
      b: weight,
      c: moved(z, from * step.c),
      bias,
    })),
  );
}

/** From the staged dz to the gradient by the input. @param turned the filter as `transpose` leaves it */
export function convolveBackward(kernel: Kernel, conv: Convolution, dz: Staged, turned: Place, dx: Place): KernelCall {
  const { inputs, outputs, stride, from } = conv;
  const row = stagedRow(dz);
  const pixel = 4 * inputs;
  // Bytes between neighbouring taps of the turned filter.
  const [tapRow, tap] = [conv.kernel * outputs * pixel, outputs * pixel];
  const parities = stride === 1 ? [0] : [0, 1];
  const kinds = parities.flatMap((py) => parities.map((px) => [py, px] as const));
  return emit(
    kernel,
    kinds.flatMap(([py, px]) => {
      const rows = Math.ceil((from[0] - py) / stride);
      const columns = Math.ceil((from[1] - px) / stride);
      if (rows === 0 || columns === 0) return [];
      const [down, across] = [along(conv, py), along(conv, px)];
      const k =
        down.taps === 0 || across.taps === 0
          ? [{ count: 0 }]
          : taps(down.taps, across.taps, outputs, {
              row: { count: 0, a: row, b: down.step * tapRow },
              column: { count: 0, a: dz.pixel, b: across.step * tap },
              b: pixel,
            });
      const start = stagedStart(dz) + down.from * row + across.from * dz.pixel;
      const step = { a: row, c: stride * from[1] * pixel };
      const to = moved(dx, (py * from[1] + px) * pixel);
      return overMap(rows, { count: columns, a: dz.pixel, c: stride * pixel }, step).map((part) => ({
        shape: {
          outer: [part.outer],
          m: part.m,
          rows: part.rows,
          packs: packsOf(inputs),
          k,
          start: 'zero' as const,
          fma: kernel.fma,
        },
        a: { kind: 'scratch' as const, offset: start + part.from * step.a },
        b: moved(turned, down.first * tapRow + across.first * tap),
        c: moved(to, part.from * step.c),
      }));
    }),
  );
}

/** Which taps of the turned filter touch the rows of a kind, and from which row of dz on. */
function along({ kernel, stride }: Convolution, parity: number) {
  const padding = (kernel - 1) / 2;
  // Row y of dz was made of row stride · y + tap − padding; the turned filter begins with its last tap.
  const touching = Array.from({ length: kernel }, (_, tap) => tap).filter(
    (tap) => (parity + padding - tap) % stride === 0,
  );
  const last = touching.at(-1);
  if (last === undefined) return { taps: 0, first: 0, step: 1, from: 0 };
  const step = touching.length === 1 ? 1 : stride;
  return { taps: touching.length, first: kernel - 1 - last, step, from: (parity + padding - last) / stride };
}

/** Adds one image's gradient by the filter to the chunk's. */
export function convolveFilter(kernel: Kernel, conv: Convolution, x: Staged, dz: Staged, gradient: Place): KernelCall {
  const { inputs, outputs, stride, to } = conv;
  const out = 4 * outputs;
  const width = conv.kernel * inputs;
  const shape: ProductShape = {
    outer: [{ count: conv.kernel, a: stagedRow(x), c: width * out }],
    m: { count: width, a: 4, c: out },
    packs: packsOf(outputs),
    k: [
      { count: to[0], a: stride * stagedRow(x), b: stagedRow(dz) },
      { count: to[1], a: stride * x.pixel, b: dz.pixel },
    ],
    start: 'sum',
    fma: kernel.fma,
  };
  const b = { kind: 'scratch' as const, offset: stagedStart(dz) };
  return emit(kernel, [{ shape, a: { kind: 'scratch', offset: x.offset }, b, c: gradient }]);
}

export interface Dense {
  /** With what fills up packs. */
  readonly inputs: number;
  readonly outputs: number;
}

export function denseForward(
  kernel: Kernel,
  { inputs, outputs }: Dense,
  x: Place,
  { weight, bias }: Filter,
  z: Place,
): KernelCall {
  const k = [{ count: inputs, a: 4, b: 4 * outputs }];
  const shape = {
    outer: [],
    m: { count: 1 },
    packs: packsOf(outputs),
    k,
    start: bias ? 'bias' : 'zero',
    fma: kernel.fma,
  } as const;
  return emit(kernel, [{ shape, a: x, b: weight, c: z, bias }]);
}

export function denseBackward(
  kernel: Kernel,
  { inputs, outputs }: Dense,
  dz: Place,
  turned: Place,
  dx: Place,
): KernelCall {
  const k = [{ count: outputs, a: 4, b: 4 * inputs }];
  const shape = { outer: [], m: { count: 1 }, packs: packsOf(inputs), k, start: 'zero', fma: kernel.fma } as const;
  return emit(kernel, [{ shape, a: dz, b: turned, c: dx }]);
}

export function denseFilter(
  kernel: Kernel,
  { inputs, outputs }: Dense,
  x: Place,
  dz: Place,
  gradient: Place,
): KernelCall {
  const m = { count: inputs, a: 4, c: 4 * outputs };
  const shape = { outer: [], m, packs: packsOf(outputs), k: [], start: 'sum', fma: kernel.fma } as const;
  return emit(kernel, [{ shape, a: x, b: dz, c: gradient }]);
}

/** The filter turned round, [tap, output, input] from [tap, input, output]: once a step, for all images. */
export function transpose(
  kernel: Kernel,
  taps: number,
  { inputs, outputs }: Dense,
  weight: Place,
  result: Place,
): KernelCall {
  const bytes = 4 * inputs * outputs;
  const [from, to] = [kernel.pointer(weight), kernel.pointer(moved(result, (taps - 1) * bytes))];
  const levels = () => [
    { count: taps, steps: [[from, bytes] as const, [to, -bytes] as const] },
    { count: inputs, steps: [[from, 4 * outputs] as const, [to, 4] as const] },
    { count: outputs / 4, steps: [[from, 16] as const, [to, 16 * inputs] as const] },
  ];
  const lanes = () => [0, 1, 2, 3].map((lane) => f32.store(get(to), f32.load(get(from), 4 * lane), 4 * lane * inputs));
  return kernel.finished([taps, inputs, outputs], () => nest(kernel.fn, levels(), lanes()));
}
