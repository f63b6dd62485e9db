/** What Python programs are made of, which is downloaded when one is first asked for. */
import { fetchManifest } from '../data/dataName.ts';
import { ProblemError } from '../experiment/problem.ts';
import { failure, type Result, success } from '../experiment/result.ts';
import { pageDataUrl } from '../session/worker/client.ts';
import type { DataFiles, PythonSources } from './reproduction.ts';

export interface ProgramParts {
  readonly sources: PythonSources;
  readonly files: DataFiles;
}

let loaded: Promise<Result<ProgramParts>> | null = null;

async function load(): Promise<Result<ProgramParts>> {
  const place = pageDataUrl();
  try {
    const [{ pythonSources }, manifest] = await Promise.all([import('./pythonSources.ts'), fetchManifest(place)]);
    return success({ sources: pythonSources, files: { manifest, place } });
  } catch (error) {
    loaded = null;
    if (error instanceof ProblemError) return failure(error.problem);
    throw error;
  }
}

/** Says why the data set's table of contents cannot be loaded; then the next call tries again. */
export function programParts(): Promise<Result<ProgramParts>> {
  loaded ??= load();
  return loaded;
}
