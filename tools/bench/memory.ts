/** `npm run bench -- --memory`: what the page, its workers and the engine's own memory hold together while it trains on, collected before each look. */
import { table } from '../lab/table.ts';
import { networkName } from './cases.ts';
import { withTrack } from './entrants.ts';
import type { BenchOptions } from './options.ts';
import type { Finished, Say } from './result.ts';
import { words } from './words.ts';

/** A look at the first step, where all is allocated, and so many more. */
const LOOKS = 10;

/** Without it a look waits until garbage is collected anyway. */
const COLLECT_AT_ONCE = '--enable-blink-features=ForceEagerMeasureMemory';

interface Look {
  readonly step: number;
  readonly bytes: number;
}

export function benchMemory({ contenders, cases, steps }: BenchOptions, say: Say): Promise<Finished> {
  return withTrack(
    async ({ open }) => {
      const reports: object[] = [];
      for (const contender of contenders) {
        for (const benchCase of cases) {
          const tab = await open();
          await tab.call('start', contender, benchCase);
          const looks: Look[] = [];
          for (let step = 1; step <= steps; step++) {
            await tab.call('step', step);
            if (step > 1 && step % Math.ceil(steps / LOOKS) !== 0) continue;
            looks.push({ step, bytes: await tab.call('memory') });
          }
          tab.close();
          reports.push({ contender, network: networkName(benchCase), ...benchCase, looks });
          const { title, columns, cells } = words.memory;
          const rows = looks.map(({ step, bytes }) => cells(step, bytes));
          say([
            title(contender, words.caseTitle({ network: networkName(benchCase), ...benchCase })),
            ...table([columns, ...rows]),
            '',
          ]);
        }
      }
      return { report: { cases: reports }, complaints: [] };
    },
    [COLLECT_AT_ONCE],
  );
}
