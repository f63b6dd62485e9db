/**
 * What the kernels of the optimizer step share, which updates all parameters at once. The parameters lie in one buffer,
 * divided into pieces; a table (`plan/optimizerStep.ts`) says of each piece where it and its partial gradients are.
 */

import { packsOf } from '../../../plan/packs.ts';
import { type ResultShape, resultCount } from '../../../plan/results.ts';
import { type BufferRef, wholeArena } from '../../plan/buffers.ts';

export const STEP_WORKGROUP = 64;

/** Entries of the table for one piece: [first pack, first partial pack, partial gradients (splits), packs from one to the next], [packs, decays, 0, 0]. */
export const PIECE_ENTRIES = 2;

/**
 * By how much the last step's gradients were clipped, whether the network has stopped, and the updates made so far; as floats.
 * It outlives the step, and the plan too.
 */
export const CONTROL_BYTES = 16;
/** Where it says how many updates were made. */
export const UPDATES_AT = 8;

/** Of so many pieces. */
export function pieceTable(pieces: number): BufferRef {
  return wholeArena('pieceTable', pieces * PIECE_ENTRIES * 16);
}

/** The numbers of a step. */
export function resultsOf(shape: ResultShape): BufferRef {
  return wholeArena('results', 16 * packsOf(resultCount(shape)));
}

export const control = wholeArena('control', CONTROL_BYTES);

/** Workgroups for so many invocations, in rows of at most 32,768. */
export function linearGroups(invocations: number): [number, number] {
  const groups = Math.max(1, Math.ceil(invocations / STEP_WORKGROUP));
  const width = Math.min(groups, 32_768);
  return [width, Math.ceil(groups / width)];
}

/** So many workgroups, in such rows. */
export function linearWorkgroups(workgroups: number): [number, number] {
  return linearGroups(workgroups * STEP_WORKGROUP);
}

/** Sets `id`, the number of the invocation. */
export const linearId = `let id = (workgroup.y * 32768u + workgroup.x) * ${STEP_WORKGROUP}u + local;`;

/**
 * A norm travels as (largest, Σ (x / unit)²), where the unit is the largest or what of it has a reciprocal: 10⁻³⁰ does
 * not vanish, 10³⁰ does not overflow, and no GPU that takes subnormal numbers for 0 loses anything.
 */
export const norms = `fn unit(largest: f32) -> f32 { return clamp(largest, 1e-37, 1e37); }
/** Adds x to a norm. */
fn withPack(norm: vec2f, x: vec4f) -> vec2f {
  let sizes = abs(x);
  let larger = max(max(max(sizes.x, sizes.y), max(sizes.z, sizes.w)), norm.x);
  let scale = 1.0 / unit(larger);
  let before = unit(norm.x) * scale;
  let share = x * scale;
  return vec2f(larger, norm.y * before * before + dot(share, share));
}
fn joined(a: vec2f, b: vec2f) -> vec2f {
  let larger = max(a.x, b.x);
  let scale = 1.0 / unit(larger);
  let first = unit(a.x) * scale;
  let second = unit(b.x) * scale;
  return vec2f(larger, a.y * first * first + b.y * second * second);
}
fn root(norm: vec2f) -> f32 { return unit(norm.x) * sqrt(norm.y); }
/** By the bits of the exponent: WGSL may assume that numbers are finite. */
fn isFinite(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) != 0x7f800000u; }`;
