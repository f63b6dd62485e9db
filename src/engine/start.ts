/**
 * Starts an engine. Engines are imported when they are needed, so that the page paints before any
 * of them has been downloaded.
 */
import { type Problem, ProblemError, problem } from '../experiment/problem.ts';
import type { Candidate } from './choose.ts';
import type { Engine } from './engine.ts';

export type EngineStarter = (candidate: Candidate) => Promise<Engine>;

/** Downloads and starts one engine. Rejects if it cannot run here. */
export const startCandidate: EngineStarter = async (candidate) => {
  switch (candidate.engine) {
    case 'webgpu':
      return (await import('./webgpu/engine.ts')).createWebGpuEngine();
    case 'reference':
      return (await import('./reference/engine.ts')).createReferenceEngine();
    case 'tfjs':
      return (await import('./tfjs/engine.ts')).createTfjsEngine(candidate.backend);
  }
};

function nameOf(candidate: Candidate): string {
  return candidate.engine === 'tfjs' ? `tfjs ${candidate.backend}` : candidate.engine;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * The first of the candidates that starts.
 *
 * @returns the engine, and a problem for each candidate that failed before it
 * @throws ProblemError `engine.none` if none of them starts
 */
export async function startFirst(
  candidates: readonly Candidate[],
  start: EngineStarter,
): Promise<{ engine: Engine; skipped: readonly Problem[] }> {
  const skipped: Problem[] = [];
  for (const candidate of candidates) {
    try {
      return { engine: await start(candidate), skipped };
    } catch (error) {
      skipped.push(problem('engine.failedToStart', { engine: nameOf(candidate), reason: reasonOf(error) }));
    }
  }
  throw new ProblemError(problem('engine.none', { reason: String(skipped.at(-1)?.values.reason ?? '') }));
}
