/**
 * The gradient by what a segment stores (by its norm's output, where it has one): adds what its readers have sent, and goes back through the
 * activation; counts on the way which units are alive. An elementwise pass.
 */

import type { Activation } from '../../../experiment/experiment.ts';
import type { Shape } from '../../../network/graph.ts';
import { activationFormulas } from '../../../ops/activation/formula.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Code, f32x4, get, type Local, set, tee, v128 } from '../assembler/code.ts';
import { Elementwise } from './elementwise.ts';
import { formulas } from './formulas.ts';
import type { Kernel, KernelCall, Place } from './kernel.ts';
import { openness, readTerm, type Term, type TermFactor, tellsPacks, times } from './terms.ts';
import { perNormed, readValue, throughActivation, type Value, type Values } from './values.ts';

/** What a reader sends. */
export type Contribution =
  /** A gradient of the segment's own shape, times factors. */
  | { readonly kind: 'map'; readonly gradient: Place; readonly factors: readonly TermFactor[] }
  /** One number a channel, the same for all pixels, of which each gets a share. */
  | { readonly kind: 'globalAverage'; readonly gradient: Place }
  /** From a sum in which the segment's values, z, open or shut a gate: ± g (1 − g) · (what is gated) · gradient. */
  | {
      readonly kind: 'gate';
      readonly gradient: Place;
      readonly part: 'open' | 'shut';
      readonly z: Value;
      readonly gated: Term;
    };

export interface CombineGradients {
  readonly shape: Shape;
  readonly contributions: readonly Contribution[];
  readonly activation: Activation;
  /** The segment's output, or what the activation reads where its derivative asks for that; where there is an activation to go through. */
  readonly output: Value;
  readonly result: Place;
  /** A norm's Σg and Σg·(z − mean) to be left. */
  readonly sums: NormSums | null;
  /** The chunk's record of each unit; null where nobody counts the dead. */
  readonly alive: Place | null;
}

export interface NormSums {
  /** Stored numbers. */
  readonly z: Place;
  /** Address of its norm. */
  readonly norm: number;
  /** One image's: packs of Σg, packs of Σg·(z − mean). */
  readonly result: Place;
}

export function combineGradients(kernel: Kernel, what: CombineGradients): KernelCall {
  const { shape, contributions, activation } = what;
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  const dropping = contributions.some(
    (each) =>
      (each.kind === 'map' && each.factors.some(({ kind }) => kind === 'drop')) ||
      (each.kind === 'gate' && tellsPacks(shape, each.gated)),
  );
  const pass = new Elementwise(kernel, { rows, columns, packs }, dropping ? packs : 2);
  const received = contributions.map((each) => receive(pass, shape, each));
  const output = activation === 'linear' ? null : readValue(pass, what.output);
  const { fn } = kernel;
  const [g, y] = [fn.local('v128'), fn.local('v128')];
  const alive = what.alive && pass.stream(what.alive);
  const sums = what.sums && normSums(pass, what.sums);
  const result = pass.stream(what.result);
  return kernel.finished(what, () =>
    pass.emit((spot) => {
      const [first = [], ...others] = received.map((read) => read(spot));
      return [
        set(
          g,
          others.reduce((all, each) => f32x4.add(all, each), first),
        ),
        output ? set(y, output(spot)) : [],
        alive ? alive.store(spot, lives(kernel, activation, get(y), alive.load(spot))) : [],
        result.store(spot, tee(g, throughActivation(kernel, activation, get(y), get(g)))),
        sums ? sums(spot.pack, get(g), spot) : [],
      ];
    }),
  );
}

/** Of a unit's record, that of one image more: all bits once it was not zero, or a sum of derivatives. */
function lives(kernel: Kernel, activation: Activation, y: Code, before: Code): Code {
  if (activation === 'relu') return v128.or(before, f32x4.gt(y, v128.zero));
  return f32x4.add(before, activationFormulas[activation].slope(formulas(kernel), y));
}

function receive(pass: Elementwise, shape: Shape, what: Contribution): Values {
  switch (what.kind) {
    case 'map': {
      const gradient = pass.stream(what.gradient);
      return times(pass, shape, (spot) => gradient.load(spot), what.factors);
    }
    case 'globalAverage': {
      const gradient = pass.perChannel(what.gradient);
      return ({ pack }) => f32x4.mul(gradient(pack), f32x4.const(1 / (shape[0] * shape[1])));
    }
    case 'gate': {
      const gradient = pass.stream(what.gradient);
      const open = openness(pass, what.part, what.z);
      const gated = readTerm(pass, shape, what.gated);
      const g = pass.kernel.fn.local('v128');
      const sign = what.part === 'open' ? (value: Code) => value : f32x4.neg;
      return (spot) => [
        set(g, open(spot)),
        f32x4.mul(
          sign(f32x4.mul(get(g), f32x4.sub(f32x4.const(1), get(g)))),
          f32x4.mul(gated(spot), gradient.load(spot)),
        ),
      ];
    }
  }
}

/** Adds a norm's two sums over the image. */
function normSums(pass: Elementwise, { z, norm, result }: NormSums) {
  const stored = pass.stream(z);
  const mean = perNormed(pass, norm, 'mean');
  const store = pass.results(result, 16);
  const { packs } = pass.extent;
  const each = (sum: (pack: number) => Code, offset: number) =>
    Array.from({ length: pass.group }, (_, pack) => store(pack, sum(pack), offset));
  const all = pass.sums((sum) => each(sum, 0));
  const along = pass.sums((sum) => each(sum, 16 * packs));
  return (pack: number, g: Code, spot: Parameters<Values>[0]): Code => {
    const [a, b] = [all[pack] as Local, along[pack] as Local];
    return [
      set(a, f32x4.add(get(a), g)),
      set(b, f32x4.add(get(b), f32x4.mul(g, f32x4.sub(stored.load(spot), mean(pack))))),
    ];
  };
}

/**
 * What a sum sends to a term that it reads through an option-A shortcut: the gradient at the pixels that are read, in the channels that both
 * have, and zeros elsewhere. @param shape of the sum @param from of the term
 */
export function padGradient(
  kernel: Kernel,
  shape: Shape,
  from: Shape,
  stride: number,
  gradient: Place,
  factors: readonly TermFactor[],
  result: Place,
  clearing: (pointer: Local) => Code,
  mask: (value: Code, pack: number) => Code,
): KernelCall {
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  const pass = new Elementwise(kernel, { rows, columns, packs }, packs);
  const base = kernel.pointer(result);
  const pixel = 16 * packsOf(from[2]);
  const read = pass.stream(gradient);
  const value = times(pass, shape, (spot) => read.load(spot), factors);
  const out = pass.stream(result, { row: stride * from[1] * pixel, column: stride * pixel, group: 0 });
  const both = packsOf(Math.min(channels, from[2]));
  return kernel.finished({ shape, from, stride, factors }, () => [
    clearing(base),
    pass.emit((spot) => (spot.pack < both ? out.store(spot, mask(value(spot), spot.pack)) : [])),
  ]);
}

/** Of a learned scale, one image's Σ gradient · (what it scales), in the first lane of a pack. */
export function scaleGradient(kernel: Kernel, shape: Shape, gradient: Place, scaled: Term, result: Place): KernelCall {
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  const pass = new Elementwise(kernel, { rows, columns, packs }, tellsPacks(shape, scaled) ? packs : 4);
  const read = pass.stream(gradient);
  const value = readTerm(pass, shape, scaled);
  const to = kernel.pointer(result);
  const sum = kernel.fn.local('v128');
  const lanes = [0, 1, 2, 3].map((lane) => f32x4.lane(get(sum), lane));
  const [a = [], b = [], c = [], d = []] = lanes;
  const total: Code = [[a, b, 0x92], [c, d, 0x92], 0x92];
  const body = () => pass.emit((spot) => set(sum, f32x4.add(get(sum), f32x4.mul(read.load(spot), value(spot)))));
  return kernel.finished({ shape, scaled }, () => [
    set(sum, v128.zero),
    body(),
    v128.store(get(to), v128.zero),
    [get(to), total, 0x38, 2, 0],
  ]);
}
