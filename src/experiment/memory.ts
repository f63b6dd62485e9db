/** Whether an experiment fits in memory, given what `network/` estimates it to need. */
import { type Problem, problem } from './problem.ts';

/** Bytes of networks that train in turn. */
export interface MemoryNeed {
  /** Whatever the batch: held all the time. */
  readonly fixed: number;
  /** For each image in a batch: held during a step. */
  readonly perImage: number;
}

/** A tab's 32-bit heap, which the wasm backend works in, holds 4 GiB at most and often no more than 2. */
const HEAP_BYTES = 2 * 1024 ** 3;
/** Of the device's memory: the system, the browser and other tabs live there too. */
const DEVICE_SHARE = 0.5;

/**
 * Bytes that training may use.
 * @param deviceGiB what the browser says of the device (`navigator.deviceMemory`), if it does
 */
export function memoryBudget(deviceGiB?: number): number {
  if (deviceGiB === undefined) return HEAP_BYTES;
  return Math.min(HEAP_BYTES, deviceGiB * 1024 ** 3 * DEVICE_SHARE);
}

/** The problem with networks that need more than the budget, with the batch size that would fit; null if they fit. */
export function checkMemory({ fixed, perImage }: MemoryNeed, batch: number, budget: number): Problem | null {
  const needed = fixed + perImage * batch;
  if (needed <= budget) return null;
  const fitting = Math.floor((budget - fixed) / perImage);
  if (fitting >= 1) return problem('spec.memoryBatch', { needed, budget, batch: fitting });
  return problem('spec.memory', { needed: fixed + perImage, budget });
}
