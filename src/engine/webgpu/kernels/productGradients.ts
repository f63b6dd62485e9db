/**
 * Both gradients of a convolution in one dispatch, those by its filter and by its input.
 *
 * Tiling: the first workgroups make that by the filter, the others that by the input, each as its own kernel would, because neither needs the other
 * and together they fill a GPU that each would leave half idle.
 */
import type { Kernels } from '../../plan/schedule.ts';
import { convolveGradientEntry } from './convolve.ts';
import { type FilterGradientShape, filterGradient, filterGradientGroups } from './filterGradient.ts';
import type { ConvolveShape } from './geometry.ts';
import { type Binding, type Kernel, kernel } from './wgsl.ts';

/** @param groups of the gradient by the input alone */
export function productGradientsGroups(byFilter: FilterGradientShape, groups: readonly [number, number]) {
  return [filterGradientGroups(byFilter, null)[0] + groups[0] * groups[1], 1] as const;
}

/** @param outputTiles workgroups of the gradient by the input for the same pixels */
export function productGradients(
  byFilter: { readonly shape: FilterGradientShape; readonly kernel: Kernels['filterGradient'] },
  byInput: { readonly shape: ConvolveShape; readonly kernel: Kernels['inputGradient']; readonly outputTiles: number },
): Kernel {
  const filter = filterGradient(byFilter.shape, byFilter.kernel, null);
  const input = convolveGradientEntry(byInput.shape, byInput.kernel);
  const [first] = filterGradientGroups(byFilter.shape, null);
  const tiles = byInput.outputTiles;
  return kernel({
    name: `both ${filter.name.replace('gradient by filter', 'gradients')}`,
    workgroupSize: input.workgroupSize,
    bindings: united(filter.bindings, input.bindings),
    shared: Math.max(filter.shared ?? 0, input.workgroupSize),
    declarations: [
      ...new Set([...(filter.declarations ?? []), ...(input.declarations ?? [])]),
      `fn gradientByFilter(workgroup: vec2u, local: u32) {\n${filter.body}\n}`,
      `fn gradientByInput(workgroup: vec2u, local: u32) {\n${input.body}\n}`,
    ],
    body: `if (workgroup.x < ${first}u) { gradientByFilter(workgroup.xy, local); }
else {
let other = workgroup.x - ${first}u;
gradientByInput(vec2u(other / ${tiles}u, other % ${tiles}u), local);
}`,
  });
}

/** One that both read by the same name is bound once. */
function united(some: readonly Binding[], others: readonly Binding[]): Binding[] {
  const known = new Set(some.map(({ name }) => name));
  return [...some, ...others.filter(({ name }) => !known.has(name))];
}
