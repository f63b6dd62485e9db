/** What every engine is held to. Engines' own tests call these inside of their `describe`. */
import fc from 'fast-check';
import { expect, inject, it, onTestFinished } from 'vitest';
import { drawnView } from '../data/augment.ts';
import type { TrainingImages } from '../data/images.ts';
import type { Item, NetworkSpec } from '../experiment/experiment.ts';
import { networkSettings, usualNetwork } from '../experiment/settings.ts';
import { commonSettings } from '../experiment/testArbitraries.ts';
import { buildGraph } from '../network/build.ts';
import { foldNorms } from '../network/foldedNorms.ts';
import type { NetworkGraph } from '../network/graph.ts';
import { withInputLayer } from '../network/inputLayer.ts';
import { type Quantity, quantities } from '../records/records.ts';
import type { Engine, StepResult, Trainer, UpdateRule } from './engine.ts';
import { createReferenceEngine } from './reference/engine.ts';
import {
  inOnePack,
  onSmallImages,
  type TestNetwork,
  testImages,
  testNetworks,
  testParameters,
} from './testNetworks.ts';

export const plainSgd: UpdateRule = { opt: 'sgd', wd: 0, clip: 0, seed: 1 };

/** The engine under test, which is there once `beforeAll` has run. */
type Subject = () => Engine;

export function byName(name: string): TestNetwork {
  const found = testNetworks.find((network) => network.name === name);
  if (!found) throw new Error(`no test network ${name}`);
  return found;
}

/** The same on small images, in one pack of channels: for engines that compile its kernels, which unroll less of it. */
export function smallByName(name: string): TestNetwork {
  const network = byName(name);
  return onSmallImages(network, network.spec.stack.map(inOnePack));
}

/** Which network is meant by a test network's name. */
type Find = typeof byName;

/** What a trainer is made of. */
interface Prepared {
  readonly graph: NetworkGraph;
  readonly images: TrainingImages;
  readonly parameters: readonly Float32Array[];
}

/** @param which a test network, or its name */
export function prepare(which: TestNetwork | string) {
  const network = typeof which === 'string' ? byName(which) : which;
  const { spec, batch } = network;
  const graph = buildGraph(spec, network);
  const images = testImages(network, 4 * batch);
  const firstBatch = Uint32Array.from({ length: batch }, (_, i) => i);
  return { graph, images, firstBatch, parameters: testParameters(graph, spec) };
}

/** A trainer that is gone when the test has finished. */
async function trainerOn(engine: Engine, { graph, images, parameters }: Prepared, rule = plainSgd): Promise<Trainer> {
  const trainer = await engine.createTrainer(graph, parameters, rule, images);
  onTestFinished(() => trainer.dispose());
  return trainer;
}

/** The same network on an engine and on another. */
async function onBoth(
  engine: Engine,
  network: Prepared,
  rule = plainSgd,
  other = createReferenceEngine(),
): Promise<readonly [ours: Trainer, exact: Trainer]> {
  return [await trainerOn(engine, network, rule), await trainerOn(other, network, rule)];
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  // Equal infinities are equal: the relative update of weights that start at zero is one.
  return Math.hypot(...Array.from(a, (value, i) => (value === b[i] ? 0 : value - (b[i] ?? Number.NaN))));
}

/** Holds numbers to others by the length of their difference. @param relative to the length of the others */
export function expectNear(
  found: ArrayLike<number> = [],
  exact: ArrayLike<number> = [],
  relative = 1e-4,
  rounding = 0,
  what = '',
): void {
  expect(found.length, what).toBe(exact.length);
  expect(distance(found, exact), what).toBeLessThan(relative * Math.hypot(...Array.from(exact)) + rounding);
}

/** How far measurements may be apart that are nearly 0. What moves a weight by less than float32 resolves is rounded away. */
const smallest = (quantity: Quantity) => (quantity === 'relativeUpdate' ? 1e-7 : 1e-9);

/**
 * Holds loss and measurements of a step to those of another engine, layer by layer: an early one may be a millionth of the last.
 * @param relative how far a measurement may be off, as a share of itself; the loss a tenth of that
 * @param rounding float32's, as a share of the largest value that a layer has: what is nearly 0 by cancellation has it from its terms
 */
export function expectSameStep(found: StepResult, expected: StepResult, relative = 1e-3, rounding = 0): void {
  expect(Math.abs(found.loss - expected.loss), 'loss').toBeLessThan((relative / 10) * Math.abs(expected.loss) + 1e-6);
  expect(found.overflow).toEqual(expected.overflow);
  for (const quantity of quantities) {
    const [a, b] = [found.layers[quantity], expected.layers[quantity]];
    const largest = Math.max(0, ...b.filter(Number.isFinite));
    b.forEach((exact, layer) => {
      const value = a[layer] ?? Number.NaN;
      const off = value === exact ? 0 : Math.abs(value - exact);
      expect(off, `${quantity} of layer ${layer}: ${value} for ${exact}`).toBeLessThan(
        relative * Math.abs(exact) + rounding * largest + smallest(quantity),
      );
    });
  }
}

/**
 * Holds the gradient by every parameter to another engine's.
 * @param rounding float32's, as a share of all gradients together: biases in front of a batch norm have a gradient of zero, whose terms still round
 */
export function expectSameGradients(
  graph: NetworkGraph,
  found: readonly Float32Array[],
  expected: readonly Float32Array[],
  rounding = 1e-6,
): void {
  const scale = Math.hypot(...expected.map((each) => Math.hypot(...each)));
  for (const { id, name } of graph.parameters) {
    expectNear(found[id], expected[id], 1e-3, rounding * scale, name);
  }
}

/**
 * Three steps on three minibatches, and the gradients before the first and the last. Gradients are the reference engine's by every parameter;
 * it is itself held to finite differences on the same networks (`reference/gradients.test.ts`).
 */
export function testTraining(engine: Subject, networks = testNetworks, other: Subject = createReferenceEngine): void {
  it.each(networks)('has the gradients and the measurements of another engine: $name', async (network) => {
    const { firstBatch, ...prepared } = prepare(network);
    const [ours, exact] = await onBoth(engine(), prepared, plainSgd, other());
    for (let step = 0; step < 3; step++) {
      const batch = firstBatch.map((image) => image + step * firstBatch.length);
      if (step !== 1) {
        const [a, b] = [await ours.gradients(batch), await exact.gradients(batch)];
        expect(Math.abs(a.loss - b.loss), 'loss').toBeLessThan(1e-4 * b.loss);
        expectSameGradients(prepared.graph, a.parameters, b.parameters);
      }
      expectSameStep(await ours.step(batch, 0.01), await exact.step(batch, 0.01));
    }
  });
}

const rules: UpdateRule[] = [
  { opt: 'sgd', wd: 0.1, clip: 0, seed: 1 },
  { opt: 'momentum', wd: 0, clip: 0.1, seed: 1 },
  { opt: 'momentum', wd: 0.1, clip: 0, seed: 1 },
  { opt: 'nesterov', wd: 0.1, clip: 0, seed: 1 },
  { opt: 'rmsprop', wd: 0.1, clip: 0, seed: 1 },
  { opt: 'adam', wd: 0.01, clip: 0.5, seed: 1 },
  { opt: 'adamw', wd: 0.5, clip: 0, seed: 1 },
];

export function testUpdates(engine: Subject, find: Find = byName): void {
  it.each(rules)('updates as the reference engine does: $opt, decay $wd, clipping $clip', async (rule) => {
    const prepared = prepare(find('residual blocks, option A, batch norm'));
    const { graph, firstBatch, parameters } = prepared;
    const [ours, exact] = await onBoth(engine(), prepared, rule);
    for (let step = 1; step <= 3; step++) {
      // Moved and mirrored, as augmentation has them.
      const batch = firstBatch.map((image) => drawnView({ seed: 1, augment: 'cropflip' }, step, image));
      for (const trainer of [ours, exact]) await trainer.step(batch, 0.02);
    }
    const [found, expected] = [await ours.snapshot(), await exact.snapshot()];
    graph.parameters.forEach(({ id, name }) => {
      const [start = [], a = [], b = []] = [parameters[id], found.parameters[id], expected.parameters[id]];
      // Compared with the way it went, not with its own size.
      expect(distance(a, b), name).toBeLessThan(1e-3 * distance(b, start) + 1e-6);
    });
    expect(found.updates).toBe(3);
  });

  it('continues from a snapshot number for number', async () => {
    const { firstBatch, ...prepared } = prepare(find('residual blocks, option A, batch norm'));
    const trainer = await trainerOn(engine(), prepared, { opt: 'adam', wd: 0, clip: 0, seed: 1 });
    await trainer.step(firstBatch, 0.01);
    const snapshot = await trainer.snapshot();
    const first = await trainer.step(firstBatch, 0.01);
    await trainer.step(firstBatch, 0.01);
    trainer.restore(snapshot);
    expect(await trainer.step(firstBatch, 0.01)).toEqual(first);
  });
}

/** What the page draws before anybody has trained (`measureUntrained`): the first step at a rate of 0, taken back. */
export function testUntrained(engine: Subject, find: Find = byName): void {
  it.each(rules)('measures an untrained network as its first step will find it: $opt, clipping $clip', async (rule) => {
    const prepared = prepare(find('residual blocks, stochastic depth'));
    const { graph, firstBatch } = prepared;
    const [measured, other] = await onBoth(engine(), prepared, rule, engine());
    const before = await measured.snapshot();
    const untrained = await measured.step(firstBatch, 0);
    measured.restore(before);
    expect(await measured.snapshot()).toEqual(before);

    const gradients = await measured.gradients(firstBatch);
    expect(untrained.loss).toBeCloseTo(gradients.loss, 5);
    graph.layers.forEach(({ index, weight, name }) => {
      // 0 in a block that the first step leaves out.
      const exact = Math.hypot(...(gradients.parameters[weight] ?? []));
      expect(Math.abs((untrained.layers.weightGradient[index] ?? 0) - exact), name).toBeLessThanOrEqual(1e-4 * exact);
    });
    expect([...untrained.layers.relativeUpdate]).toEqual(graph.layers.map(() => 0));

    const first = await measured.step(firstBatch, 0.01);
    const { relativeUpdate } = first.layers;
    expect(Math.max(...relativeUpdate)).toBeGreaterThan(0);
    expect({ ...untrained.layers, relativeUpdate }).toEqual(first.layers);
    // Nothing of it is left in the numbers that training goes on from.
    expect(first).toEqual(await other.step(firstBatch, 0.01));
    expect(await measured.step(firstBatch, 0.01)).toEqual(await other.step(firstBatch, 0.01));
  });
}

export function testExtremes(engine: Subject, find: Find = byName): void {
  it('measures gradients whose squares are below the smallest float', async () => {
    const { graph, images, firstBatch, parameters } = prepare(find('conv, linear, flatten'));
    const tiny = parameters.map((values, id) => {
      const { role, initializer } = graph.parameters[id] ?? {};
      return role === 'weight' && initializer === 'classifier' ? values.map((value) => value * 1e-30) : values;
    });
    const [ours, exact] = await onBoth(engine(), { graph, images, parameters: tiny });
    const found = (await ours.step(firstBatch, 0.01)).layers.signalGradient[0] ?? 0;
    const expected = (await exact.step(firstBatch, 0.01)).layers.signalGradient[0] ?? 0;
    expect(expected).toBeGreaterThan(0);
    expect(found / expected).toBeCloseTo(1, 3);
  });

  it.each([1e25, 1e-25])('measures responses whose squares no float holds: about %d', async (size) => {
    const { graph, images, firstBatch, parameters } = prepare(find('conv, linear, flatten'));
    const factors = new Map([
      [graph.layers[0]?.weight, size],
      [graph.layers.at(-1)?.weight, 1 / size],
    ]);
    // Biases are of size 1: without them, the responses are as large as the weights.
    const scaled = parameters.map((values, id) => {
      const factor = graph.parameters[id]?.role === 'weight' ? (factors.get(id) ?? 1) : 0;
      return values.map((value) => value * factor);
    });
    const [ours, exact] = await onBoth(engine(), { graph, images, parameters: scaled });
    const [found, expected] = [await ours.step(firstBatch, 0.01), await exact.step(firstBatch, 0.01)];
    expect(found.overflow).toBeNull();
    expected.layers.responseStd.forEach((std, layer) => {
      expect((found.layers.responseStd[layer] ?? 0) / std, `layer ${layer}`).toBeCloseTo(1, 3);
    });
  });

  it('names the layer in which the first number overflows, and keeps the weights it had', async () => {
    const { graph, images, firstBatch, parameters } = prepare(find('conv, linear, flatten'));
    const huge = parameters.map((values, id) => (id === graph.layers[1]?.weight ? values.map(() => 1e38) : values));
    const trainer = await trainerOn(engine(), { graph, images, parameters: huge });
    expect((await trainer.step(firstBatch, 0.01)).overflow).toEqual({ where: 'activation', layer: 1 });
    expect((await trainer.snapshot()).parameters).toEqual(huge);
  });
}

/** Weights of 0, so that every layer's output is its bias; the biases by name, others 0. */
export function onlyBiases(graph: NetworkGraph, biases: Readonly<Record<string, readonly number[]>>): Float32Array[] {
  return graph.parameters.map(({ name, shape }) => {
    const zeros = new Float32Array(shape.reduce((product, side) => product * side, 1));
    return biases[name] ? Float32Array.from(biases[name]) : zeros;
  });
}

/** Units of known outputs on either side of where they count as dead: every weight is 0. */
export function testDeadUnits(engine: Subject): void {
  it.each([
    ['relu', [-1, 0, 1, 2], 0.5],
    // σ′ is 1 % of its maximum at 5.99, tanh′ at 2.99.
    ['sigmoid', [0, 5.9, 6.1, -6.1], 0.5],
    ['tanh', [-2.9, 2.9, 3.1, -3.1], 0.5],
    ['leaky', [-100, -1, 1, 2], 0],
    ['linear', [0, 0, 0, 0], 0],
  ] as const)('of %s units with outputs from %j counts as dead %f', async (act, biases, expected) => {
    const stack: readonly Item[] = [{ kind: 'conv', width: 4, stride: 1, count: 1 }];
    const graph = buildGraph({ ...usualNetwork, norm: 'none', act, stack }, 14);
    const parameters = onlyBiases(graph, { 'conv 1 bias': biases });
    const trainer = await trainerOn(engine(), { graph, parameters, images: testImages(14, 2) });
    const { layers } = await trainer.step(Uint32Array.of(0, 1), 0.1);
    expect([...layers.deadFraction]).toEqual([expect.closeTo(expected, 6), 0]);
  });
}

export function testSignals(engine: Subject, networks = testNetworks, find: Find = byName): void {
  it.each(networks)('shows what passes every node, forwards and backwards: $name', async (network) => {
    const { firstBatch, ...prepared } = prepare(network);
    const { nodes } = prepared.graph;
    const ids = nodes.slice(1).map(({ id }) => id);
    const [ours, exact] = await onBoth(engine(), prepared);
    const [found, expected] = [
      await ours.signals('test', firstBatch, ids),
      await exact.signals('test', firstBatch, ids),
    ];
    ids.forEach((id, i) => {
      const what = `node ${id}, ${nodes[id]?.op.kind}`;
      expectNear(found.outputs[i], expected.outputs[i], 1e-4, 1e-6, what);
      expectNear(found.gradients[i], expected.gradients[i], 1e-3, 1e-6, `${what}, backwards`);
    });
  });

  it('shows the images, and what some nodes put out, in the order asked for', async () => {
    const { firstBatch, ...prepared } = prepare(find('residual blocks, option A, batch norm'));
    const { graph, images } = prepared;
    const nodes = [graph.logits, 0, graph.layers[1]?.output ?? 0];
    const [ours, exact] = await onBoth(engine(), prepared);
    const found = await ours.activations('train', firstBatch, nodes);
    const expected = await exact.activations('train', firstBatch, nodes);
    for (const [i, node] of nodes.entries()) expectNear(found[i], expected[i], 1e-4, 0, `node ${node}`);
    expect(found[1]).toEqual(images.train.pixels.subarray(0, found[1]?.length));
    await expect(ours.signals('train', firstBatch, nodes)).rejects.toThrow(RangeError);
  });

  it('has the gradient by the images at a layer in front of all', async () => {
    const { graph, images, firstBatch, parameters } = prepare(find('residual blocks, option A, batch norm'));
    const { input, ...front } = withInputLayer(graph, parameters);
    const [ours, exact] = await onBoth(engine(), { ...front, images });
    const found = await ours.signals('train', firstBatch, [input]);
    const expected = await exact.signals('train', firstBatch, [input]);
    expect(found.outputs).toEqual([images.train.pixels.subarray(0, found.outputs[0]?.length)]);
    expectNear(found.gradients[0], expected.gradients[0], 1e-3);
  });

  it('takes a trainer of a few images beside that of many, and goes on when it is gone', async () => {
    const network = find('conv, ReLU, He, global pooling');
    const { graph, images, firstBatch, parameters } = prepare(network);
    const [few, fromTwo] = [testImages(network, 2), Uint32Array.of(1, 0)];
    const z = [graph.layers[0]?.z ?? 0];
    const all = await trainerOn(engine(), { graph, images, parameters });
    const before = await all.signals('train', firstBatch, z);
    const some = await engine().createTrainer(graph, parameters, plainSgd, few);
    const exact = await trainerOn(createReferenceEngine(), { graph, images: few, parameters });
    const [found] = (await some.signals('test', fromTwo, z)).gradients;
    const [expected] = (await exact.signals('test', fromTwo, z)).gradients;
    expectNear(found, expected, 1e-3);
    some.dispose();
    expect(await all.signals('train', firstBatch, z)).toEqual(before);
  });
}

async function expectSameStatistics([ours, exact]: readonly [Trainer, Trainer], images: Uint32Array): Promise<void> {
  const [found, expected] = [await ours.statistics(images), await exact.statistics(images)];
  expect(found.map(({ node }) => node)).toEqual(expected.map(({ node }) => node));
  expected.forEach(({ mean, variance }, i) => {
    expectNear(found[i]?.mean, mean, 1e-4, 1e-6);
    expectNear(found[i]?.variance, variance, 1e-4, 1e-6);
  });
}

export function testEvaluation(engine: Subject, find: Find = byName): void {
  it.each(['plain blocks, batch norm', 'conv, ReLU, He, global pooling', 'residual blocks, option B, batch norm'])(
    'evaluates as the reference engine does: %s',
    async (name) => {
      const { firstBatch, ...prepared } = prepare(find(name));
      const all = Uint32Array.from({ length: prepared.images.train.count }, (_, i) => i);
      const results = [];
      for (const trainer of await onBoth(engine(), prepared)) {
        await trainer.step(firstBatch, 0.1);
        // Statistics from all images that are classified, from the first of them, and from others.
        for (const calibration of [all, all.slice(0, 3), all.slice(2)]) {
          results.push(await trainer.evaluate(calibration, all, all));
        }
      }
      expect(results.slice(0, 3)).toEqual(results.slice(3));
    },
  );

  const joined = ['residual blocks, option B, batch norm', 'pre-activation, everything at once'];

  it.each(joined)('has the logits that the reference engine has: %s', async (name) => {
    const { firstBatch, ...prepared } = prepare(find(name));
    const all = Uint32Array.from({ length: prepared.images.train.count }, (_, i) => i);
    const [ours, exact] = await onBoth(engine(), prepared);
    const found = await ours.logits('test', firstBatch, all);
    expect(found).toHaveLength(firstBatch.length * 10);
    expectNear(found, await exact.logits('test', firstBatch, all), 1e-5);
  });

  it.each(joined)('has the statistics that the reference engine has: %s', async (name) => {
    const { firstBatch, ...prepared } = prepare(find(name));
    await expectSameStatistics(await onBoth(engine(), prepared), firstBatch);
  });

  it('computes of a frozen network in training what it does of the original in evaluation', async () => {
    const { graph, images, firstBatch, parameters } = prepare(find('residual blocks, option B, batch norm'));
    const all = Uint32Array.from({ length: images.train.count }, (_, i) => i);
    const original = await trainerOn(engine(), { graph, images, parameters });
    const after = foldNorms(graph, parameters, await original.statistics(all));
    const ours = await trainerOn(engine(), { ...after, images });
    const [found] = await ours.activations('test', firstBatch, [after.graph.logits]);
    expectNear(found, await original.logits('test', firstBatch, all));
  });

  it.each(joined)(
    'keeps the running averages that the reference engine keeps, also from a copy on: %s',
    async (name) => {
      const { firstBatch, ...prepared } = prepare(find(name));
      const both = await onBoth(engine(), prepared, { ...plainSgd, stats: 'running' });
      const [ours, exact] = both;
      const expectSame = async () => {
        await expectSameStatistics(both, firstBatch);
        const logits = await exact.logits('test', firstBatch, firstBatch);
        expectNear(await ours.logits('test', firstBatch, firstBatch), logits);
      };
      await expectSame();
      for (const step of [0, 1, 2]) {
        const batch = firstBatch.map((image) => image + step);
        for (const trainer of both) await trainer.step(batch, 0.01);
      }
      await expectSame();
      // What only looks moves nothing, and a copy has them.
      await ours.gradients(firstBatch);
      const copy = await ours.snapshot();
      expect(copy.averages).toEqual(await ours.statistics(firstBatch));
      const goOn = async () => {
        await ours.step(firstBatch, 0.01);
        return ours.snapshot();
      };
      const first = await goOn();
      expect(first.averages).not.toEqual(copy.averages);
      ours.restore(copy);
      expect(await goOn()).toEqual(first);
    },
  );

  it('has no statistics of a network without batch norm', async () => {
    const { firstBatch, ...prepared } = prepare(find('conv, linear, flatten'));
    expect(await (await trainerOn(engine(), prepared)).statistics(firstBatch)).toEqual([]);
  });
}

/** Networks with `drop` nodes: their masks are the reference's at every step, and evaluation has none. */
export function testDrops(engine: Subject, find: Find = byName): void {
  const names = ['residual blocks, dropout on the shortcut', 'residual blocks, stochastic depth'];

  it.each(names)('draws the masks of the step and none in evaluation, wherever it continues from: %s', async (name) => {
    const { firstBatch, ...prepared } = prepare(find(name));
    const { graph, parameters } = prepared;
    const dropped = graph.nodes.flatMap(({ id, op }) => (op.kind === 'drop' ? [id] : []));
    const [ours, exact] = await onBoth(engine(), prepared);
    const patterns = new Set<string>();
    for (const updates of [0, 1, 2, 3, 40]) {
      for (const trainer of [ours, exact]) trainer.restore({ parameters, moments: [], updates });
      const found = await ours.activations('train', firstBatch, dropped);
      const expected = await exact.activations('train', firstBatch, dropped);
      for (const [i, id] of dropped.entries()) {
        expectNear(found[i], expected[i], 0, 1e-4, `node ${id} after ${updates} updates`);
      }
      patterns.add(found.map((values) => values.map((value) => Number(value !== 0)).join('')).join(' '));
    }
    expect(patterns.size).toBeGreaterThan(2);
    const logits = await exact.logits('test', firstBatch, firstBatch);
    expectNear(await ours.logits('test', firstBatch, firstBatch), logits, 1e-5);
  });

  it('repeats a run with the seed, and not with another', async () => {
    const { firstBatch, ...prepared } = prepare(find('residual blocks, dropout on the shortcut'));
    const losses = async (seed: number) => {
      const trainer = await trainerOn(engine(), prepared, { ...plainSgd, seed });
      const found = [await trainer.step(firstBatch, 0.01), await trainer.step(firstBatch, 0.01)];
      return found.map(({ loss }) => loss);
    };
    const first = await losses(5);
    expect(await losses(5)).toEqual(first);
    expect(await losses(6)).not.toEqual(first);
  });
}

/** Small stacks of any items in any order. */
const stacks: fc.Arbitrary<Item[]> = fc.array(
  fc.oneof(
    fc.record(
      {
        kind: fc.constantFrom('conv' as const, 'plain' as const, 'residual' as const, 'residual' as const),
        kernel: fc.constantFrom(...networkSettings.kernel.choices),
        width: fc.integer({ min: 1, max: 6 }),
        stride: fc.constantFrom(1 as const, 2 as const),
        count: fc.constant(1),
      },
      { requiredKeys: ['kind', 'width', 'stride', 'count'] },
    ),
    fc.record({
      kind: fc.constantFrom('identity' as const, 'maxpool' as const, 'avgpool' as const),
      count: fc.constant(1),
    }),
    fc.record({ kind: fc.constant('dense' as const), width: fc.integer({ min: 1, max: 6 }), count: fc.constant(1) }),
  ),
  { minLength: 0, maxLength: 4 },
);

const networks: fc.Arbitrary<NetworkSpec> = fc
  .record({ stack: stacks, settings: commonSettings })
  .map(({ stack, settings }) => wellConditioned({ ...settings, init: 'he', stack }));

/**
 * Where a shortcut is cut, what passes may hardly differ from image to image; a batch norm behind a dense layer divides by that difference,
 * which float32 has rounded away. Convolutions have their pixels besides.
 */
function wellConditioned(spec: NetworkSpec): NetworkSpec {
  const normedDense = spec.norm === 'batch' && spec.stack.some(({ kind }) => kind === 'dense');
  return normedDense && spec.skipscale === 0 ? { ...spec, skipscale: 0.5 } : spec;
}

/** @param numRuns how many stacks to draw */
export function testAnyStack(engine: Subject, numRuns: number): void {
  it('has the gradients and the measurements of the reference engine in any small stack, drawn at random', async () => {
    await fc.assert(
      fc.asyncProperty(networks, fc.integer({ min: 2, max: 4 }), async (spec, few) => {
        // Two or three values behind a batch norm, as behind a dense layer, become nearly the same ones, whatever they were.
        const batch = spec.norm === 'batch' ? few + 3 : few;
        const { graph, images, firstBatch, parameters } = prepare({ name: '', spec, size: 14, batch });
        const found = await engine().createTrainer(graph, parameters, plainSgd, images);
        const expected = await createReferenceEngine().createTrainer(graph, parameters, plainSgd, images);
        const [a, b] = [await found.gradients(firstBatch), await expected.gradients(firstBatch)];
        const [stepped, exact] = [await found.step(firstBatch, 0.01), await expected.step(firstBatch, 0.01)];
        found.dispose();
        expect(Math.abs(a.loss - b.loss), 'loss').toBeLessThan(1e-3 * b.loss);
        // What is in front of a batch norm whose values hardly differ has a gradient of nearly zero.
        expectSameGradients(graph, a.parameters, b.parameters, 1e-5);
        expectSameStep(stepped, exact, 2e-3, 2e-5);
      }),
      { numRuns: numRuns * inject('propertyRuns') },
    );
  });
}
