/**
 * Starts an engine. Engines are imported when they are needed, so that the page paints before any
 * of them has been downloaded.
 */
import { type Problem, ProblemError, problem, reasonOf } from '../experiment/problem.ts';
import { type Candidate, needsWebGpu } from './choose.ts';
import type { Engine } from './engine.ts';
import { NoGpuDevice } from './gpu.ts';

export type EngineStarter = (candidate: Candidate) => Promise<Engine>;

/** Downloads and starts one engine. Rejects if it cannot run here. @param page memory that says while the page's own thread is at work */
export async function startCandidate(candidate: Candidate, page?: SharedArrayBuffer): Promise<Engine> {
  switch (candidate.engine) {
    case 'webgpu':
      return (await import('./webgpu/engine.ts')).createWebGpuEngine();
    case 'cpu':
      return (await import('./cpu/start.ts')).startCpuEngine({ page });
    case 'reference':
      return (await import('./reference/engine.ts')).createReferenceEngine();
    case 'tfjs':
      return (await import('./tfjs/engine.ts')).createTfjsEngine(candidate.backend, candidate.threads);
  }
}

function nameOf(candidate: Candidate): string {
  if (candidate.engine !== 'tfjs') return candidate.engine;
  return `tfjs ${candidate.backend}${candidate.threads ? ' with threads' : ''}`;
}

/**
 * The first of the candidates that starts. Where one finds no GPU device, none other asks for one.
 *
 * @returns the engine, and a problem for each candidate that failed before it
 * @throws ProblemError `engine.none` if none of them starts
 */
export async function startFirst(
  candidates: Iterable<Candidate>,
  start: EngineStarter,
): Promise<{ engine: Engine; skipped: readonly Problem[] }> {
  const skipped: Problem<'engine.failedToStart'>[] = [];
  let hasGpu = true;
  for (const candidate of candidates) {
    if (!hasGpu && needsWebGpu(candidate)) continue;
    try {
      return { engine: await start(candidate), skipped };
    } catch (error) {
      if (error instanceof NoGpuDevice) hasGpu = false;
      skipped.push(problem('engine.failedToStart', { engine: nameOf(candidate), reason: reasonOf(error) }));
    }
  }
  throw new ProblemError(problem('engine.none', { reason: skipped.at(-1)?.values.reason ?? '' }));
}
