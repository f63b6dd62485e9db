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

/** Bytes for a batch of so many images. */
export function bytesOf({ fixed, perImage }: MemoryNeed, batch: number): number {
  return fixed + perImage * batch;
}

/** Whether networks that need so much for a batch of so many images fit. */
export function fitsInto(budget: number, need: MemoryNeed, batch: number): boolean {
  return bytesOf(need, batch) <= budget;
}

/**
 * The problem with networks that need more than the budget, with a batch size that fits; null if they fit.
 * @param needOf what they need for a batch: exactly for this, and nearly for others
 */
export function checkMemory(needOf: (batch: number) => MemoryNeed, batch: number, budget: number): Problem | null {
  let need = needOf(batch);
  if (fitsInto(budget, need, batch)) return null;
  const needed = bytesOf(need, batch);
  let fitting = batch;
  while (fitting > 1 && !fitsInto(budget, need, fitting)) {
    fitting = Math.max(1, Math.min(fitting - 1, Math.floor((budget - need.fixed) / need.perImage)));
    need = needOf(fitting);
  }
  if (fitsInto(budget, need, fitting)) return problem('spec.memoryBatch', { needed, budget, batch: fitting });
  return problem('spec.memory', { needed: bytesOf(need, 1), budget });
}
