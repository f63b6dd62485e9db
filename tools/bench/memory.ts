/** `npm run bench -- --memory`: what the page, its workers and the engine's own memory hold together while it trains on, collected before each look. */

import { COLLECT_AT_ONCE } from '../labPage.ts';
import { type BenchCase, type ContenderName, named } from './cases.ts';
import { type Track, withTrack } from './entrants.ts';
import type { BenchOptions } from './options.ts';
import type { Finished, Say } from './result.ts';
import { words } from './words.ts';

/** A look after the first step, when all is allocated, and so many more. */
const LOOKS = 10;

async function look({ open }: Track, contender: ContenderName, benchCase: BenchCase, steps: number, say: Say) {
  const tab = await open();
  await tab.call('start', contender, benchCase);
  const looks: { readonly step: number; readonly bytes: number }[] = [];
  const ends = Array.from({ length: LOOKS }, (_, i) => Math.ceil((steps * (i + 1)) / LOOKS));
  for (const step of new Set([1, ...ends])) {
    await tab.call('train', (looks.at(-1)?.step ?? 0) + 1, step);
    const bytes = await tab.memory();
    looks.push({ step, bytes });
    say([words.memory(step, bytes)]);
  }
  tab.close();
  return looks;
}

export function benchMemory({ contenders, cases, steps }: BenchOptions, say: Say): Promise<Finished> {
  const measure = async (track: Track): Promise<Finished> => {
    const reports: object[] = [];
    for (const contender of contenders) {
      for (const benchCase of cases) {
        say([`${contender}, ${words.caseTitle(named(benchCase))}`]);
        const looks = await look(track, contender, benchCase, steps, say);
        reports.push({ contender, ...named(benchCase), looks });
      }
    }
    return { report: { cases: reports } };
  };
  return withTrack(measure, [COLLECT_AT_ONCE]);
}
