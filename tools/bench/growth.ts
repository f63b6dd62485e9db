/** `npm run bench -- --growth`: how an engine's time grows with depth, all depths in turn: proportionally to the layers, if nothing is wrong. */
import { leastSquaresLine } from '../../src/records/summary.ts';
import { table } from '../lab/table.ts';
import type { BenchCase, ContenderName } from './cases.ts';
import { TURNS } from './engines.ts';
import { type Track, withTrack } from './entrants.ts';
import type { BenchOptions } from './options.ts';
import { race } from './race.ts';
import { type Finished, resultOf, type Say } from './result.ts';
import { words } from './words.ts';

interface Timing {
  readonly depth: number;
  readonly msPerStep: number;
}

interface GrowthPoint extends Timing {
  /** From the line, as a fraction of the line. */
  readonly deviation: number;
}

interface Growth {
  readonly msPerLayer: number;
  /** Where the line meets depth 0. */
  readonly msAtZero: number;
  readonly points: readonly GrowthPoint[];
}

/** The least-squares line through all timings, and how far each is off it; null for fewer than two depths. */
export function growthOf(timings: readonly Timing[]): Growth | null {
  const line = leastSquaresLine(timings.map(({ depth, msPerStep }) => [depth, msPerStep]));
  if (line === null) return null;
  const { slope, intercept } = line;
  const points = timings.map((timing) => ({
    ...timing,
    deviation: timing.msPerStep / (intercept + slope * timing.depth) - 1,
  }));
  return { msPerLayer: slope, msAtZero: intercept, points };
}

/** By how much a time may be off the line, as a fraction of the line. */
const MOST_OFF = 0.15;

/** The depths whose time is too far off the line. */
export function offTheLine({ points }: Growth): readonly GrowthPoint[] {
  return points.filter(({ deviation }) => Math.abs(deviation) > MOST_OFF);
}

/** Networks of one width, on images of one size, on one engine. */
interface Series extends Omit<BenchCase, 'depth'> {
  readonly contender: ContenderName;
}

/** @throws Error where the engine cannot train one of the depths */
async function measure(track: Track, series: Series, { depths, steps }: BenchOptions): Promise<Growth> {
  const { contender, ...size } = series;
  const outcomes = await race(
    depths.map((depth) => track.entrant(String(depth), contender, { depth, ...size })),
    { ...TURNS, steps, slow: null },
  );
  const timings = depths.map((depth) => {
    const result = resultOf(outcomes[depth] ?? { error: '' });
    if ('error' in result) throw new Error(words.failed(`${contender}, ${depth}`, result.error));
    return { depth, msPerStep: result.msPerStep };
  });
  const growth = growthOf(timings);
  if (!growth) throw new RangeError('a line through fewer than two depths');
  return growth;
}

function linesOf(series: Series, growth: Growth): string[] {
  const { title, columns, cells, line, off } = words.growth;
  const rows = growth.points.map(({ depth, msPerStep, deviation }) => cells(depth, msPerStep, deviation));
  return [
    title(series.contender, series),
    ...table([columns, ...rows]),
    line(growth.msPerLayer, growth.msAtZero),
    ...offTheLine(growth).map(({ depth, deviation }) => off(depth, deviation)),
    '',
  ];
}

export function benchGrowth(options: BenchOptions, say: Say): Promise<Finished> {
  const { contenders, cases, depths } = options;
  return withTrack(async (track) => {
    say([words.adapter(track.adapter), '']);
    const growth: (Series & Growth)[] = [];
    for (const contender of contenders) {
      // Of each width and size one, whatever its depth.
      for (const { depth: _, ...size } of cases.filter(({ depth }) => depth === depths[0])) {
        const series = { contender, ...size };
        const measured = await measure(track, series, options);
        growth.push({ ...series, ...measured });
        say(linesOf(series, measured));
      }
    }
    return { report: { adapter: track.adapter, growth } };
  });
}
