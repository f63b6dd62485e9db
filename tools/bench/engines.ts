/** `npm run bench`: our engines and other libraries, step by step in turn. */

import { table } from '../lab/table.ts';
import { withBench } from './browserBench.ts';
import type { Finished, Say } from './finished.ts';
import type { BenchOptions } from './options.ts';
import { disagreement } from './page/agreement.ts';
import { type BenchCase, benchCases } from './page/case.ts';
import type { BenchPage } from './page/main.ts';
import type { Outcome } from './page/race/race.ts';
import { type CaseReport, caseReport, type Speed } from './page/result.ts';
import { words } from './words.ts';

/** Steps that are not counted: the first compiles, the second still fills caches. */
export const WARM_UP = 2;
/** How many steps a quick bench counts of those that take longer than a second. */
const QUICK = { ms: 1000, steps: 3 };
/** Longer steps have no other before them: they take the machine long enough to make little of empty caches. */
export const MOST_RUN_UP_MS = 5000;

/** What was measured of a case, for people; times are compared with the first contender that ran. */
function linesOf(report: CaseReport): string[] {
  const { caseTitle, columns, cells, failed } = words;
  const entries = Object.entries(report.results);
  const ran = entries.filter((entry): entry is [string, Speed] => !('error' in entry[1]));
  const first = ran[0]?.[1].msPerStep ?? Number.NaN;
  const rows = ran.map(([name, speed]) => cells(name, speed, speed.msPerStep / first));
  const failures = entries.flatMap(([name, result]) => ('error' in result ? [failed(name, result.error)] : []));
  return [caseTitle(report), ...(rows.length > 0 ? table([columns, ...rows]) : []), ...failures, ''];
}

/** One case. A page that crashes takes its contenders with it, but not the cases that follow. */
async function race(bench: BenchPage, benchCase: BenchCase, options: BenchOptions): Promise<Record<string, Outcome>> {
  const { mode, contenders, steps } = options;
  const entries = contenders.map((contender) => ({ key: contender, contender, benchCase }));
  const slow = mode === 'quick' && steps > QUICK.steps ? QUICK : null;
  try {
    return await bench.race(entries, { warmUp: WARM_UP, steps, slow, mostRunUpMs: MOST_RUN_UP_MS });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return Object.fromEntries(contenders.map((contender) => [contender, { error: reason }]));
  }
}

export function benchEngines(options: BenchOptions, say: Say): Promise<Finished> {
  return withBench(async (bench) => {
    const adapter = await bench.adapter();
    say([words.adapter(adapter), '']);
    const cases: CaseReport[] = [];
    const complaints: string[] = [];
    for (const benchCase of benchCases(options.depths, options.widths, options.sizes)) {
      const outcomes = await race(bench, benchCase, options);
      const report = caseReport(benchCase, outcomes);
      const differ = disagreement(outcomes);
      cases.push(report);
      say(linesOf(report));
      if (differ) complaints.push(words.differ(words.caseTitle(report), differ.step, differ.losses));
    }
    return { report: { adapter, cases }, complaints };
  });
}
