/** `npm run bench -- --kernels`: how fast each kernel of our engines is, by shape. */
import { table } from '../lab/table.ts';
import { type BenchCase, named } from './cases.ts';
import { withTrack } from './entrants.ts';
import type { BenchOptions } from './options.ts';
import type { KernelTime } from './page/kernels.ts';
import type { Finished, Say } from './result.ts';
import { words } from './words.ts';

/** Per second, in units of a thousand millions; null where nothing was counted. */
function rate(amount: number | null, ms: number): number | null {
  return amount === null || ms <= 0 ? null : amount / ms / 1e6;
}

function linesOf(engine: string, benchCase: BenchCase, kernels: readonly KernelTime[]): string[] {
  const total = kernels.reduce((sum, { ms }) => sum + ms, 0);
  const rows = kernels.map(({ kernel, calls, ms, flops, bytes }) =>
    words.kernels.cells(kernel, { calls, ms, share: ms / total, gflops: rate(flops, ms), gigabytes: rate(bytes, ms) }),
  );
  return [
    words.kernels.title(engine, words.caseTitle(named(benchCase)), total),
    ...table([words.kernels.columns, ...rows]),
    '',
  ];
}

export function benchKernels({ contenders, cases }: BenchOptions, say: Say): Promise<Finished> {
  return withTrack(async ({ adapter, open }) => {
    say([words.adapter(adapter), '']);
    const reports: object[] = [];
    for (const benchCase of cases) {
      for (const engine of ['cpu', 'webgpu'] as const) {
        if (!contenders.includes(engine) || (engine === 'webgpu' && adapter === null)) continue;
        const tab = await open();
        const measured = await tab.call('kernels', engine, benchCase);
        tab.close();
        const kernels = measured.toSorted((one, other) => other.ms - one.ms);
        reports.push({ engine, ...named(benchCase), kernels });
        say(linesOf(engine, benchCase, kernels));
      }
    }
    return { report: { adapter, cases: reports } };
  });
}
