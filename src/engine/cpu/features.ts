/** What WebAssembly can do here, beside SIMD, without which this engine does not run. */
import { hasSharedMemory } from '../../data/images.ts';
import { f32x4, v128 } from './assembler/code.ts';
import { FunctionBuilder, ModuleBuilder } from './assembler/module.ts';
import { type Machine, MOST_PAGES } from './plan/program.ts';

/** Multiply-adds that may be fused, of relaxed SIMD: wherever a browser has them on a processor that fuses, they are. */
export function hasFma(): boolean {
  const module = new ModuleBuilder({ shared: false, least: 1, most: 1 }, []);
  const drop = 0x1a;
  module.add(new FunctionBuilder().finished('probe', [f32x4.relaxedMadd(v128.zero, v128.zero, v128.zero), drop]));
  return WebAssembly.validate(module.finished());
}

/**
 * Threads that compute: both of two cores, but for the page's own all of a few, and half of many, as these are often two of one core, or slow ones.
 * @param cores as browsers count them
 */
export function suitableThreads(cores: number): number {
  if (!hasSharedMemory() || cores < 2) return 1;
  return cores <= 4 ? Math.max(2, cores - 1) : Math.min(8, Math.max(3, Math.ceil(cores / 2)));
}

/** Pages that a memory may be promised: 4 GiB where there is room in the address space. */
function mostPages(shared: boolean): number {
  for (let pages = MOST_PAGES; pages > 1024; pages /= 2) {
    try {
      new WebAssembly.Memory({ initial: 1, maximum: pages, shared });
      return pages;
    } catch {
      // So much is not to be had.
    }
  }
  return 1024;
}

export function machineOf(threads: number, fma: boolean): Machine {
  const shared = threads > 1;
  return { threads, shared, fma, mostPages: mostPages(shared) };
}
