/**
 * How work is divided on a kind of device. Hardware wants many short invocations and adds within a
 * workgroup; a software rasteriser runs four invocations at a time on a CPU core, pays about ten
 * microseconds for every four that meet at a barrier, and wants few long ones without any.
 *
 * The constants of `hardware` are tested for correctness, on a software device, and have not been measured on a hardware GPU yet.
 */
import type { Reduction } from '../kernels/wgsl.ts';

export interface Tuning {
  readonly name: 'hardware' | 'software';
  readonly reduction: Reduction;
  /** Storage buffers that a kernel may bind, where the device allows as many. */
  readonly buffers: number;
  /**
   * Whether what needs a sum over parts adds it up by itself, in every workgroup, and whether both products of a layer backwards share a dispatch.
   * On hardware a dispatch costs more than the few kilobytes that each workgroup reads.
   */
  readonly folds: boolean;
  /** Most neighbouring pixels that one invocation of a convolution makes. */
  readonly positions: number;
  /** The same where it makes them of one pack of channels alone. */
  readonly positionsAlone: number;
  /** Both for filters larger than 3×3, whose rows have more taps to unroll. */
  readonly large: { readonly positions: number; readonly positionsAlone: number };
  /** Most columns that the filter's gradient unrolls. */
  readonly filterColumns: number;
  /** Packs of output channels that one of its invocations makes, at most. */
  readonly filterOutputs: number;
  /** Invocations that the gradient by a filter is split into, if its size allows. */
  readonly filterInvocations: number;
  /** Invocations that the gradient by a learned scale is split into, whole workgroups of 64. */
  readonly scaleInvocations: number;
  /** Most bytes of one filter's partial gradients. */
  readonly partialBytes: number;
  /** Work after which a long step is handed over in a further submit. @see workOf */
  readonly submitWork: number;
}

/**
 * Slow GPUs, with kernels that do not suit them, should manage this in a tenth of a second. A GPU draws nothing else during a submit: more
 * would hold up the page, and come near the seconds after which some systems take a GPU for hung.
 */
const HARDWARE_SUBMIT = 5e9;
/** Software rasterisers take seconds for much less, in one submit, and none was seen to mind. So every step of the bench is one. */
const SOFTWARE_SUBMIT = 50e9;
/** Most bytes of all filters' partial gradients: default limits let a kernel bind 128 MiB, and memory is for activations. */
const ALL_PARTIAL_BYTES = 32 * 1024 * 1024;

export const tunings = {
  hardware: {
    name: 'hardware',
    reduction: 'workgroup',
    buffers: 10,
    folds: true,
    positions: 4,
    positionsAlone: 7,
    large: { positions: 4, positionsAlone: 7 },
    filterColumns: 7,
    filterOutputs: 1,
    filterInvocations: 8192,
    scaleInvocations: 4096,
    partialBytes: 1024 * 1024,
    submitWork: HARDWARE_SUBMIT,
  },
  software: {
    name: 'software',
    reduction: 'invocation',
    buffers: 8,
    folds: false,
    positions: 14,
    positionsAlone: 14,
    large: { positions: 7, positionsAlone: 7 },
    filterColumns: 14,
    filterOutputs: 3,
    filterInvocations: 384,
    scaleInvocations: 64,
    partialBytes: 512 * 1024,
    submitWork: SOFTWARE_SUBMIT,
  },
} as const satisfies Record<string, Tuning>;

/** The same for a network of so many filters: together, their partial gradients stay within limits. */
export function tunedFor(filters: number, tuning: Tuning): Tuning {
  return {
    ...tuning,
    partialBytes: Math.min(tuning.partialBytes, Math.floor(ALL_PARTIAL_BYTES / Math.max(1, filters))),
  };
}

/** The largest divisor of `columns` that is at most `most`. */
export function runLength(columns: number, most: number): number {
  for (let length = Math.min(most, columns); length > 1; length--) if (columns % length === 0) return length;
  return 1;
}

/** Packs of output channels that one invocation makes: two share what is loaded, and more need too many registers. */
function outputsOf(packs: number): number {
  if (packs % 2 === 0) return 2;
  return packs === 3 ? 3 : 1;
}

/**
 * What one invocation of a convolution makes: neighbouring pixels × packs of output channels. Where a short row leaves few pixels (7 and 14 have no
 * divisor near 4), a longer run of one pack has more to share its weights, in as many registers.
 * @param even whether a run must begin at an even column
 */
export function tileOf(
  columns: number,
  packs: number,
  { positions, positionsAlone }: Pick<Tuning, 'positions' | 'positionsAlone'>,
  even = false,
): { readonly positions: number; readonly outputs: number } {
  const [run, alone] = [runLength(columns, positions), runLength(columns, positionsAlone)];
  const outputs = outputsOf(packs);
  if (even && run % 2 !== 0) return { positions: columns, outputs: 1 };
  if (even && alone % 2 !== 0) return { positions: run, outputs };
  return run * outputs < alone ? { positions: alone, outputs: 1 } : { positions: run, outputs };
}
