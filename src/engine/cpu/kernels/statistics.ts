/**
 * The statistics of batch norm. Each image leaves for every channel Σz and Σz² in float64, so that neither a large mean nor 10²⁵ harms them; they
 * are added in the order of the images, whichever threads made them.
 */
import type { Shape } from '../../../network/graph.ts';
import { NORM_EPSILON } from '../../../ops/batchNorm/op.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Code, f32x4, f64x2, get, i32, type Local, lowerOfBoth, set, upper, v128 } from '../assembler/code.ts';
import { Elementwise } from './elementwise.ts';
import { fixed, type Kernel, type KernelCall, type Place, type PlanBuffer, wholeOf } from './kernel.ts';
import { nest } from './nest.ts';
import { normOffset, SUMS_BYTES } from './values.ts';

/** Sums a vector's lanes, as doubles, and their squares, into two pairs of doubles each. */
function addSquares(
  lanes: Local,
  value: Code,
  low: Local,
  high: Local,
  squaresLow: Local,
  squaresHigh: Local,
  half: Local,
): Code {
  const add = (sum: Local, squares: Local, of: Code): Code => [
    set(half, f64x2.promote(of)),
    set(sum, f64x2.add(get(sum), get(half))),
    set(squares, f64x2.add(get(squares), f64x2.mul(get(half), get(half)))),
  ];
  return [set(lanes, value), add(low, squaresLow, get(lanes)), add(high, squaresHigh, upper(get(lanes)))];
}

/** One image's sums, an entry of SUMS_BYTES a pack. An elementwise pass. */
export function moments(kernel: Kernel, [rows, columns, channels]: Shape, z: Place, result: Place): KernelCall {
  const pass = new Elementwise(kernel, { rows, columns, packs: packsOf(channels) }, 2);
  const stored = pass.stream(z);
  const store = pass.results(result, SUMS_BYTES);
  const sums = [0, 16, 32, 48].map((offset) =>
    pass.sums((sum) => Array.from({ length: pass.group }, (_, pack) => store(pack, sum(pack), offset))),
  );
  const [lanes, half] = [kernel.fn.local('v128'), kernel.fn.local('v128')];
  return kernel.finished([rows, columns, channels], () =>
    pass.emit((spot) => {
      const [low, high, squaresLow, squaresHigh] = sums.map((each) => each[spot.pack] as Local) as [
        Local,
        Local,
        Local,
        Local,
      ];
      return addSquares(lanes, stored.load(spot), low, high, squaresLow, squaresHigh, half);
    }),
  );
}

export interface NormParameters {
  readonly scale: number;
  readonly shift: number;
}

/**
 * Adds the images' sums, once for all threads; where they are a norm's, makes of them its mean, 1 / √(variance + ε), slope and intercept.
 * @param images address of how many there are
 * @param pixels of an image
 */
export function statistics(
  kernel: Kernel,
  [rows, columns, channels]: Shape,
  sums: PlanBuffer,
  images: number,
  norm: number,
  parameters: NormParameters | null,
): KernelCall {
  const packs = packsOf(channels);
  const { fn } = kernel;
  const [count, from, to] = [kernel.pointer(fixed(images)), kernel.pointer(wholeOf(sums)), kernel.pointer(fixed(norm))];
  const each = kernel.fn.local('i32');
  const totals = [0, 16, 32, 48].map(() => fn.local('v128'));
  const added: Code = totals.map((total, i) => set(total, f64x2.add(get(total), v128.load(get(each), 16 * i))));
  const total: Code = [
    totals.map((sum) => set(sum, v128.zero)),
    set(each, get(from)),
    fn.repeatCounted(i32.load(get(count)), [added, set(each, i32.add(get(each), i32.const(sums.stride)))]),
    totals.map((sum, i) => v128.store(get(to), get(sum), 16 * i)),
  ];
  const steps: (readonly [Local, number])[] = [
    [from, SUMS_BYTES],
    [to, SUMS_BYTES],
  ];
  if (parameters === null) {
    return kernel.finished([packs, sums.stride], () => nest(fn, [{ count: packs, steps }], total));
  }

  const [part, scale, shift] = [
    kernel.pointer(fixed(norm)),
    kernel.pointer(fixed(parameters.scale)),
    kernel.pointer(fixed(parameters.shift)),
  ];
  const [share, mean, low, slope] = [fn.local('v128'), fn.local('v128'), fn.local('v128'), fn.local('v128')];
  const [sumLow, sumHigh, squaresLow, squaresHigh] = totals as [Local, Local, Local, Local];
  const deviation = (sum: Local, squares: Local): Code => [
    set(sum, f64x2.mul(get(sum), get(share))),
    set(squares, f64x2.sub(f64x2.mul(get(squares), get(share)), f64x2.mul(get(sum), get(sum)))),
    // Not NaN-safe on purpose: what is no number stays none.
    set(squares, f64x2.add(f64x2.pmax(v128.zero, get(squares)), f64x2.const(NORM_EPSILON))),
    set(squares, f64x2.div(f64x2.const(1), f64x2.sqrt(get(squares)))),
  ];
  const inFloats = (a: Local, b: Local) => lowerOfBoth(f32x4.demote(get(a)), f32x4.demote(get(b)));
  const own = (name: Parameters<typeof normOffset>[0], value: Code) =>
    v128.store(get(part), value, normOffset(name, packs));
  const made: Code = [
    deviation(sumLow, squaresLow),
    deviation(sumHigh, squaresHigh),
    set(mean, inFloats(sumLow, sumHigh)),
    set(low, inFloats(squaresLow, squaresHigh)),
    set(slope, f32x4.mul(v128.load(get(scale)), get(low))),
    own('mean', get(mean)),
    own('inverseStd', get(low)),
    own('slope', get(slope)),
    own('intercept', f32x4.sub(v128.load(get(shift)), f32x4.mul(get(slope), get(mean)))),
  ];
  const perPack = steps.concat([
    [part, 16],
    [scale, 16],
    [shift, 16],
  ]);
  // n as a double, then its reciprocal.
  const n = i32.mul(i32.load(get(count)), i32.const(rows * columns));
  return kernel.finished([rows, columns, packs, sums.stride, 'norm'], () => [
    set(share, f64x2.div(f64x2.const(1), f64x2.splat([n, 0xb8]))),
    nest(fn, [{ count: packs, steps: perPack }], [total, made]),
  ]);
}

/**
 * From the images' Σg and Σg·(z − mean) what the gradient by z needs of them, and the gradients by a norm's scale and shift. Once for all threads.
 * @param scaleGradient @param shiftGradient addresses of packs
 */
export function normGradient(
  kernel: Kernel,
  [rows, columns, channels]: Shape,
  sums: PlanBuffer,
  images: number,
  norm: number,
  scaleGradient: Place | null,
  shiftGradient: Place | null,
): KernelCall {
  const packs = packsOf(channels);
  const { fn } = kernel;
  const [count, from, part] = [
    kernel.pointer(fixed(images)),
    kernel.pointer(wholeOf(sums)),
    kernel.pointer(fixed(norm)),
  ];
  const [each, all, along, share, inverse] = [
    fn.local('i32'),
    fn.local('v128'),
    fn.local('v128'),
    fn.local('v128'),
    fn.local('v128'),
  ];
  const steps: (readonly [Local, number])[] = [
    [from, 16],
    [part, 16],
  ];
  const targets = [scaleGradient, shiftGradient].map((place) => place && kernel.pointer(place));
  for (const target of targets) if (target) steps.push([target, 16]);
  const [byScale, byShift] = targets;
  const own = (name: Parameters<typeof normOffset>[0], value: Code) =>
    v128.store(get(part), value, normOffset(name, packs));
  const body: Code = [
    set(all, v128.zero),
    set(along, v128.zero),
    set(each, get(from)),
    fn.repeatCounted(i32.load(get(count)), [
      set(all, f32x4.add(get(all), v128.load(get(each)))),
      set(along, f32x4.add(get(along), v128.load(get(each), 16 * packs))),
      set(each, i32.add(get(each), i32.const(sums.stride))),
    ]),
    set(inverse, v128.load(get(part), normOffset('inverseStd', packs))),
    set(along, f32x4.mul(get(along), get(inverse))),
    byScale ? v128.store(get(byScale), get(along)) : [],
    byShift ? v128.store(get(byShift), get(all)) : [],
    own('gradientMean', f32x4.mul(get(all), get(share))),
    own('gradientAlong', f32x4.mul(f32x4.mul(get(along), get(inverse)), get(share))),
  ];
  const n = i32.mul(i32.load(get(count)), i32.const(rows * columns));
  return kernel.finished([rows, columns, packs, sums.stride, byScale !== null], () => [
    set(share, f32x4.div(f32x4.const(1), f32x4.splat([n, 0xb3]))),
    nest(fn, [{ count: packs, steps }], body),
  ]);
}
