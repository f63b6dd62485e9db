/** Runs for tests: of the first network of a link. */
import { parseLink } from '../experiment/parseLink.ts';
import type { NetworkRun } from './runs.ts';
import type { EngineInfo } from './worker/protocol.ts';

export const testEngine: EngineInfo = {
  engine: 'tfjs',
  backend: 'wasm',
  device: { kind: 'cpu', simd: true, threads: 1 },
};

/** A finished run with these errors at its end. */
export function testRun(link: string, trainError = 0.3, changes: Partial<NetworkRun> = {}): NetworkRun {
  const { networks, training } = parseLink(`#v=1&${link}`).experiment;
  const { steps } = training;
  return {
    experiment: { networks: networks.slice(0, 1), training },
    engine: testEngine,
    steps,
    evaluations: [{ step: steps, trainError, testError: trainError + 0.1 }],
    divergedAt: null,
    isFinished: true,
    isRepeatable: true,
    ...changes,
  };
}

/** One that diverged. */
export function divergedRun(link: string, step: number): NetworkRun {
  return testRun(link, 0.9, { steps: step, evaluations: [], divergedAt: step });
}
