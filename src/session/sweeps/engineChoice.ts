/**
 * The engine that a sweep's cells are loaded for. The results of one sweep are those of one engine: once an engine has
 * given way to another, because it refuses a cell or has lost its device too often, every cell is loaded for that one.
 * Else the two would take turns, each dropping what the other has trained.
 */
import { backends, type EngineRequest, engineNames } from '../../engine/choose.ts';
import type { EngineInfo } from '../worker/protocol.ts';

/** The request that starts an engine again. */
function requestOf({ engine, backend }: EngineInfo): EngineRequest {
  const isPortable = engine === 'tfjs';
  return {
    engine: engineNames.find((name) => name === engine) ?? null,
    backend: (isPortable && backends.find((name) => name === backend)) || null,
  };
}

/** For instance "tfjs wasm". */
export function engineName({ engine, backend }: EngineInfo): string {
  return engine === backend ? engine : `${engine} ${backend}`;
}

export function sameEngine(one: EngineInfo | null, other: EngineInfo | null): boolean {
  const text = (info: EngineInfo | null) => JSON.stringify(info && [info.engine, info.backend, info.device]);
  return text(one) === text(other);
}

export class EngineChoice {
  private chosen: EngineRequest;
  private running: EngineInfo | null = null;

  /** @param wanted for cells, as long as it trains them all */
  constructor(readonly wanted: EngineRequest) {
    this.chosen = wanted;
  }

  /** What to load the next cell for. */
  get request(): EngineRequest {
    return this.chosen;
  }

  /**
   * Follows what the worker has started.
   *
   * @returns the engine that gave way to it, or null
   */
  started(engine: EngineInfo): EngineInfo | null {
    const before = this.running;
    this.running = engine;
    if (before === null || sameEngine(before, engine)) return null;
    this.chosen = requestOf(engine);
    return before;
  }

  /** For another sweep: the engine that was wanted may train all of that one. */
  reset(): void {
    if (this.chosen === this.wanted) return;
    this.chosen = this.wanted;
    this.running = null;
  }
}
