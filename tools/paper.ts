/** He et al.'s ResNet-20 on CIFAR-10, here and in PyTorch: `npm run --silent paper -- --help` says what it does. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openAsBlob, renameSync, rmSync, writeFileSync } from 'node:fs';
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
import { words } from './paper/words.ts';
import { installedPythonWithTorch, noPyTorch } from './python.ts';
import { pythonSources, shippedData } from './pythonSources.ts';

const LAYERS = 20;
/** Steps in which the losses of both must agree, and how far they may be apart. */
const COMPARED = 20;
const TOLERANCE = 1e-3;
/** From the first ReLU on that rounds to the other side of 0, runs part: no more than so many times as far as PyTorch parts from itself in double precision. */
const SLACK = 10;
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
  const saved = join(folder, 'images');
  let before = performance.now();
  await runInBrowser({
    experiment: experimentOn(),
    data: [file],
    saved,
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
  return { losses: losses.slice(0, steps), msPerStep: median(times) ?? 0, data: data as DataRef, saved };
}

/** The losses of the same steps by PyTorch. */
async function trainInPyTorch(python: string, program: string, folder: string, dtype: string): Promise<number[]> {
  const file = join(folder, 'reproduce.py');
  writeFileSync(file, program);
  const child = spawn(python, [file, '--data', folder, '--device', 'cpu', '--dtype', dtype], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const losses: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    const record: Step = JSON.parse(line);
    if (record.type === 'step') losses.push(record.loss);
    if (losses.length === COMPARED) child.kill();
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
  const steps = wholeNumberOf('steps', asked, { min: COMPARED, max: 64_000, integer: true });
  const python = installedPythonWithTorch();
  if (python === null) throw new Error(noPyTorch);
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  try {
    const here = await trainHere(resolve(file), steps, folder);
    const { data, saved, losses, msPerStep } = here;
    const own = await describeSet(await openAsBlob(saved));
    const experiment = experimentOn(data);
    const program = reproduction(pythonSources, experiment, shippedData('public/data'), null, own);
    renameSync(saved, join(folder, imagesFile(data)));
    const theirs = await trainInPyTorch(python, program, folder, 'float32');
    const exact = await trainInPyTorch(python, program, folder, 'float64');
    say(words.compared);
    losses.slice(0, COMPARED).forEach((loss, index) => {
      say(words.step(index + 1, loss, theirs[index] ?? Number.NaN, exact[index] ?? Number.NaN));
    });
    const far = (of: readonly number[], step: number) =>
      Math.abs((of[step] ?? Number.NaN) - (exact[step] ?? Number.NaN));
    const firstApart = losses.slice(0, COMPARED).findIndex((_, step) => !(far(losses, step) <= TOLERANCE));
    const most = (of: readonly number[]) => Math.max(...exact.map((_, step) => far(of, step)));
    const agrees = far(losses, 0) <= TOLERANCE && most(losses) <= Math.max(TOLERANCE, SLACK * most(theirs));
    say(words.apart(firstApart < 0 ? COMPARED : firstApart, TOLERANCE, most(losses), most(theirs), agrees));
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
