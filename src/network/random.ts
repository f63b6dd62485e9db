/**
 * Seeded random numbers. Weights and minibatches are drawn from here, on the CPU, so that every
 * engine starts from the same numbers and two engines can be compared.
 *
 * The generator is sfc32 (Chris Doty-Humphrey's "small fast counter", 128 bits of state, passes
 * PractRand); it is integer arithmetic only, so it gives the same bits in every browser. Each use
 * names its own stream (`random(seed, 'weights', layer)`), so that adding a consumer never shifts
 * the numbers of another: that is what keeps a plain network and its residual twin equal.
 */
import { shuffler } from 'd3-array';
import { randomNormal } from 'd3-random';

/** A source of uniform numbers in [0, 1), with 32 bits of resolution. */
export type Random = () => number;

/** Mixes one word into a running 32-bit hash (the finaliser of MurmurHash3). */
function mix(hash: number, word: number): number {
  let h = Math.imul(hash ^ word, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hashOf(seed: number, stream: readonly (string | number)[]): number {
  let h = mix(0x9e3779b9, seed >>> 0);
  for (const part of stream) {
    for (const character of `${part}/`) h = mix(h, character.charCodeAt(0));
  }
  return h;
}

/**
 * A generator for one purpose.
 *
 * @param seed the experiment's seed, an unsigned 32-bit integer
 * @param stream names of the purpose, for instance `'weights', 3`
 */
export function random(seed: number, ...stream: (string | number)[]): Random {
  const h = hashOf(seed, stream);
  let a = mix(h, 1);
  let b = mix(h, 2);
  let c = mix(h, 3);
  let counter = 1;
  const next = () => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return () => next() / 2 ** 32;
}

/** Standard normal numbers drawn from `source`. */
export function normal(source: Random): Random {
  return randomNormal.source(source)(0, 1);
}

/** The integers `from … from + length − 1` in a random order. */
export function permutation(length: number, source: Random, from = 0): Uint32Array {
  const order = Uint32Array.from({ length }, (_, i) => from + i);
  return shuffler(source)(order);
}
