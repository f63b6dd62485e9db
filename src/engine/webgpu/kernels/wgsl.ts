/**
 * What all kernels share. A kernel is WGSL text for one set of shapes; sizes go into it as constants,
 * so that compilers can unroll and that layers of one shape share a pipeline. The number of images is
 * not among them: one kernel serves training, calibration and evaluation.
 *
 * Activations are [images, rows, columns, packs] of `vec4f`: four channels make a pack, and where
 * channels are no multiple of four, the last pack is filled up with zeros. Every kernel keeps them zero.
 */

import { type Arithmetic, ERFC } from '../../../ops/arithmetic.ts';
import { PACK, packsOf } from '../../plan/packs.ts';
import type { Ref } from '../../plan/refs.ts';
import type { BufferRef } from '../plan/buffers.ts';

export interface Binding {
  readonly name: string;
  readonly type: string;
  readonly access: 'read' | 'read_write';
  /** What is bound. */
  readonly ref: Bound;
}

/** A buffer of the schedule, or one that only this target has. */
export type Bound = Ref | BufferRef;

export interface Kernel {
  /** For labels and listings, for instance `convolve 3×3`. */
  readonly name: string;
  /** Storage buffers, from binding 1 upwards; binding 0 is the `Run`. */
  readonly bindings: readonly Binding[];
  readonly code: string;
}

/** How sums over many invocations are made; see `tuning.ts`. */
export type Reduction = 'invocation' | 'workgroup';

/** Text for each of 0 … count − 1. */
export function repeat(count: number, text: (index: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, index) => text(index)).join(separator);
}

export function reads(name: string, ref: Bound, type = 'vec4f'): Binding {
  return { name, type, access: 'read', ref };
}

export function writes(name: string, ref: Bound, type = 'vec4f'): Binding {
  return { name, type, access: 'read_write', ref };
}

/** A kernel before it is printed. */
export interface Entry {
  readonly name: string;
  readonly workgroupSize: number;
  readonly bindings: readonly Binding[];
  /** Functions, constants and workgroup variables. */
  readonly declarations?: readonly string[];
  /** Vectors of `shared4`, memory that the sums of a workgroup go through, where the text has that; one for each invocation otherwise. */
  readonly shared?: number;
  /** Of `main`, which knows `workgroup` (its three-dimensional number), `local` (the invocation's in it) and `run`. */
  readonly body: string;
}

/** Functions that WGSL lacks; a kernel has those that its text calls. */
const functions: Readonly<Record<string, string>> = {
  // Half of erfc(|x| / √2).
  normalTail: `fn normalTail(x: vec4f) -> vec4f {
let u = abs(x) * ${Math.SQRT1_2};
let t = 1.0 / (1.0 + 0.5 * u);
let p = ${ERFC.slice(1).reduce((sum, each) => `fma(${sum}, t, vec4f(${each}))`, `vec4f(${ERFC[0]})`)};
return 0.5 * t * exp(max(p - u * u, vec4f(-80.0)));
}`,
  // Near 0, exp(x) − 1 would have few digits.
  expm1: `fn expm1(x: vec4f) -> vec4f {
let below = clamp(x, vec4f(-80.0), vec4f());
let near = below * (1.0 + below * (0.5 + below * (1.0 / 6.0 + below / 24.0)));
return select(exp(below) - 1.0, near, below > vec4f(-0.05));
}`,
};

function calledBy(text: string): string[] {
  return Object.entries(functions).flatMap(([name, code]) => (text.includes(`${name}(`) ? [code] : []));
}

/** A whole shader module. */
export function kernel(entry: Entry): Kernel {
  const { name, workgroupSize, declarations = [], shared = workgroupSize, body } = entry;
  const bindings = agreed(entry.bindings);
  const text = [...declarations, body].join('\n');
  const vectors = text.includes('shared4[') ? `var<workgroup> shared4: array<vec4f, ${shared}>;` : '';
  const buffers = bindings.map(
    (binding, index) =>
      `@group(0) @binding(${index + 1}) var<storage, ${binding.access}> ${binding.name}: array<${binding.type}>;`,
  );
  const code = `struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
${buffers.join('\n')}
${vectors}
${[...calledBy(text), ...declarations].join('\n')}
@compute @workgroup_size(${workgroupSize})
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
${body}
}
`;
  return { name, bindings, code: indented(code) };
}

/** Parts of an arena are one buffer, which a dispatch may not bind for reading here and for writing there: so all are bound for writing. */
function agreed(bindings: readonly Binding[]): Binding[] {
  const written = new Set(bindings.flatMap(({ ref, access }) => (access === 'read_write' ? (arenaOf(ref) ?? []) : [])));
  return bindings.map((each) => (written.has(arenaOf(each.ref) ?? '') ? { ...each, access: 'read_write' } : each));
}

function arenaOf(ref: Bound): string | null {
  if ('kind' in ref) return ref.kind === 'arena' ? ref.name : null;
  return ref.in === 'tensor' ? null : ref.in;
}

/** Lines indented by the braces around them; none are empty. */
function indented(code: string): string {
  let depth = 0;
  const lines = code.split('\n').map((line) => line.trim());
  const text = lines
    .filter((line) => line !== '')
    .map((line) => {
      const closing = /^[})]*/.exec(line)?.[0].length ?? 0;
      const at = depth - closing;
      for (const each of line) depth += '{('.includes(each) ? 1 : '})'.includes(each) ? -1 : 0;
      return `${'  '.repeat(Math.max(0, at))}${line}\n`;
    });
  return text.join('');
}

/** Formulas of `vec4f` as text. @param lines where `named` values are declared; without them their text is repeated */
export function wgsl(lines: string[] | null = null): Arithmetic<string> {
  return {
    number: (value) => `vec4f(${Number.isInteger(value) ? value.toFixed(1) : value})`,
    add: (a, b) => `(${a} + ${b})`,
    sub: (a, b) => `(${a} - ${b})`,
    mul: (a, b) => `(${a} * ${b})`,
    div: (a, b) => `(${a} / ${b})`,
    max: (a, bound) => `max(${a}, ${bound})`,
    sqrt: (a) => `sqrt(${a})`,
    // WGSL need not handle infinities, and beyond e⁸⁰ nothing changes where this stands below a fraction's line.
    exp: (a) => `exp(min(${a}, vec4f(80.0)))`,
    // At 15, tanh is 1 to float32's last digit; some drivers overflow beyond.
    tanh: (a) => `tanh(clamp(${a}, vec4f(-15.0), vec4f(15.0)))`,
    expm1: (a) => `expm1(${a})`,
    normalTail: (a) => `normalTail(${a})`,
    ifAbove0: (a, yes, no) => `select(${no}, ${yes}, ${a} > vec4f(0.0))`,
    named: (name, a) => {
      if (!lines) return a;
      lines.push(`let ${name} = ${a};`);
      return name;
    },
  };
}

/** 1 in the lanes of the last pack that are channels and 0 in those that fill it up, as an expression; null if all are channels. */
export function laneMask(channels: number, pack: string): string | null {
  if (channels % PACK === 0) return null;
  const mask = Array.from({ length: PACK }, (_, lane) => (lane < channels % PACK ? '1.0' : '0.0')).join(', ');
  return `select(vec4f(1.0), vec4f(${mask}), ${pack} == ${packsOf(channels) - 1}u)`;
}
