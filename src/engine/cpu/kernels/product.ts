/**
 * The product that convolutions and dense layers are, in all three directions: c[m, n] (+)= Σₖ a[m, k] · b[k, n], where n are packs of four
 * channels, m are pixels (forwards and by the input) or input channels (by the filter), and k is what is summed over, with constant strides.
 *
 * Tiling: 4 m × 2 packs are summed in eight registers, which with two of b, one of a and one for a product is what x64 has room for;
 * for each k, that is 6 loads for 8 multiply-adds. A last odd pack is taken with 6 m instead. k is innermost, and unrolled only as far as registers
 * reach; packs are outermost, so that the b of one tile (for a filter 3×3×64×8, 18 KB) stays in the
 * first cache while m goes over the map.
 */
import { type Code, f32x4, get, type Local, set, v128 } from '../assembler/code.ts';
import type { FunctionBuilder } from '../assembler/module.ts';
import { advance, type Level, nest } from './nest.ts';

/** A loop, and by how many bytes `a`, `b` and `c` advance in it. */
export interface ProductLoop {
  readonly count: number;
  readonly a?: number;
  readonly b?: number;
  readonly c?: number;
}

export interface ProductShape {
  /** What is repeated with nothing shared: rows of the map, or of the kernel. */
  readonly outer: readonly ProductLoop[];
  readonly m: ProductLoop;
  /** So many m more times, with steps of their own: tiles run on from one of these rows to the next. */
  readonly rows?: ProductLoop;
  /** Packs of n, which are neighbours in `b` and `c`. */
  readonly packs: number;
  /** Outermost first; with one of no turns, nothing is added. */
  readonly k: readonly ProductLoop[];
  /** What the sums start from: nothing, a pack of `bias` each, or what is in `c`. */
  readonly start: 'zero' | 'bias' | 'sum';
  /** Use fused multiply-adds. */
  readonly fma: boolean;
}

interface Pointers {
  readonly a: Local;
  readonly b: Local;
  readonly c: Local;
  /** Only where the sums start from it. */
  readonly bias: Local | null;
}

/**
 * Vectors that may be alive within a turn of the innermost loop: x64 has sixteen registers, one of which the compiler keeps. It moves all
 * loads of a turn to its front; what does not fit is spilled, and costs more than the loop (measured in V8: 50 GFLOP/s with one k a turn, 25 with eight).
 */
const ALIVE = 14;

/** a · b + c. */
export function multiplyAdd(fma: boolean, a: Code, b: Code, c: Code): Code {
  return fma ? f32x4.relaxedMadd(a, b, c) : f32x4.add(c, f32x4.mul(a, b));
}

/** Runs of tiles of one size. */
interface Run {
  readonly size: number;
  readonly count: number;
}

/** So many in tiles of at most `most`: whole ones, and the rest in two that are nearly equal or one. */
function tiles(count: number, most: number): Run[] {
  const whole = Math.floor(count / most);
  const rest = count % most;
  // 4 + 1 costs more than 3 + 2: a tile of one loads two packs of b for itself.
  const last =
    rest === 1 && whole > 0 && most > 2
      ? [most - Math.floor(most / 2), Math.floor(most / 2) + 1]
      : rest > 0
        ? [rest]
        : [];
  const full = rest === 1 && whole > 0 && most > 2 ? whole - 1 : whole;
  const runs = [...(full > 0 ? [{ size: most, count: full }] : []), ...last.map((size) => ({ size, count: 1 }))];
  const [first, second] = runs.slice(-2);
  if (first && second && first.size === second.size)
    return [...runs.slice(0, -2), { size: first.size, count: first.count + second.count }];
  return runs;
}

function largestDivisor(count: number, most: number): number {
  for (let each = Math.min(count, Math.max(1, most)); each > 1; each--) if (count % each === 0) return each;
  return 1;
}

/** @param fn whose parameters the pointers are; they end where they began */
export function product(fn: FunctionBuilder, shape: ProductShape, pointers: Pointers): Code {
  const pool: Local[] = [];
  const vector = (which: number): Local => {
    pool[which] ??= fn.local('v128');
    return pool[which];
  };
  const moving = (at: ProductLoop): Level['steps'] =>
    (['a', 'b', 'c'] as const).filter((name) => at[name]).map((name) => [pointers[name], at[name] ?? 0] as const);
  const levels = (loops: readonly ProductLoop[]): Level[] =>
    loops.map((at) => ({ count: at.count, steps: moving(at) }));

  const rows = shape.rows ?? { count: 1 };
  /** Bytes from the first m to another, over the rows. */
  const offset = (index: number, name: 'a' | 'c') =>
    Math.floor(index / shape.m.count) * (rows[name] ?? 0) + (index % shape.m.count) * (shape.m[name] ?? 0);

  /** @param first of the m that it is about, where rows make their distances differ */
  const tile = (m: number, n: number, first = 0): Code => {
    const place = (i: number, name: 'a' | 'c') => offset(first + i, name);
    const sum = (i: number, j: number) => vector(i * n + j);
    const pack = (j: number) => vector(m * n + j);
    const splat = vector(m * n + n);
    const each = <T>(of: (i: number, j: number) => T): T[] =>
      Array.from({ length: m * n }, (_, index) => of(Math.floor(index / n), index % n));
    const start = (i: number, j: number): Code => {
      if (shape.start === 'sum') return v128.load(get(pointers.c), place(i, 'c') + 16 * j);
      return shape.start === 'bias' && pointers.bias ? v128.load(get(pointers.bias), 16 * j) : v128.zero;
    };
    const inner = shape.k.at(-1) ?? { count: 1 };
    const unrolled = largestDivisor(inner.count, Math.floor((ALIVE - m * n) / (m + n)));
    const step = (u: number): Code => [
      Array.from({ length: n }, (_, j) => set(pack(j), v128.load(get(pointers.b), u * (inner.b ?? 0) + 16 * j))),
      Array.from({ length: m }, (_, i) => [
        set(splat, v128.loadSplat(get(pointers.a), u * (inner.a ?? 0) + place(i, 'a'))),
        Array.from({ length: n }, (_, j) =>
          set(sum(i, j), multiplyAdd(shape.fma, get(splat), get(pack(j)), get(sum(i, j)))),
        ),
      ]),
    ];
    const turns = { count: inner.count / unrolled, a: (inner.a ?? 0) * unrolled, b: (inner.b ?? 0) * unrolled };
    return [
      each((i, j) => set(sum(i, j), start(i, j))),
      shape.k.some(({ count }) => count === 0)
        ? []
        : nest(
            fn,
            levels([...shape.k.slice(0, -1), turns]),
            Array.from({ length: unrolled }, (_, u) => step(u)),
          ),
      each((i, j) => v128.store(get(pointers.c), get(sum(i, j)), place(i, 'c') + 16 * j)),
    ];
  };

  /** Tiles of m, runs of equal ones in loops; over several rows, each is written out. */
  const alongM = (n: number): Code => {
    const runs = tiles(rows.count * shape.m.count, n === 1 ? 6 : 4);
    let done = 0;
    const parts = runs.map(({ size, count }) => {
      const from = done;
      done += size * count;
      if (rows.count > 1) return Array.from({ length: count }, (_, i) => tile(size, n, from + i * size));
      const turns = { count, a: size * (shape.m.a ?? 0), c: size * (shape.m.c ?? 0) };
      const moved = { a: from * (shape.m.a ?? 0), c: from * (shape.m.c ?? 0) };
      return displaced(pointers, moved, nest(fn, levels([turns]), tile(size, n)));
    });
    return nest(fn, levels(shape.outer), parts);
  };

  const pairs = Math.floor(shape.packs / 2);
  const odd = shape.packs % 2;
  const byPairs: Level = {
    count: pairs,
    steps: [[pointers.b, 32], [pointers.c, 32], ...(pointers.bias ? [[pointers.bias, 32] as const] : [])],
  };
  return [
    pairs > 0 ? nest(fn, [byPairs], alongM(2)) : [],
    odd > 0 ? displaced(pointers, { b: 32 * pairs, c: 32 * pairs, bias: 32 * pairs }, alongM(1)) : [],
  ];
}

/** The code with pointers moved, and moved back behind it. */
function displaced(
  pointers: Pointers,
  by: Readonly<Partial<Record<'a' | 'b' | 'c' | 'bias', number>>>,
  code: Code,
): Code {
  const moves = (sign: 1 | -1) =>
    (['a', 'b', 'c', 'bias'] as const).map((name) => {
      const pointer = pointers[name];
      return pointer ? advance(pointer, sign * (by[name] ?? 0)) : [];
    });
  return [moves(1), code, moves(-1)];
}
