/** How WGSL multiplies by factors. All but constants look at a buffer of their own. */

import type { Shape } from '../../../network/graph.ts';
import type { Factor, Gate } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import { loadNorm, valueBindings, valueText } from './values.ts';
import { type Binding, reads } from './wgsl.ts';

/** The name of a factor's buffer. @param name of the term's; @param index of the factor */
function factorName(name: string, index: number): string {
  return `${name}Factor${index}`;
}

export function factorBindings(name: string, factors: readonly Factor[]): Binding[] {
  return factors.flatMap((factor, i) => bindingsOf(factorName(name, i), factor));
}

function bindingsOf(buffer: string, factor: Factor): Binding[] {
  switch (factor.kind) {
    case 'constant':
      return [];
    case 'learned':
      return [reads(buffer, factor.scale)];
    case 'gate':
      return valueBindings(buffer, factor.value);
    case 'drop':
      return [reads(buffer, factor.drop, 'Drop')];
  }
}

/** `let` statements that load what is constant for a pack, for `multiplied`. */
export function loadFactors(name: string, factors: readonly Factor[], pack: string): string {
  const loads = factors.map((factor, i) =>
    factor.kind === 'gate' ? loadNorm(factorName(name, i), factor.value, pack) : '',
  );
  return loads.filter((text) => text !== '').join('\n');
}

/** Where a pack of a sum is, as WGSL expressions: its index in a buffer of the sum's shape, and its number within the pixel. */
export interface Place {
  readonly shape: Shape;
  readonly at: string;
  readonly pack: string;
}

/** Index of a pack's first number in the tensor as others count it, without the zeros that fill up packs. */
function elementText({ shape: [, , channels], at, pack }: Place): string {
  const packs = packsOf(channels);
  return channels === 4 * packs ? `${at} * 4u` : `${at} / ${packs}u * ${channels}u + ${pack} * 4u`;
}

/** An expression for `value`, a `vec4f`, times all factors. */
export function multiplied(name: string, factors: readonly Factor[], place: Place, value: string): string {
  return factors.reduce((product, factor, i) => times(factorName(name, i), factor, place, product), value);
}

function times(buffer: string, factor: Factor, place: Place, value: string): string {
  switch (factor.kind) {
    case 'constant':
      return `(f32(${factor.value}) * ${value})`;
    case 'learned':
      return `(${buffer}[0].x * ${value})`;
    case 'gate':
      return `(${opennessText(buffer, factor, place.at)} * ${value})`;
    case 'drop': {
      if (factor.unit === 'expectation') return `(${buffer}[0].keep * ${value})`;
      const all = factor.unit === 'minibatch';
      // Not a product: what overflows is dropped as well.
      return `select(vec4f(), ${value}, ${all ? `keepsAll(${buffer}[0])` : `keeps(${buffer}[0], ${elementText(place)})`})`;
    }
  }
}

/** How far a gate is open. 1 − σ(z) = σ(−z), which loses no digits where σ(z) is nearly 1. */
export function opennessText(buffer: string, { part, value }: Pick<Gate, 'part' | 'value'>, at: string): string {
  return `openness(${part === 'shut' ? '-' : ''}${valueText(buffer, value, `${buffer}[${at}]`)})`;
}

/** The functions that the text of factors calls. */
export function factorFunctions(factors: readonly Factor[]): string[] {
  const uses = (kind: Factor['kind']) => factors.some((factor) => factor.kind === kind);
  return [...(uses('gate') ? [opennessFunction] : []), ...(uses('drop') ? [maskFunctions] : [])];
}

// Beyond e⁸⁰ nothing changes, and WGSL need not handle infinities.
const opennessFunction = `fn openness(z: vec4f) -> vec4f { return 1.0 / (1.0 + exp(min(-z, vec4f(80.0)))); }`;

/** As `ops/drop/mask.ts` has them. What is a layer's own is not in the text, so that layers share their kernels. */
const maskFunctions = `struct Drop { seed: u32, node: u32, threshold: u32, keep: f32 }
fn pcg(value: u32) -> u32 {
  let state = value * 747796405u + 2891336453u;
  let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
  return (word >> 22u) ^ word;
}
fn dropKey(drop: Drop) -> u32 { return pcg(drop.node + pcg(u32(run.updates) + pcg(drop.seed))); }
fn keepsAll(drop: Drop) -> bool { return (pcg(dropKey(drop)) >> 8u) < drop.threshold; }
/** Of four elements in a row. */
fn keeps(drop: Drop, first: u32) -> vec4<bool> {
  let start = first + dropKey(drop);
  let hashes = vec4u(pcg(start), pcg(start + 1u), pcg(start + 2u), pcg(start + 3u));
  return (hashes >> vec4u(8u)) < vec4u(drop.threshold);
}`;
