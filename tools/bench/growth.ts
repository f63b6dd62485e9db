/** `npm run bench -- --growth`: one engine over depth, all depths in turn. */

import type { ImageSize } from '../../src/experiment/experiment.ts';
import { table } from '../lab/table.ts';
import { withBench } from './browserBench.ts';
import { MOST_RUN_UP_MS, WARM_UP } from './engines.ts';
import type { Finished, Say } from './finished.ts';
import type { BenchOptions } from './options.ts';
import { BATCH, type ContenderName } from './page/case.ts';
import { type Growth, growthOf, offTheLine } from './page/growth.ts';
import type { BenchPage } from './page/main.ts';
import { resultOf } from './page/result.ts';
import { words } from './words.ts';

interface Series {
  readonly contender: ContenderName;
  readonly width: number;
  readonly size: ImageSize;
}

function seriesOf({ contenders, widths, sizes }: BenchOptions): Series[] {
  return contenders.flatMap((contender) =>
    widths.flatMap((width) => sizes.map((size) => ({ contender, width, size }))),
  );
}

/** @throws Error where the engine cannot train one of the depths */
async function measure(bench: BenchPage, { contender, width, size }: Series, options: BenchOptions): Promise<Growth> {
  const { depths, steps } = options;
  const outcomes = await bench.race(
    depths.map((depth) => ({ key: String(depth), contender, benchCase: { depth, width, size, batch: BATCH } })),
    { warmUp: WARM_UP, steps, slow: null, mostRunUpMs: MOST_RUN_UP_MS },
  );
  const timings = depths.map((depth) => {
    const outcome = outcomes[depth] ?? { error: '' };
    const result = resultOf(outcome);
    if ('error' in result) throw new Error(words.failed(`${contender}, ${depth}`, result.error));
    return { depth, msPerStep: result.msPerStep };
  });
  const growth = growthOf(timings);
  if (!growth) throw new RangeError('a line through fewer than two depths');
  return growth;
}

function linesOf(series: Series, growth: Growth): string[] {
  const { title, columns, cells, line, off } = words.growth;
  const { msPerLayer, msAtZero, points } = growth;
  const rows = points.map(({ depth, msPerStep, deviation }) => cells(depth, msPerStep, deviation));
  return [
    title(series.contender, { ...series, batch: BATCH }),
    ...table([columns, ...rows]),
    line(msPerLayer, msAtZero),
    ...offTheLine(growth).map(({ depth, deviation }) => off(depth, deviation)),
    '',
  ];
}

export function benchGrowth(options: BenchOptions, say: Say): Promise<Finished> {
  return withBench(async (bench) => {
    const adapter = await bench.adapter();
    say([words.adapter(adapter), '']);
    const growth: (Series & Growth)[] = [];
    for (const series of seriesOf(options)) {
      const measured = await measure(bench, series, options);
      growth.push({ ...series, ...measured });
      say(linesOf(series, measured));
    }
    return { report: { adapter, growth }, complaints: [] };
  });
}
