/** The words of the command `npm run bench`. */
import { bytes, number, plural } from '../../src/messages/format.ts';
import type { BenchCase } from './cases.ts';
import type { LongRun } from './longRun.ts';
import type { MainThread } from './mainThread.ts';
import type { FirstVisit, Responsiveness } from './responsiveness.ts';
import type { CaseReport, Speed } from './result.ts';

interface Load {
  /** Milliseconds until a question is answered, and what one answer in twenty takes longer than. */
  readonly median: number;
  readonly worst20th: number;
  /** Bytes. */
  readonly memory: number;
  /** Share of a core. */
  readonly cpu: number;
}

interface ClassReport {
  readonly members: number;
  readonly classes: number;
  /** Bytes that the server takes before anybody is there. */
  readonly empty: number;
  readonly idle: Load;
  readonly publishing: Load;
}

/** Enough digits to tell two steps apart. */
function ms(value: number): string {
  return value < 100 ? value.toFixed(value < 10 ? 2 : 1) : number(Math.round(value));
}

const LONGEST = 'The longest of them (ms), and what it computed of that';

/** What tasks of the main thread took. @param threads a column each */
function tasks(threads: readonly MainThread[]): string[][] {
  return [
    ['The most that a task computed (ms)', ...threads.map((thread) => number(thread.longest))],
    ['Tasks over 50 ms on the clock', ...threads.map(({ long }) => number(long.length))],
    [LONGEST, ...threads.map(({ long }) => longest(long))],
  ];
}

/** Visits to the end of their run. */
function toTheEnd(what: string, { toEnd, mainThreads }: FirstVisit['unhurried']): string[][] {
  const all = mainThreads.flatMap(({ long }) => long);
  return [
    [what, number(toEnd), number(5000)],
    [`Tasks over 50 ms on the clock, in ${number(mainThreads.length)} such visits`, number(all.length), number(0)],
    ...(all.length > 0 ? [[LONGEST, longest(all), '']] : []),
  ];
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
  modes: 'Choose one of --quick, --cpu, --growth, --kernels, --memory, --page and --class.',
  /** @param mode that measures one thing as it is */
  alone: (mode: string, option: string) =>
    `--${mode} measures one thing as it is, so --${option} cannot be used with it.`,
  fewDepths: '--growth fits a line through at least three depths; --network names fewer.',
  help: `Usage: npm run --silent bench -- [options]

Trains residual networks in a headless browser, on our engines and on other libraries in turn, and prints the medians of
their steps. All start from the same numbers and must find the same losses.

  --quick             ResNet-8, width 8, 28×28 only, and 3 steps of those that take longer than a second for one
  --cpu               on processors alone: our engine with all threads and with one (cpu, cpu-1), TensorFlow.js and
                      jax-js on WebAssembly, and PyTorch where a Python here can import torch; ResNet-8 and -20 at
                      width 8, -56 at width 8 with 64 images of 14×14, and -20 at width 16
  --kernels           how fast each kernel of our engines is, by shape: on one thread, and on the GPU
  --growth            how one engine's time grows with depth, 8 to 110 layers
  --memory            what a page holds while it trains ResNet-8 for 10,000 steps on our engine for processors
  --page              the page's own speed on the CPU, a first visit from its address to the end of the run,
                      how fast the page answers clicks meanwhile, what a run of 10,000 steps costs it, a loss slice that grows
                      beside it, and what an embed downloads before it is run
  --class             what 2,000 members in 50 classes cost a server of classes, idle and telling once a second how far they are
  --only NAMES        webgpu, webgpu-4 (a step of four networks side by side), webgpu-4-turns (by turns), tfjs-webgpu, jax-js,
                      cpu, cpu-1 (one thread), cpu-2 (two networks side by side), cpu-2-turns, tfjs-wasm, jax-js-wasm, torch;
                      default: webgpu, tfjs-webgpu, jax-js, cpu, cpu-1, tfjs-wasm; with --growth webgpu, with --kernels cpu,webgpu
  --network NAMES     resnet-8 … resnet-110; default: resnet-8,resnet-20,resnet-56
  --width NUMBERS     channels of the first stage; default: 8,16
  --size NUMBERS      side of the images, 14 or 28; default: both
  --steps N           steps that count, of each; default: 7, with --cpu 21, with --memory 10,000
  --json              print one JSON object at the end; the tables go to standard error as they come
  --help              print this

Several names or numbers are written with commas between them. On a software GPU with two cores the whole bench takes
the better part of an hour.

Exit status: 0, or 2 with a sentence on standard error for bad input, or 1 if something else fails or losses differ.
`,
  classes: ({ members, classes, empty, idle, publishing }: ClassReport): string[] => [
    `${number(members)} members in ${number(classes)} classes; the server alone takes ${bytes(empty)}.`,
    ...[
      { what: 'Idle', at: idle },
      { what: 'Each telling once a second how far it is', at: publishing },
    ].map(
      ({ what, at }) =>
        `${what}: ${bytes(at.memory)}, ${Math.round(100 * at.cpu)}% of a core; an answer takes ${ms(at.median)} ms, 1 in 20 more than ${ms(at.worst20th)} ms.`,
    ),
  ],
  membersLost: (count: number) => `${plural(count, { one: '# member', other: '# members' })} lost the connection.`,
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
    orDash(speed.jsMs, ms),
  ],
  memory: (step: number, held: number) => `after step ${number(step)}: ${bytes(held)}`,
  noTorch:
    'PyTorch is left out: no Python here can import torch (on Debian or Ubuntu `apt-get install python3-torch`).',
  machine: (cpu: string, cores: number) => `${plural(cores, { one: '# processor', other: '# processors' })}: ${cpu}`,
  /** @param ratio to the first contender's time; null for that one */
  summaryCell: (msPerStep: number, ratio: number | null) =>
    ratio === null ? `${ms(msPerStep)} ms` : `${ms(msPerStep)} ms (${ratio.toFixed(2)})`,
  failed: (name: string, reason: string) => `${name} did not run: ${reason}`,
  differ: (title: string, step: number, losses: Readonly<Record<string, number>>) =>
    `The losses of ${title} differ at step ${step}, so not all computed the same: ${Object.entries(losses)
      .map(([name, loss]) => `${name} ${loss.toPrecision(6)}`)
      .join(', ')}.`,
  kernels: {
    title: (engine: string, title: string, all: number) =>
      `${engine}, ${title}: kernels of a step, ${ms(all)} ms together`,
    columns: ['Kernel', 'calls', 'ms', 'share', 'GFLOP/s', 'GB/s'] as const,
    /** @param share of the time of all kernels */
    cells: (
      kernel: string,
      {
        calls,
        ms: all,
        share,
        gflops,
        gigabytes,
      }: Record<'calls' | 'ms' | 'share', number> & Record<'gflops' | 'gigabytes', number | null>,
    ): string[] => [
      kernel,
      number(calls),
      all.toFixed(3),
      `${(100 * share).toFixed(1)}%`,
      orDash(gflops, (value) => value.toFixed(1)),
      orDash(gigabytes, (value) => value.toFixed(1)),
    ],
  },
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
    visit: (first: FirstVisit): string[][] => [
      ['A first visit: plain 38 against residual 38, 100 steps', 'measured', 'at most'],
      ['Bytes before the first picture, compressed (kB)', number(Math.round(first.bytes / 1000)), number(200)],
      ['From the address to the bars of the untrained networks (ms)', number(first.toBars), number(3000)],
      ['From the address to Play (ms)', number(first.hurried.toPlay), ''],
      ['Play pressed at once: to the first step on view (ms)', number(first.hurried.toFirstStep), number(1000)],
      ...toTheEnd('The same, and clicked about: to the end, evaluations included (ms)', first.hurried),
      [
        `Click to handler, worst of ${number(first.hurried.clicks)} (ms)`,
        number(first.hurried.inputDelay.worst),
        number(50),
      ],
      ['Click to next picture, median (ms)', number(first.hurried.toNextPaint.median), ''],
      ...toTheEnd('Play pressed once the page is all there, and left alone: to the end (ms)', first.unhurried),
    ],
    embed: (found: number, most: number) =>
      `An embed before anybody runs it: ${bytes(found)}, compressed; at most ${bytes(most)}`,
    answers: (page: Responsiveness): string[][] => [
      ['The page while it trains', 'median', 'worst'],
      ['Click to handler (ms)', number(page.inputDelay.median), number(page.inputDelay.worst)],
      ['Click to next picture (ms)', number(page.toNextPaint.median), number(page.toNextPaint.worst)],
      ...tasks([page.mainThread]).map(([what = '', figure = '']) => [what, '', figure]),
    ],
    longRun: (run: LongRun): string[][] => {
      const views = Object.values(run.views);
      return [
        ['A long run: four networks of 56 layers', ...Object.keys(run.views)],
        ['Frames a second', ...views.map(({ framesPerSecond }) => number(framesPerSecond))],
        ['Processor time a frame (ms)', ...views.map(({ perFrame }) => ms(perFrame))],
        ...tasks(views.map(({ mainThread }) => mainThread)),
      ];
    },
    memory: (run: LongRun) => `Memory of the page with ${number(run.steps)} steps: ${bytes(run.memory)}`,
    slice: (run: LongRun) => `Points of the loss slice computed meanwhile: ${run.slice}`,
  },
};
