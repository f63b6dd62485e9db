/**
 * Our engine for processors: a network is compiled once into WebAssembly, with its shapes and addresses in the code, and a step is one call
 * of that in every thread.
 */
import type { MemoryNeed } from '../../experiment/memory.ts';
import { type Engine, refusalOf } from '../engine.ts';
import { hasSimd } from '../probe.ts';
import { ModuleBuilder } from './assembler/module.ts';
import { hasFma, machineOf } from './features.ts';
import { memoryAtMost, plansOn } from './plan/planned.ts';
import { MemoryPool } from './runner.ts';
import { alone, startTeam, type Team } from './threads/team.ts';
import { CpuTrainer } from './trainer.ts';

export interface CpuOptions {
  /** Who computes; nobody but the one who asks otherwise. */
  readonly team?: Team;
  /** Whether multiply-adds are fused; where that can be, otherwise. */
  readonly fma?: boolean;
}

export interface CpuEngine extends Engine {
  readonly threads: number;
  readonly memoryAtMost: NonNullable<Engine['memoryAtMost']>;
  /** Lets go of the memory of networks that are gone, which would be that of those to come. */
  forget(): void;
}

/** @throws Error where WebAssembly has no SIMD */
export function createCpuEngine({ team = alone, fma = hasFma() }: CpuOptions = {}): CpuEngine {
  if (!hasSimd()) throw new Error('WebAssembly has no SIMD here');
  const machine = machineOf(team.threads, fma);
  const context = { machine, team, memories: new MemoryPool(machine), plansOf: plansOn(machine) };
  return {
    name: 'cpu',
    backend: 'cpu',
    device: { kind: 'cpu', simd: true, threads: team.threads, fma },
    lookahead: 1,
    lost: null,
    memoryNeed: (graphs, rule, batch) => {
      try {
        const needs = graphs.map((graph) => context.plansOf(graph, rule).memoryNeed(rule, batch));
        const sum = (of: keyof MemoryNeed) => needs.reduce((all, each) => all + each[of], 0);
        return { fixed: sum('fixed'), perImage: sum('perImage') };
      } catch (error) {
        throw refusalOf(error);
      }
    },
    memoryAtMost: (graphs, rule, batch) =>
      graphs.reduce((sum, graph) => sum + memoryAtMost(graph, rule, batch, machine), 0),
    createTrainer: async (graph, initial, rule, images, preparation) => {
      let trainer: CpuTrainer | null = null;
      try {
        trainer = new CpuTrainer(context, graph, initial, rule, images);
        if (preparation) await trainer.prepare(preparation);
        return trainer;
      } catch (error) {
        trainer?.dispose();
        throw refusalOf(error);
      }
    },
    threads: team.threads,
    forget: () => context.memories.clear(),
    dispose: () => team.dispose(),
  };
}

/** The engine on so many threads; on one where others cannot be started. @param page whose own thread the others give way to */
export async function startOnThreads(threads: number, page?: SharedArrayBuffer): Promise<CpuEngine> {
  // A page that may not compile WebAssembly finds out now, while another engine can be started.
  await WebAssembly.compile(new ModuleBuilder({ shared: false, least: 1, most: 1 }, []).finished());
  const team = threads > 1 ? await startTeam(threads, page).catch(() => alone) : alone;
  return createCpuEngine({ team });
}
