/** The page of the bench: `tools/bench.ts` opens it in a browser and calls what it puts into `window.bench`. */
import { adapterName, infoOf, requestAdapter } from '../../../src/engine/gpu.ts';
import type { BenchCase, ContenderName } from './case.ts';
import { type Outcome, type Plan, race } from './race/race.ts';
import { workerEntrant } from './race/workerEntrant.ts';

export interface Entry {
  /** Its name in the outcomes. */
  readonly key: string;
  readonly contender: ContenderName;
  readonly benchCase: BenchCase;
}

export interface BenchPage {
  /** What the browser says about the GPU that WebGPU gives out; null where it gives out none. */
  adapter(): Promise<string | null>;
  race(entries: readonly Entry[], plan: Plan): Promise<Record<string, Outcome>>;
}

const bench: BenchPage = {
  async adapter() {
    const adapter = await requestAdapter();
    return adapter ? adapterName(infoOf(adapter)) : null;
  },
  race: (entries, plan) =>
    race(
      entries.map(({ key, contender, benchCase }) => workerEntrant(key, contender, benchCase)),
      plan,
    ),
};

Object.assign(window, { bench });
