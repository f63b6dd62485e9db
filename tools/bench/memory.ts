/** `npm run bench -- --memory`: what the page, its workers and the engine's own memory hold together while it trains on, collected before each look. */
import { type BenchCase, type ContenderName, networkName } from './cases.ts';
import { type Track, withTrack } from './entrants.ts';
import type { BenchOptions } from './options.ts';
import type { Finished, Say } from './result.ts';
import { words } from './words.ts';

/** A look after the first step, when all is allocated, and so many more. */
const LOOKS = 10;

/** Without it a look waits until garbage is collected anyway. */
const COLLECT_AT_ONCE = '--enable-blink-features=ForceEagerMeasureMemory';

async function look({ open }: Track, contender: ContenderName, benchCase: BenchCase, steps: number, say: Say) {
  const tab = await open();
  await tab.call('start', contender, benchCase);
  const looks: { readonly step: number; readonly bytes: number }[] = [];
  const ends = Array.from({ length: LOOKS }, (_, i) => Math.ceil((steps * (i + 1)) / LOOKS));
  for (const step of new Set([1, ...ends])) {
    await tab.call('train', (looks.at(-1)?.step ?? 0) + 1, step);
    const bytes = await tab.call('memory');
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
        const network = networkName(benchCase);
        say([`${contender}, ${words.caseTitle({ network, ...benchCase })}`]);
        reports.push({ contender, network, ...benchCase, looks: await look(track, contender, benchCase, steps, say) });
      }
    }
    return { report: { cases: reports }, complaints: [] };
  };
  return withTrack(measure, [COLLECT_AT_ONCE]);
}
