/** `npm run bench`: our engines and other libraries, step by step in turn. */
import { cpus } from 'node:os';
import { table } from '../lab/table.ts';
import { disagreement } from './agreement.ts';
import { withTrack } from './entrants.ts';
import type { BenchOptions } from './options.ts';
import { race } from './race.ts';
import { type CaseReport, caseReport, type Finished, type Say, type Speed } from './result.ts';
import { words } from './words.ts';

/** How many steps a quick bench, and one of processors, counts of those that take longer than a second. */
const SLOW = { ms: 1000, steps: 3 };
/** How entrants take turns. The first step compiles, the second still fills caches; long steps make little of empty ones. */
export const TURNS = { warmUp: 2, runUpMs: 150, mostRunUpMs: 5000, restMs: 50 } as const;

/** The contenders of a case that ran, in order, and what kept the others from it. */
function outcomesOf({ results }: CaseReport) {
  const entries = Object.entries(results);
  return {
    ran: entries.filter((entry): entry is [string, Speed] => !('error' in entry[1])),
    failures: entries.flatMap(([name, result]) => ('error' in result ? [words.failed(name, result.error)] : [])),
  };
}

/** What was measured of a case, for people; times are compared with the first contender that ran. */
function linesOf(report: CaseReport): string[] {
  const { ran, failures } = outcomesOf(report);
  const first = ran[0]?.[1].msPerStep ?? Number.NaN;
  const rows = ran.map(([name, speed]) => words.cells(name, speed, speed.msPerStep / first));
  return [words.caseTitle(report), ...(rows.length > 0 ? table([words.columns, ...rows]) : []), ...failures, ''];
}

/** All cases as a table in Markdown, a row each: milliseconds, and of all but the first contender how many times as long they take. */
export function summaryOf(cases: readonly CaseReport[]): string[] {
  const names = [...new Set(cases.flatMap((each) => Object.keys(each.results)))];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = cases.map((each) => {
    const speeds = new Map(outcomesOf(each).ran);
    const first = speeds.get(names[0] ?? '')?.msPerStep ?? Number.NaN;
    const cells = names.map((name, i) => {
      const msPerStep = speeds.get(name)?.msPerStep;
      return msPerStep === undefined ? '–' : words.summaryCell(msPerStep, i === 0 ? null : msPerStep / first);
    });
    return row([words.caseTitle(each), ...cells]);
  });
  return [row(['', ...names.map((name) => `\`${name}\``)]), row(['---', ...names.map(() => '---')]), ...rows];
}

export function benchEngines({ mode, contenders, cases, steps }: BenchOptions, say: Say): Promise<Finished> {
  return withTrack(async ({ adapter, hasTorch, entrant }) => {
    const names = contenders.filter((name) => hasTorch || name !== 'torch');
    const remarks = names.length < contenders.length ? [words.noTorch] : [];
    const machine = { adapter, cpu: cpus()[0]?.model ?? '', cores: cpus().length };
    say([mode === 'cpu' ? words.machine(machine.cpu, machine.cores) : words.adapter(adapter), ...remarks, '']);
    const reports: CaseReport[] = [];
    const complaints: string[] = [];
    const plan = { ...TURNS, steps, slow: mode === 'engines' || steps <= SLOW.steps ? null : SLOW };
    for (const benchCase of cases) {
      const entrants = names.map((name) => entrant(name, name, benchCase));
      const outcomes = await race(entrants, plan);
      const report = caseReport(benchCase, outcomes);
      const differ = disagreement(outcomes);
      reports.push(report);
      say(linesOf(report));
      if (differ) complaints.push(words.differ(words.caseTitle(report), differ.step, differ.losses));
    }
    if (mode === 'cpu') say(summaryOf(reports));
    return { report: { ...machine, remarks, cases: reports }, complaints };
  });
}
