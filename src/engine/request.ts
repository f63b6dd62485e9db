import { type Problem, problem } from '../experiment/problem.ts';
import { shorten } from '../experiment/settings.ts';
import { backends, type EngineRequest, engineNames } from './choose.ts';

export interface ReadRequest {
  readonly request: EngineRequest;
  /** What the address asks for and does not exist. */
  readonly problems: readonly Problem[];
}

/** The engine that an address asks for, for instance by `?engine=tfjs&backend=cpu`. */
export function readEngineRequest(search: string): ReadRequest {
  const query = new URLSearchParams(search);
  const problems: Problem[] = [];
  const read = <T extends string>(key: string, names: readonly T[]): T | null => {
    const value = query.get(key);
    const found = names.find((name) => name === value);
    if (found !== undefined || value === null) return found ?? null;
    problems.push(problem('app.noSuchEngine', { key, value: shorten(value), choices: names.join(', ') }));
    return null;
  };
  return { request: { engine: read('engine', engineNames), backend: read('backend', backends) }, problems };
}
