/**
 * WebAssembly instructions as nested lists of bytes, written as the expressions they compute: `f32x4.add(get(a), get(b))`
 * is the code of both operands with the instruction behind it. `module.ts` flattens and frames them.
 */

/** Bytes and the locals that they are about, nested as they were put together. */
export type Code = number | Local | Uint8Array | readonly Code[];

export const types = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof types;

/** A local variable or a parameter of a function; its index is known once all parameters are. */
export interface Local {
  readonly kind: 'parameter' | 'local';
  /** Among those of its kind. */
  readonly number: number;
  readonly type: ValueType;
}

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 127;
    rest >>= 7;
    if ((rest === 0 && (byte & 64) === 0) || (rest === -1 && (byte & 64) !== 0)) return [...bytes, byte];
    bytes.push(byte | 128);
  }
}

export const get = (local: Local): Code => [0x20, local];
export const set = (local: Local, value: Code): Code => [value, 0x21, local];
export const tee = (local: Local, value: Code): Code => [value, 0x22, local];

const binary =
  (...opcode: number[]) =>
  (a: Code, b: Code): Code => [a, b, opcode];
const unary =
  (...opcode: number[]) =>
  (a: Code): Code => [a, opcode];

/** An address's instruction: the alignment is a promise (as a power of two) that costs nothing if it is broken. */
const loading =
  (align: number, ...opcode: number[]) =>
  (address: Code, offset = 0): Code => [address, opcode, align, unsigned(offset)];
const storing =
  (align: number, ...opcode: number[]) =>
  (address: Code, value: Code, offset = 0): Code => [address, value, opcode, align, unsigned(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, signed(value)],
  add: binary(0x6a),
  sub: binary(0x6b),
  mul: binary(0x6c),
  xor: binary(0x73),
  shru: binary(0x76),
  eqz: unary(0x45),
  eq: binary(0x46),
  ltu: binary(0x49),
  load: loading(2, 0x28),
  store: storing(2, 0x36),
};

function float32Bytes(value: number): number[] {
  return [...new Uint8Array(Float32Array.of(value).buffer)];
}

export const f32 = {
  const: (value: number): Code => [0x43, float32Bytes(value)],
  add: binary(0x92),
  mul: binary(0x94),
  load: loading(2, 0x2a),
  store: storing(2, 0x38),
};

/** Instructions on vectors have a prefix, and a number of their own in LEB128. */
const simd = (number: number): number[] => [0xfd, ...unsigned(number)];

export const v128 = {
  load: loading(4, ...simd(0)),
  store: storing(4, ...simd(11)),
  /** One float in all four lanes. */
  loadSplat: loading(2, ...simd(9)),
  /** One float in the first lane, zeros in the others. */
  loadZero: loading(2, ...simd(92)),
  /** The first lane. */
  storeLane0: (address: Code, value: Code, offset = 0): Code => [address, value, simd(90), 2, unsigned(offset), 0],
  zero: [simd(12), Array<number>(16).fill(0)] as Code,
  bits: (...lanes: readonly [number, number, number, number]): Code => [
    simd(12),
    [...new Uint8Array(Int32Array.from(lanes).buffer)],
  ],
  and: binary(...simd(78)),
  andnot: binary(...simd(79)),
  or: binary(...simd(80)),
  xor: binary(...simd(81)),
  /** Of each bit: `a` where the mask is set, else `b`. */
  select: (a: Code, b: Code, mask: Code): Code => [a, b, mask, simd(82)],
  anyTrue: unary(...simd(83)),
};

export const f32x4 = {
  const: (value: number): Code => [simd(12), [0, 1, 2, 3].map(() => float32Bytes(value))],
  splat: unary(...simd(19)),
  lane: (value: Code, which: number): Code => [value, simd(31), which],
  gt: binary(...simd(68)),
  lt: binary(...simd(67)),
  ge: binary(...simd(70)),
  abs: unary(...simd(224)),
  neg: unary(...simd(225)),
  sqrt: unary(...simd(227)),
  add: binary(...simd(228)),
  sub: binary(...simd(229)),
  mul: binary(...simd(230)),
  div: binary(...simd(231)),
  /** a < b ? b : a, one instruction everywhere; `pmax(x, bound)` keeps an x that is not a number. */
  pmax: (bound: Code, a: Code): Code => [a, bound, simd(235)],
  pmin: (bound: Code, a: Code): Code => [a, bound, simd(234)],
  nearest: unary(...simd(106)),
  /** a · b + c, rounded once. */
  relaxedMadd: (a: Code, b: Code, c: Code): Code => [a, b, c, simd(0x105)],
  toInt: unary(...simd(248)),
  /** The two doubles as the first two floats; zeros behind. */
  demote: unary(...simd(94)),
};

export const i32x4 = {
  const: (value: number): Code => v128.bits(value, value, value, value),
  splat: unary(...simd(17)),
  replace: (value: Code, which: number, lane: Code): Code => [value, lane, simd(28), which],
  add: binary(...simd(174)),
  eq: binary(...simd(55)),
  shl: (value: Code, by: number): Code => [value, i32.const(by), simd(171)],
};

export const f64x2 = {
  const: (value: number): Code => {
    const bytes = [...new Uint8Array(Float64Array.of(value).buffer)];
    return [simd(12), bytes, bytes];
  },
  lane: (value: Code, which: number): Code => [value, simd(33), which],
  splat: unary(...simd(20)),
  add: binary(...simd(240)),
  sub: binary(...simd(241)),
  mul: binary(...simd(242)),
  div: binary(...simd(243)),
  sqrt: unary(...simd(239)),
  pmax: (bound: Code, a: Code): Code => [a, bound, simd(247)],
  /** The first two floats as doubles. */
  promote: unary(...simd(95)),
};

/** The last two lanes in front. */
export const upper = (value: Code): Code => [
  value,
  value,
  simd(13),
  [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7],
];
/** The first two lanes of each of two vectors. */
export const lowerOfBoth = (a: Code, b: Code): Code => [
  a,
  b,
  simd(13),
  [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23],
];
/** Sets a span of memory to zero. */
export const clear = (address: Code, bytes: Code): Code => [address, i32.const(0), bytes, 0xfc, 11, 0];

const atomic = (number: number) => [0xfe, number];
export const atomics = {
  /** Wakes all who wait at an address. */
  notifyAll: (address: Code): Code => [address, i32.const(-1), atomic(0x00), 2, 0, 0x1a],
  /** Sleeps while an address holds what is expected. */
  wait: (address: Code, expected: Code): Code => [address, expected, [0x42, 0x7f], atomic(0x01), 2, 0, 0x1a],
  load: (address: Code): Code => [address, atomic(0x10), 2, 0],
  store: (address: Code, value: Code): Code => [address, value, atomic(0x17), 2, 0],
  /** @returns what was there before */
  add: (address: Code, value: Code): Code => [address, value, atomic(0x1e), 2, 0],
};

/** Runs the body again while it leaves a number other than 0. */
export const loopWhile = (body: Code): Code => [0x03, 0x40, body, 0x0d, 0, 0x0b];
export const when = (condition: Code, yes: Code, no: Code | null = null): Code => [
  condition,
  0x04,
  0x40,
  yes,
  no === null ? [] : [0x05, no],
  0x0b,
];
