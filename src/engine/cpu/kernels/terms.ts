/** The terms of a sum: how each is read, by what it is multiplied, and what its factors' gradients are. */
import type { Shape } from '../../../network/graph.ts';
import { activationFormulas } from '../../../ops/activation/formula.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Code, f32x4, get, i32, i32x4, type Local, set, v128 } from '../assembler/code.ts';
import type { Elementwise, Spot, Steps } from './elementwise.ts';
import { formulas } from './formulas.ts';
import { fixed, type Place } from './kernel.ts';
import { masked, readValue, type Value, type Values } from './values.ts';

export type TermFactor =
  | { readonly kind: 'constant'; readonly value: number }
  /** One number, at an address. */
  | { readonly kind: 'learned'; readonly address: number }
  | { readonly kind: 'gate'; readonly part: 'open' | 'shut'; readonly value: Value }
  /** Elements of the minibatch, or all of it at once, by what stands at an address: the key of the step's hash, and the mask of element 0. */
  | {
      readonly kind: 'drop';
      readonly unit: 'element' | 'minibatch';
      readonly address: number;
      readonly threshold: number;
    };

/** Bytes of what a `drop` node has for a step: a key, and the mask of all elements. */
export const DROP_BYTES = 16;

export interface Term {
  readonly value: Value;
  /** Read through an option-A shortcut of this stride. */
  readonly pad: 1 | 2 | null;
  readonly factors: readonly TermFactor[];
}

/** Whether packs have to be told apart to read a term. */
export function tellsPacks(shape: Shape, { value, pad, factors }: Term): boolean {
  return (pad !== null && value.shape[2] !== shape[2]) || factors.some(({ kind }) => kind === 'drop');
}

/** Steps of a map of another shape, of which every `stride`-th row and column is read. */
function padSteps(from: Shape, stride: number, group: number): Steps {
  const pixel = 16 * packsOf(from[2]);
  return { row: stride * from[1] * pixel, column: stride * pixel, group: 16 * group };
}

/** A term as it is added. @param shape of the sum */
export function readTerm(pass: Elementwise, shape: Shape, term: Term): Values {
  return times(pass, shape, readPadded(pass, shape, term), term.factors);
}

function readPadded(pass: Elementwise, shape: Shape, { value, pad }: Term): Values {
  if (pad === null) return readValue(pass, value);
  const read = readValue(pass, value, padSteps(value.shape, pad, pass.group));
  if (value.shape[2] === shape[2]) return read;
  const packs = packsOf(value.shape[2]);
  return (spot) => (spot.pack < packs ? masked(read(spot), shape[2], spot.pack) : v128.zero);
}

/** What is read, times the factors. @param shape of what is read */
export function times(pass: Elementwise, shape: Shape, read: Values, factors: readonly TermFactor[]): Values {
  return factors.reduce((before, factor) => multiplied(pass, shape, before, factor), read);
}

function multiplied(pass: Elementwise, shape: Shape, read: Values, factor: TermFactor): Values {
  switch (factor.kind) {
    case 'constant':
      return (spot) => f32x4.mul(read(spot), f32x4.const(factor.value));
    case 'learned': {
      const scale = splatAt(pass, factor.address);
      return (spot) => f32x4.mul(read(spot), get(scale));
    }
    case 'gate': {
      const open = openness(pass, factor.part, factor.value);
      return (spot) => f32x4.mul(read(spot), open(spot));
    }
    case 'drop':
      return dropped(pass, shape, read, factor);
  }
}

/** A number, or a mask, in all lanes. */
function splatAt(pass: Elementwise, address: number): Local {
  const pointer = pass.kernel.pointer(fixed(address));
  const value = pass.kernel.fn.local('v128');
  pass.atStart(set(value, v128.loadSplat(get(pointer))));
  return value;
}

/** σ(±z): 1 − σ(z) = σ(−z), which loses no digits where σ(z) is nearly 1. */
export function openness(pass: Elementwise, part: 'open' | 'shut', value: Value): Values {
  const z = readValue(pass, value);
  const m = formulas(pass.kernel);
  return (spot) => activationFormulas.sigmoid.value(m, part === 'open' ? z(spot) : f32x4.neg(z(spot)));
}

/** Not a product: what overflows is dropped as well. */
function dropped(
  pass: Elementwise,
  [, columns, channels]: Shape,
  read: Values,
  { unit, address, threshold }: Extract<TermFactor, { kind: 'drop' }>,
): Values {
  if (unit === 'minibatch') {
    const mask = splatAt(pass, address + 4);
    return (spot) => v128.and(read(spot), get(mask));
  }
  const { kernel } = pass;
  const image = { kind: 'image', times: channels * columns * pass.extent.rows } satisfies Place;
  const element = pass.counter(image, { row: channels * columns, column: channels, group: 4 * pass.group });
  const key = kernel.pointer(fixed(address));
  const isKept = ({ pack, pixel }: Spot, lane: number): Code =>
    kernel.call('keep', [
      i32.add(get(element), i32.const(channels * pixel + 4 * pack + lane)),
      i32.load(get(key)),
      i32.const(threshold),
    ]);
  return (spot) => {
    const mask = [1, 2, 3].reduce<Code>(
      (lanes, lane) => i32x4.replace(lanes, lane, isKept(spot, lane)),
      i32x4.splat(isKept(spot, 0)),
    );
    return v128.and(read(spot), mask);
  };
}
