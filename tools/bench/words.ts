/** The words of the command `npm run bench`. */
import { bytes, number, plural } from '../../src/messages/format.ts';
import type { LongRun } from './longRun.ts';
import type { LongTask } from './longTasks.ts';
import type { MainThread } from './mainThread.ts';
import type { BenchCase } from './page/case.ts';
import type { CaseReport, Speed } from './page/result.ts';
import type { Responsiveness } from './responsiveness.ts';

/** Enough digits to tell two steps apart. */
function ms(value: number): string {
  return value < 100 ? value.toFixed(value < 10 ? 2 : 1) : number(Math.round(value));
}

/** The task that took longest on the clock, with its processor time. */
function longest(tasks: MainThread['long']): string {
  const [first] = tasks.toSorted((one, other) => other.ms - one.ms);
  return first ? `${number(first.ms)}, ${number(first.computed)}` : '–';
}

function orDash(value: number | null, write: (value: number) => string): string {
  return value === null ? '–' : write(value);
}

export const words = {
  modes: 'Choose one of --quick, --growth and --page.',
  pageOnly: (option: string) => `--page measures the page as it is, so --${option} cannot be used with it.`,
  fewDepths: '--growth fits a line through at least three depths; --network names fewer.',
  help: `Usage: npm run --silent bench -- [options]

Trains residual networks in a headless browser, on our engines and on other libraries in turn, and prints the medians of
their steps. All start from the same numbers and must find the same losses.

  --quick             ResNet-8, width 8, 28×28 only, and 3 steps of those that take longer than a second for one
  --growth            how one engine's time grows with depth, 8 to 110 layers
  --page              the page's own speed on the CPU, how fast it answers clicks meanwhile, and
                      what a run of 10,000 steps costs it, and a loss slice that grows beside it
  --only NAMES        webgpu, tfjs-webgpu, cpu, cpu-1 (one thread), tfjs-wasm, jax-js; default: all;
                      with --growth webgpu
  --network NAMES     resnet-8 … resnet-110; default: resnet-8,resnet-20,resnet-56
  --width NUMBERS     channels of the first stage; default: 8,16
  --size NUMBERS      side of the images, 14 or 28; default: both
  --steps N           steps that count, of each; default: 7
  --json              print one JSON object at the end; the tables go to standard error as they come
  --help              print this

Several names or numbers are written with commas between them. On a software GPU with two cores the whole bench takes
the better part of an hour.

Exit status: 0, or 2 with a sentence on standard error for bad input, or 1 if something else fails or losses differ.
`,
  adapter: (name: string | null) => (name === null ? 'No WebGPU adapter.' : `WebGPU adapter: ${name}`),
  caseTitle: ({ network, width, size, batch }: Omit<CaseReport, 'results'>) =>
    `${network}, width ${width}, ${size}×${size}, batch ${batch}`,
  columns: ['One training step', 'ms', 'ratio', 'dispatches', 'submits', 'CPU ↔ GPU', 'JavaScript (ms)'] as const,
  /** @param ratio of its time to the first row's */
  cells: (name: string, speed: Speed, ratio: number): string[] => [
    name,
    ms(speed.msPerStep),
    ratio.toFixed(2),
    orDash(speed.dispatches, number),
    orDash(speed.submits, number),
    orDash(speed.bytes, bytes),
    ms(speed.jsMs),
  ],
  failed: (name: string, reason: string) => `${name} did not run: ${reason}`,
  differ: (title: string, step: number, losses: Readonly<Record<string, number>>) =>
    `The losses of ${title} differ at step ${step}, so not all computed the same: ${Object.entries(losses)
      .map(([name, loss]) => `${name} ${loss.toPrecision(6)}`)
      .join(', ')}.`,
  growth: {
    title: (contender: string, { width, size, batch }: Omit<BenchCase, 'depth'>) =>
      `${contender}, residual networks, width ${width}, ${size}×${size}, batch ${batch}`,
    columns: ['Depth', 'ms', 'off the line'] as const,
    cells: (depth: number, msPerStep: number, deviation: number): string[] => [
      number(depth),
      ms(msPerStep),
      `${(100 * deviation).toFixed(1)}%`,
    ],
    off: (depth: number, deviation: number) =>
      `A step of ${number(depth)} layers is ${(100 * deviation).toFixed(1)}% off the line: either its time does not grow linearly, or other work came between.`,
    line: (msPerLayer: number, msAtZero: number) => `Line: ${ms(msAtZero)} ms + ${ms(msPerLayer)} ms for each layer`,
  },
  page: {
    steps: ['One training step on the CPU', 'ms', 'at most'] as const,
    answers: (page: Responsiveness): string[][] => [
      ['The page while it trains', 'median', 'worst'],
      ['Click to handler (ms)', number(page.inputDelay.median), number(page.inputDelay.worst)],
      ['Click to next picture (ms)', number(page.toNextPaint.median), number(page.toNextPaint.worst)],
      [
        plural(page.longTasks.count, { one: '# long task (ms)', other: '# long tasks (ms)' }),
        '',
        number(page.longTasks.worst),
      ],
    ],
    longRun: (run: LongRun): string[][] => {
      const views = Object.values(run.views);
      return [
        ['A long run: four networks of 56 layers', ...Object.keys(run.views)],
        ['Frames a second', ...views.map(({ framesPerSecond }) => number(framesPerSecond))],
        ['Processor time a frame (ms)', ...views.map(({ mainThread }) => ms(mainThread.perFrame))],
        ['The most that a task took (ms)', ...views.map(({ mainThread }) => number(mainThread.longest))],
        ['Tasks over 50 ms on the clock', ...views.map(({ mainThread }) => number(mainThread.long.length))],
        [
          'The longest of them (ms), and what it computed of that',
          ...views.map(({ mainThread }) => longest(mainThread.long)),
        ],
      ];
    },
    memory: (run: LongRun) => `Memory of the page with ${number(run.steps)} steps: ${bytes(run.memory)}`,
    slice: (run: LongRun) => `Points of the loss slice computed meanwhile: ${run.slice}`,
    /** @param view where it was */
    longTask: (view: string, { ms: all, sources }: LongTask) => {
      const parts = Object.entries(sources).map(([source, part]) => `${source} ${number(part)}`);
      return `${view}, a task of ${number(all)} ms: ${parts.join(', ') || 'not said by the browser'}`;
    },
  },
};
