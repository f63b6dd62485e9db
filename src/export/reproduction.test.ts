/** Programs that reproduce runs, as they are written: the same network from the same numbers, trained and measured alike. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noPyTorch } from '../../tools/python.ts';
import { pythonSources } from '../../tools/pythonSources.ts';
import { unpackChunk } from '../data/chunk.ts';
import { evaluationSample } from '../data/evaluationSample.ts';
import type { TrainingImages } from '../data/images.ts';
import { withNoise } from '../data/labelNoise.ts';
import { minibatches } from '../data/minibatches.ts';
import { builtInLayout, levelsAt, PixelMeans, scaleOf, scaling } from '../data/prepare.ts';
import { createCpuEngine } from '../engine/cpu/engine.ts';
import type { Engine } from '../engine/engine.ts';
import { createReferenceEngine } from '../engine/reference/engine.ts';
import type { Experiment, Item, NetworkSpec, TrainingSpec } from '../experiment/experiment.ts';
import { familyStack } from '../experiment/families.ts';
import { presets } from '../experiment/presets.ts';
import { learningRate } from '../experiment/schedule.ts';
import { usualTraining } from '../experiment/settings.ts';
import { buildGraph } from '../network/build.ts';
import type { ChannelStatistics } from '../network/foldedNorms.ts';
import { initialParameters } from '../network/init.ts';
import { stepLine } from '../records/recordLine.ts';
import type { StepRecord } from '../records/records.ts';
import type { Figures } from './figures.ts';
import { reproduction } from './reproduction.ts';
import { difference, type TestProgram, testPrograms } from './testPrograms.ts';
import { type Call, type Ended, python, runPrograms, shipped } from './testPython.ts';
import { arrangements, readWeights } from './weights.ts';

const STEPS = 20;

const stem: Item = { kind: 'conv', width: 4, stride: 2, count: 1 };
const blocks: readonly Item[] = [
  { kind: 'residual', width: 4, stride: 1, count: 2 },
  { kind: 'residual', width: 6, stride: 2, count: 1 },
];
const how = presets.t7.network;
const usual: TrainingSpec = { ...usualTraining, batch: 8, seed: 7, train: 60, steps: STEPS };

interface Case {
  readonly name: string;
  readonly experiment: Experiment;
}

function experiment(
  name: string,
  stack: readonly Item[],
  network: Partial<NetworkSpec>,
  training: Partial<TrainingSpec>,
): Case {
  return { name, experiment: { networks: [{ ...how, ...network, stack }], training: { ...usual, ...training } } };
}

/** Every family, norm, activation, initialisation, optimizer, schedule and block setting, in eight. */
const cases: readonly Case[] = [
  experiment(
    'plain, batch norm, Keras’ weights, momentum',
    [stem, { kind: 'plain', width: 4, stride: 1, count: 2 }],
    { init: 'keras' },
    {},
  ),
  experiment(
    'residual, option A, Adam with decay, cosine',
    [stem, ...blocks],
    {},
    { opt: 'adam', lr: 0.01, wd: 0.1, schedule: 'cosine', augment: 'cropflip', test: 300, stats: 'running' },
  ),
  experiment(
    'residual, option B, no norm, PyTorch’s weights, learned factor, SGD, clipping, weight decay',
    [stem, ...blocks],
    { norm: 'none', shortcut: 'b', skipinit: 'on', init: 'pytorch', gain: 1.5 },
    { opt: 'sgd', clip: 0.5, wd: 0.01, schedule: 'constant', augment: 'crop' },
  ),
  experiment(
    'pre-activation, option C, gates, factors, dropout, stochastic depth, milestones',
    [stem, ...blocks, { kind: 'zeroresidual', width: 6, stride: 1, count: 1 }],
    {
      order: 'pre',
      shortcut: 'c',
      gate: 'exclusive',
      gatebias: 0,
      skipscale: 0.8,
      branchscale: 1.2,
      dropout: 0.3,
      survival: 0.6,
    },
    {
      clip: 1,
      seed: 4294967295,
      schedule: 'steps',
      milestones: '25-70',
      warmup: 3,
      warmupform: 'constant',
      input: 'pixelmean',
    },
  ),
  experiment(
    'flat, sigmoid, Xavier, flatten, Nesterov, warm-up',
    [stem, { kind: 'conv', width: 4, stride: 1, count: 3 }],
    { norm: 'none', act: 'sigmoid', init: 'xavier', gain: 3, head: 'flatten' },
    { opt: 'nesterov', lr: 0.1, wd: 0.01, warmup: 9, warmupfactor: 0.2, input: 'unit', labelnoise: 0.5 },
  ),
  experiment(
    'inserted layers, leaky ReLU, orthogonal, AdamW',
    [
      stem,
      { kind: 'dirac', width: 4, stride: 1, count: 1 },
      { kind: 'zeroresidual', width: 4, stride: 1, count: 1 },
      { kind: 'identity', count: 1 },
      { kind: 'maxpool', count: 1 },
      { kind: 'residual', width: 5, stride: 1, count: 1 },
    ],
    { act: 'leaky', init: 'orthogonal', gain: 1.2, gate: 'shortcut', gatebias: -2 },
    { opt: 'adamw', lr: 0.01, wd: 0.5 },
  ),
  experiment(
    'dense layers, average pooling, tanh, normal weights, whole images, RMSprop',
    [stem, { kind: 'avgpool', count: 2 }, { kind: 'dense', width: 6, count: 2 }],
    { act: 'tanh', init: 'normal', std: 0.3, head: 'flatten' },
    { size: 28, batch: 5, train: 12, opt: 'rmsprop', lr: 0.001, wd: 0.01, input: 'raw' },
  ),
  experiment(
    'diverges',
    [stem, { kind: 'conv', width: 4, stride: 1, count: 2 }],
    { norm: 'none', act: 'linear', gain: 30 },
    { lr: 10 },
  ),
];

const folder = mkdtempSync(join(tmpdir(), 'reproduced-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The images that the programs read, as the page prepares them. */
async function openImages({ size, input, labelnoise, seed, train }: TrainingSpec): Promise<TrainingImages> {
  const means = new PixelMeans(size, builtInLayout);
  const part = async (split: 'train' | 'test') => {
    const entry = shipped.manifest[split].chunks[0];
    if (!entry) throw new Error('no images');
    const bytes = new Uint8Array(readFileSync(`${shipped.place}/${entry.file}`));
    const { labels, pixels } = await unpackChunk(entry.file, bytes, entry.images);
    if (split === 'train') means.add(pixels, train);
    const channels = [shipped.manifest.statistics[size === 14 ? 14 : 28]];
    const statistics = input === 'pixelmean' ? means.statistics(channels) : scaleOf(input, channels);
    const scale = scaling(statistics, size);
    const noise = { share: split === 'train' ? labelnoise : 0, seed, classes: 10 };
    return { count: labels.length, pixels: levelsAt(pixels, size), scale, labels: withNoise(labels, 0, noise) };
  };
  const training = await part('train');
  return { size, train: training, test: await part('test') };
}

interface Ours {
  readonly steps: readonly ReturnType<typeof stepLine>[];
  readonly trainError: number;
  readonly testError: number;
  readonly parameters: readonly Float32Array[];
  readonly averages: readonly ChannelStatistics[];
}

/** Trains the first network of an experiment as the session does. */
async function trained(engine: Engine, { networks, training }: Experiment): Promise<Ours> {
  const [spec] = networks;
  if (!spec) throw new Error('no network');
  const { seed, train, batch, size } = training;
  const graph = buildGraph(spec, size);
  const trainer = await engine.createTrainer(
    graph,
    initialParameters(graph, spec, seed),
    training,
    await openImages(training),
  );
  const batches = minibatches(seed, train, batch, training.augment);
  const steps: ReturnType<typeof stepLine>[] = [];
  for (let step = 1; step <= training.steps; step++) {
    const rate = learningRate(training, step - 1);
    const result = await trainer.step(batches.images(step), rate);
    const record: StepRecord = { type: 'step', network: 'a', step, learningRate: rate, ...result };
    steps.push(
      stepLine(
        record,
        graph.layers.map(({ name }) => name),
      ),
    );
    if (result.overflow) break;
  }
  const sample = evaluationSample(train);
  const errors =
    engine.name === 'reference'
      ? { trainError: Number.NaN, testError: Number.NaN }
      : await trainer.evaluate(sample.calibration, sample.train, sample.test);
  const { parameters, averages = [] } = await trainer.snapshot();
  trainer.dispose();
  return { steps, parameters, averages, ...errors };
}

interface Line {
  readonly type: string;
  readonly step: number;
  readonly loss: number | null;
  readonly layers: readonly Readonly<Record<string, number | string | null>>[];
  readonly overflow: unknown;
}

const linesOf = ({ out }: Ended): readonly Line[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** How far two numbers of records are apart, as a share of the larger. */
function apart(one: unknown, other: unknown): number {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other ? 0 : Number.POSITIVE_INFINITY;
  const largest = Math.max(Math.abs(one), Math.abs(other));
  return largest === 0 ? 0 : Math.abs(one - other) / largest;
}

/** Every number of a step within 10⁻⁶ of its value. */
function expectSameStep(mine: Line | undefined, ours: ReturnType<typeof stepLine>): void {
  const { step } = ours;
  expect(Object.keys(mine ?? {})).toEqual(Object.keys(ours));
  expect(apart(mine?.loss, ours.loss), `loss of step ${step}`).toBeLessThan(1e-6);
  expect(mine?.overflow).toEqual(ours.overflow);
  ours.layers.forEach((layer, index) => {
    for (const [key, value] of Object.entries(layer)) {
      const own = mine?.layers[index]?.[key];
      if (key === 'name') expect(own).toBe(value);
      else expect(apart(own, value), `${key} of ${layer.name}, step ${step}`).toBeLessThan(1e-6);
    }
  });
}

function figuresOf(
  { steps, trainError, testError }: Ours = { steps: [], parameters: [], averages: [], trainError: 0, testError: 0 },
): Figures {
  const last = steps.at(-1);
  const isWhole = last !== undefined && last.overflow === null;
  const end = { type: 'evaluation', network: 'a', step: last?.step, trainError, testError };
  const records = [...steps, ...(isWhole ? [end] : [])].map((record) => JSON.stringify(record));
  return { engine: 'cpu', isExact: false, records };
}

/** Instead of the program's command: what it builds of other networks, and which unit it names. */
const inspection = `
networks = [Network(spec, size, 1, 10) for spec, size in json.loads(SPECS)]
print(json.dumps([
    [[name, list(value.shape), value.flatten().tolist()] for name, value in each.initial(3, "cpu", torch.float32).items()]
    for each in networks
]))
options = argparse.Namespace(data=DATA["place"], device="cpu", dtype="float32")
run = runs_of(EXPERIMENT, DATA, options)["a"]
_, node, place, _, layer = doubtful_units(run)[0]
found = run.gradients([(node, place)])
theirs = zip(run.network.layers, found.signal_gradients(), found.weight_gradients(run.network))
page = {"layers": [{"name": each["name"], "signalGradient": s, "weightGradient": w} for each, s, w in theirs]}
units, left = explained(run, page)
print(json.dumps([[layer, list(place)], [[unit[4], list(unit[2])] for unit in units], left]))
`;

function inspecting(of: Experiment, networks: readonly TestProgram[]): Call {
  const specs = JSON.stringify(JSON.stringify(networks.map(({ spec, size }) => [spec, size])));
  const [body = ''] = reproduction(pythonSources, of, shipped, null).split('if __name__ ==');
  return { program: `${body}\nSPECS = ${specs}\n${inspection}`, args: [] };
}

/** With so many units that some are almost 0. */
const deep: Experiment = {
  networks: [{ ...how, stack: familyStack({ preset: 't7', kind: 'plain', layers: 20, width: 8 }) }],
  training: { ...usual, batch: 32 },
};

describe.skipIf(python === null)(python === null ? noPyTorch : 'programs that reproduce runs', () => {
  let exact: readonly Ended[];
  let verified: readonly Ended[];
  let inspected: Ended | undefined;
  let rounded: readonly Ours[];

  beforeAll(async () => {
    const engine = createCpuEngine();
    rounded = await Promise.all(cases.map((each) => trained(engine, each.experiment)));
    const programs = cases.map(({ experiment: of }, index) =>
      reproduction(pythonSources, of, shipped, figuresOf(rounded[index])),
    );
    const ended = runPrograms([
      ...programs.map((program, index) => ({
        program,
        args: ['--device', 'cpu', '--dtype', 'float64', '--save', join(folder, `${index}.safetensors`)],
      })),
      ...programs.map((program) => ({ program, args: ['--device', 'cpu', '--verify'] })),
      inspecting(deep, testPrograms),
    ]);
    exact = ended.slice(0, cases.length);
    verified = ended.slice(cases.length, -1);
    inspected = ended.at(-1);
  }, 300_000);

  const numbered = cases.map((each, index) => ({ ...each, index }));

  it.each(numbered)('repeat the reference engine in float64: $name', async ({ index, experiment: of }) => {
    const { steps, parameters, averages } = await trained(createReferenceEngine(), of);
    const found = exact[index] as Ended;
    expect(found.said).toBe('');
    const theirs = linesOf(found).filter(({ type }) => type === 'step');
    expect(theirs).toHaveLength(steps.length);
    for (const [i, ours] of steps.entries()) expectSameStep(theirs[i], ours);
    // What training has come to, as the page reads it.
    const [spec] = of.networks;
    const graph = buildGraph(spec as NetworkSpec, of.training.size);
    const weights = readWeights(graph, readFileSync(join(folder, `${index}.safetensors`)));
    if (steps.at(-1)?.overflow) return;
    expect(weights.problems).toEqual([]);
    expect(weights.averages.map(({ node }) => node)).toEqual(averages.map(({ node }) => node));
    weights.averages.forEach(({ mean, variance }, norm) => {
      expect(difference(mean, averages[norm]?.mean ?? [], 1e-3)).toBeLessThan(1e-6);
      expect(difference(variance, averages[norm]?.variance ?? [])).toBeLessThan(1e-6);
    });
    weights.parameters.forEach((values, id) => {
      expect(difference(values, parameters[id] ?? [], 1e-3), graph.parameters[id]?.name).toBeLessThan(1e-6);
    });
  });

  it.each(numbered)('agree with the engine for processors in float32: $name', ({ index }) => {
    const { status, out, said } = verified[index] as Ended;
    expect({ status, said }, out).toEqual({ status: 0, said: '' });
    expect(out).toContain('The run is reproduced.');
    expect(Number(/steps compared: (\d+)/.exec(out)?.[1])).toBeGreaterThanOrEqual(1);
    // Seeds of networks this small are further apart.
    const errors =
      /after 20 steps: .*error ([\d.]+)% \(the page ([\d.]+)%\), .*error ([\d.]+)% \(the page ([\d.]+)%\)/.exec(out);
    const [train = 0, ownTrain = 0, test = 0, ownTest = 0] = errors?.slice(1).map(Number) ?? [];
    expect(Math.max(Math.abs(train - ownTrain), Math.abs(test - ownTest))).toBeLessThan(5);
  });

  it('builds the network of any spec with the same parameters, and names the unit that rounds the other way', () => {
    expect(inspected?.said).toBe('');
    const [built = '', named = ''] = inspected?.out.trim().split('\n') ?? [];
    const found = JSON.parse(built) as readonly (readonly [string, number[], number[]][])[];
    testPrograms.forEach(({ name, spec, size }, index) => {
      const graph = buildGraph(spec, size);
      const initial = initialParameters(graph, spec, 3);
      const expected = arrangements(graph).map(({ name: parameter, shape, places }, id) => {
        return [parameter, shape, Array.from(places, (place) => initial[id]?.[place] ?? Number.NaN)] as const;
      });
      expect(
        found[index]?.map(([parameter, shape]) => [parameter, shape]),
        name,
      ).toEqual(expected.map(([parameter, shape]) => [parameter, shape]));
      // The logarithms of two machines may differ in their last digit.
      expected.forEach(([parameter, , values], id) => {
        expect(difference(found[index]?.[id]?.[2] ?? [], values, 1e-3), `${name}: ${parameter}`).toBeLessThan(1e-6);
      });
    });
    const [unit, units, left] = JSON.parse(named);
    expect(units).toEqual([unit]);
    expect(left).toBeLessThan(1e-9);
  });
});
