/**
 * The end of a step: the parts of a gradient are added in their order, and the optimizer moves the parameters, piece by piece; each piece leaves
 * the sums of squares that norms are made of, in float64. Pieces are shared out among the threads.
 */
import type { Optimizer } from '../../../experiment/experiment.ts';
import { decays, momentsOf, optimizers } from '../../../ops/optimizer/optimizer.ts';
import {
  type Code,
  f32x4,
  f64x2,
  get,
  i32,
  i32x4,
  type Local,
  set,
  tee,
  upper,
  v128,
  when,
} from '../assembler/code.ts';
import type { FunctionBuilder } from '../assembler/module.ts';
import { formulas } from './formulas.ts';
import { fixed, type Kernel, type KernelCall, type Place } from './kernel.ts';

/** Two doubles whose sum is what is meant. */
export const SQUARES_BYTES = 16;

function squareSums(fn: FunctionBuilder) {
  const [half, sum] = [fn.local('v128'), fn.local('v128')];
  const part = (of: Code): Code => set(sum, f64x2.add(get(sum), f64x2.mul(tee(half, f64x2.promote(of)), get(half))));
  return {
    start: set(sum, v128.zero),
    add: (vector: Local): Code => [part(get(vector)), part(upper(get(vector)))],
    total: get(sum),
  };
}

/**
 * A piece of a parameter's gradient from its parts.
 * @param stride bytes between parts @param count address of how many there are
 */
export function reduceGradient(
  kernel: Kernel,
  piece: { readonly parts: Place; readonly stride: number; readonly count: number; readonly packs: number },
  gradient: Place,
  squares: Place,
): KernelCall {
  const { fn } = kernel;
  const [parts, to, into, count] = [
    kernel.pointer(piece.parts),
    kernel.pointer(gradient),
    kernel.pointer(squares),
    kernel.pointer(fixed(piece.count)),
  ];
  const packs = kernel.pointer({ kind: 'number', value: piece.packs });
  const stride = kernel.pointer({ kind: 'number', value: piece.stride });
  return kernel.finished(null, () => {
    const [each, sum] = [fn.local('i32'), fn.local('v128')];
    const norm = squareSums(fn);
    return [
      norm.start,
      fn.repeatCounted(get(packs), [
        set(sum, v128.zero),
        set(each, get(parts)),
        fn.repeatCounted(i32.load(get(count)), [
          set(sum, f32x4.add(get(sum), v128.load(get(each)))),
          set(each, i32.add(get(each), get(stride))),
        ]),
        v128.store(get(to), get(sum)),
        norm.add(sum),
        set(parts, i32.add(get(parts), i32.const(16))),
        set(to, i32.add(get(to), i32.const(16))),
      ]),
      v128.store(get(into), norm.total),
    ];
  });
}

/** What an update reads, as floats behind each other; behind them a whole number, 0 where it moves nothing and only measures. */
export const updateNumbers = ['learningRate', 'clipFactor', 'firstCorrection', 'secondCorrection', 'moves'] as const;

/**
 * Clipping, weight decay and the optimizers of `ops/optimizer/optimizer.ts`, for a piece of a parameter.
 * @param numbers address of `updateNumbers`
 * @param moments bytes from the parameter to its moments
 * @param moved where Σ p² before and Σ (change of p)² go, two SQUARES_BYTES
 */
export function updatePiece(
  kernel: Kernel,
  opt: Optimizer,
  decay: number,
  numbers: number,
  piece: {
    readonly parameter: Place;
    readonly gradient: Place;
    readonly moments: Place;
    readonly momentStride: number;
    readonly packs: number;
  },
  moved: Place,
): KernelCall {
  const { fn } = kernel;
  const [p, g, m, into, packs, constants] = [
    kernel.pointer(piece.parameter),
    kernel.pointer(piece.gradient),
    kernel.pointer(piece.moments),
    kernel.pointer(moved),
    kernel.pointer({ kind: 'number', value: piece.packs }),
    kernel.pointer(fixed(numbers)),
  ];
  return kernel.finished([opt, decay, piece.momentStride], () => {
    const number = (name: (typeof updateNumbers)[number]) =>
      v128.loadSplat(get(constants), 4 * updateNumbers.indexOf(name));
    const vector = () => fn.local('v128');
    const [before, gradient, after, change] = [vector(), vector(), vector(), vector()];
    const [norm, moves] = [squareSums(fn), squareSums(fn)];
    const named: Code[] = [];
    const { inGradient, inStep } = decays(opt, decay);
    const momentStride = (which: number) => which * piece.momentStride;
    const { step, moments } = optimizers[opt].step<Code>(formulas(kernel, named), {
      gradient: get(gradient),
      moment: (which) => v128.load(get(m), momentStride(which)),
      learningRate: number('learningRate'),
      firstCorrection: number('firstCorrection'),
      secondCorrection: number('secondCorrection'),
    });
    const decayedBy = (share: number) => f32x4.mul(number('learningRate'), f32x4.mul(f32x4.const(share), get(before)));
    const clipped = f32x4.mul(number('clipFactor'), v128.load(get(g)));
    const pointers = [p, g, ...(momentsOf(opt) > 0 ? [m] : [])];
    const moving = fn.repeatCounted(get(packs), [
      set(before, v128.load(get(p))),
      set(gradient, inGradient > 0 ? f32x4.add(clipped, f32x4.mul(f32x4.const(inGradient), get(before))) : clipped),
      named,
      set(after, f32x4.sub(get(before), inStep > 0 ? f32x4.add(step, decayedBy(inStep)) : step)),
      moments.map((moment, which) => v128.store(get(m), moment, momentStride(which))),
      v128.store(get(p), get(after)),
      norm.add(before),
      set(change, f32x4.sub(get(after), get(before))),
      moves.add(change),
      pointers.map((pointer) => set(pointer, i32.add(get(pointer), i32.const(16)))),
    ]);
    const measuring = fn.repeatCounted(get(packs), [
      set(before, v128.load(get(p))),
      norm.add(before),
      set(p, i32.add(get(p), i32.const(16))),
    ]);
    return [
      norm.start,
      moves.start,
      when(i32.load(get(constants), 4 * updateNumbers.indexOf('moves')), moving, measuring),
      v128.store(get(into), norm.total),
      v128.store(get(into), moves.total, SQUARES_BYTES),
    ];
  });
}

/** By what units are known to live: any of their bits is set, or a sum of derivatives over the images is large enough. */
export type AliveBy = 'relu' | 'sigmoid' | 'tanh';

/** A saturated unit's derivative is, on average, below a hundredth of the function's largest. */
const SATURATED = { sigmoid: 0.01 * 0.25, tanh: 0.01 } as const;

/**
 * Joins the chunks' records of units, and counts those that are dead, in four lanes; what fills up packs is counted with them.
 * @param addresses of how many chunks and images there are
 */
export function joinAlive(
  kernel: Kernel,
  records: Place,
  stride: number,
  addresses: { readonly chunks: number; readonly images: number },
  packs: number,
  by: AliveBy,
  result: Place,
): KernelCall {
  const { fn } = kernel;
  const [first, chunks, images, to] = [
    kernel.pointer(records),
    kernel.pointer(fixed(addresses.chunks)),
    kernel.pointer(fixed(addresses.images)),
    kernel.pointer(result),
  ];
  const [each, unit, dead, least] = [fn.local('i32'), fn.local('v128'), fn.local('v128'), fn.local('v128')];
  return kernel.finished([stride, packs, by], () => {
    const join = by === 'relu' ? v128.or : f32x4.add;
    const threshold =
      by === 'relu' ? v128.zero : f32x4.mul(f32x4.const(SATURATED[by]), f32x4.splat([i32.load(get(images)), 0xb3]));
    const isDead = by === 'relu' ? i32x4.eq(get(unit), v128.zero) : f32x4.lt(get(unit), get(least));
    return [
      set(least, threshold),
      set(dead, v128.zero),
      fn.repeat(packs, [
        set(unit, v128.load(get(first))),
        set(each, get(first)),
        fn.repeatCounted(i32.sub(i32.load(get(chunks)), i32.const(1)), [
          set(each, i32.add(get(each), i32.const(stride))),
          set(unit, join(get(unit), v128.load(get(each)))),
        ]),
        set(dead, f32x4.add(get(dead), v128.and(isDead, f32x4.const(1)))),
        set(first, i32.add(get(first), i32.const(16))),
      ]),
      v128.store(get(to), get(dead)),
    ];
  });
}
