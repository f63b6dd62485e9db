/** Reductions over the invocations of a workgroup, in a fixed order, so that a run can be repeated bit for bit. */
import type { Reduction } from './wgsl.ts';

/** Declares what `workgroupSum` and `workgroupMax` need; nothing where each invocation keeps its own sums. */
export function sumDeclarations(reduction: Reduction, workgroupSize: number): string {
  if (reduction === 'invocation') return '';
  return `${reductionFunction('workgroupSum', workgroupSize, (a, b) => `${a} + ${b}`)}
${reductionFunction('workgroupMax', workgroupSize, (a, b) => `max(${a}, ${b})`)}`;
}

/**
 * Declares a sum of `x` over those invocations of a workgroup whose numbers leave the same remainder by `apart`, a power of two; each of them gets it.
 */
export function stridedSum(name: string, workgroupSize: number, apart: number): string {
  return `fn ${name}(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = ${workgroupSize / 2}u; stride >= ${apart}u; stride /= 2u) {
    if (local < stride) { shared4[local] += shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[local % ${apart}u];
}`;
}

/** The power of two that holds so many packs: invocations that differ by it work for the same one. */
export function lanesApart(packs: number): number {
  return 2 ** Math.ceil(Math.log2(packs));
}

/** A function of `x` over the workgroup, in every invocation. */
function reductionFunction(name: string, workgroupSize: number, joined: (a: string, b: string) => string): string {
  return `fn ${name}(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = ${workgroupSize / 2}u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = ${joined('shared4[local]', 'shared4[local + stride]')}; }
    workgroupBarrier();
  }
  return shared4[0];
}`;
}

/** A reduction over all that share one: the invocation itself, or its workgroup. */
export function overAll(reduction: Reduction, name: 'workgroupSum' | 'workgroupMax', x: string): string {
  return reduction === 'invocation' ? x : `${name}(${x}, local)`;
}

/** Where a partial sum goes: the number of the part of the invocation numbered `id`, as an expression. */
export function partOf(reduction: Reduction, workgroupSize: number, id: string): string {
  return reduction === 'invocation' ? id : `${id} / ${workgroupSize}u`;
}

/** Parts of a reduction over `invocations`. */
export function partCount(reduction: Reduction, workgroupSize: number, invocations: number): number {
  return reduction === 'invocation' ? invocations : Math.ceil(invocations / workgroupSize);
}

/** Numbers of one channel that one part stands for, where invocations make runs of `positions` pixels. */
export function partSize(reduction: Reduction, positions: number): number {
  return reduction === 'invocation' ? positions : positions * 64;
}
