/** He et al.'s ResNet-20 on CIFAR-10, here and in PyTorch: `npm run --silent paper -- --help` says what it does. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openAsBlob, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { describeSet } from '../src/data/ownSet.ts';
import { type DataRef, imagesFile } from '../src/experiment/dataRef.ts';
import type { Experiment } from '../src/experiment/experiment.ts';
import { paperExperiment, paperNetwork } from '../src/experiment/paper.ts';
import { evaluationsAfter } from '../src/experiment/schedule.ts';
import { reproduction } from '../src/export/reproduction.ts';
import { median } from '../src/records/summary.ts';
import { BadInput, readArguments, runCommand, wholeNumberOf } from './commandLine.ts';
import { runInBrowser } from './lab/browserLab.ts';
import { trainInDouble } from './paper/doublePrecision.ts';
import { words } from './paper/words.ts';
import { installedPythonWithTorch, noPyTorch } from './python.ts';
import { pythonSources, shippedData } from './pythonSources.ts';

const LAYERS = 20;
/** Steps in which the losses of both must agree in double precision, and how far they may be apart. */
const COMPARED = 20;
const TOLERANCE = 1e-3;
/** Steps whose mean is a point of the curve. */
const POINT = 20;

interface Step {
  readonly type: string;
  readonly step: number;
  readonly loss: number;
}

/** The preset's residual network alone, and as many test images as the page usually takes: the evaluation is not what is compared. */
function experimentOn(data?: DataRef): Experiment {
  const { training } = paperExperiment(LAYERS, data);
  return { networks: [paperNetwork('residual', LAYERS)], training: { ...training, test: 1000 } };
}

/** The first so many steps of the page's engine for processors, on the images of a file, which are saved as the page has read them. */
async function trainHere(file: string, steps: number, folder: string) {
  const losses: number[] = [];
  const times: number[] = [];
  let data: DataRef | null = null;
  let stop: () => void = () => {};
  const stopped = new Promise<void>((end) => {
    stop = end;
  });
  let before = performance.now();
  await runInBrowser({
    experiment: experimentOn(),
    data: [file],
    saved: folder,
    engine: { engine: 'cpu', backend: null },
    examinations: { kinds: [], untrained: false },
    stopped,
    async onLines(lines) {
      const records = lines.map((line) => JSON.parse(line));
      const name = records.find(({ type }) => type === 'dataName');
      if (name) {
        const { type: _, ...ref } = name;
        data = ref;
      }
      const made = records.filter((record: Step) => record.type === 'step');
      const now = performance.now();
      if (made.length > 0) times.push((now - before) / made.length);
      before = now;
      losses.push(...made.map(({ loss }: Step) => loss));
      if (losses.length >= steps) stop();
    },
  });
  if (!data) throw new Error(words.noData);
  return { losses: losses.slice(0, steps), msPerStep: median(times) ?? 0, data: data as DataRef };
}

/** The losses of the first so many steps by PyTorch. */
async function trainInPyTorch(
  python: string,
  program: string,
  folder: string,
  dtype: 'float32' | 'float64',
  steps: number,
): Promise<number[]> {
  const file = join(folder, 'reproduce.py');
  writeFileSync(file, program);
  const child = spawn(python, [file, '--data', folder, '--device', 'cpu', '--dtype', dtype], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const losses: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    const record: Step = JSON.parse(line);
    if (record.type === 'step') losses.push(record.loss);
    if (losses.length === steps) child.kill();
  }
  return losses;
}

const options = {
  data: { type: 'string' },
  steps: { type: 'string', default: '300' },
  help: { type: 'boolean', default: false },
} as const;

runCommand(async () => {
  const { help, data: file, steps: asked } = readArguments('paper', process.argv.slice(2), options);
  if (help) {
    process.stdout.write(words.help);
    return;
  }
  if (file === undefined || !existsSync(file)) throw new BadInput(words.noFile(file ?? ''));
  const steps = wholeNumberOf('steps', asked, { min: 1, max: 64_000, integer: true });
  const python = installedPythonWithTorch();
  if (python === null) throw new Error(noPyTorch);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  try {
    const { data, losses, msPerStep } = await trainHere(resolve(file), steps, folder);
    const images = await openAsBlob(join(folder, imagesFile(data)));
    const experiment = experimentOn(data);
    const program = reproduction(
      pythonSources,
      experiment,
      shippedData('public/data'),
      null,
      await describeSet(images),
    );
    const compared = Math.min(COMPARED, steps);
    const single = await trainInPyTorch(python, program, folder, 'float32', compared);
    const double = await trainInPyTorch(python, program, folder, 'float64', compared);
    say(words.compared);
    const exact: number[] = [];
    const began = performance.now();
    await trainInDouble(experiment, images, compared, (loss) => {
      const step = exact.push(loss);
      const of = (list: readonly number[]) => list[step - 1] ?? Number.NaN;
      say(words.step(step, loss, of(double), of(single), of(losses)));
    });
    const seconds = (performance.now() - began) / 1000 / compared;
    const most = (of: readonly number[]) =>
      Math.max(...double.map((loss, step) => Math.abs((of[step] ?? Number.NaN) - loss)));
    const agrees = double.length === compared && most(exact) <= TOLERANCE;
    say(words.apart(compared, most(exact), TOLERANCE, agrees));
    say(words.rounding(most(single), most(losses)));
    say(words.exactTime(seconds));
    say(words.curve(POINT));
    for (let from = 0; from < losses.length; from += POINT) {
      const point = losses.slice(from, from + POINT);
      say(words.point(from + point.length, point.reduce((sum, loss) => sum + loss, 0) / point.length));
    }
    const whole = experiment.training.steps;
    say(words.time(msPerStep, whole, (whole * msPerStep) / 3_600_000, evaluationsAfter(0, whole)));
    if (!agrees) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
});
