/** For tests: what networks of one graph compute together is what each computes alone, bit for bit, whichever of them take part in a step. */
import { expect, it, vi } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import type { Engine, Trainer, UpdateRule } from '../engine.ts';
import { requestDevice } from '../gpu.ts';
import { testNetworks } from '../testNetworks.ts';
import { byName, prepare } from '../testSuite.ts';
import { compileTraining } from './plan/compile.ts';
import { type Tuning, tunings } from './plan/tuning.ts';

const adam: UpdateRule = { opt: 'adam', wd: 0.01, clip: 0.5, seed: 1 };
const momentum: UpdateRule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 };

/** What a network draws, and learns by. */
interface Seeded {
  readonly seed: number;
  readonly rate: number;
}

const seeded: readonly Seeded[] = [
  { seed: 1, rate: 0.01 },
  { seed: 2, rate: 0.03 },
  { seed: 7, rate: 0.02 },
];

function subject(name: string, members: readonly Seeded[]) {
  const network = byName(name);
  const { graph, images, firstBatch } = prepare(network);
  return {
    graph,
    images,
    members: members.map(({ seed }) => ({ seed, initial: initialParameters(graph, network.spec, seed) })),
    /** Every network has minibatches of its own. */
    batch: (member: number, step: number) =>
      firstBatch.map((image) => (image * (member + 1) + step) % (4 * network.batch)),
  };
}

type Subject = ReturnType<typeof subject>;

/** Everything that can be asked of a network behind three steps, some of which are under way together. */
async function history(trainers: readonly Trainer[], { graph, batch }: Subject, first = 0) {
  const node = graph.nodes.length - 2;
  const step = (time: number) =>
    trainers.map((trainer, i) => trainer.step(batch(first + i, time), seeded[first + i]?.rate ?? 0));
  const early = await Promise.all([...step(0), ...step(1)]);
  const late = await Promise.all(step(2));
  const each = trainers.map(async (trainer, i) => {
    const [images, sample] = [batch(first + i, 3), Uint32Array.of(0, 1, 2, 3)];
    return {
      steps: [early[i], early[trainers.length + i], late[i]],
      gradients: await trainer.gradients(images),
      evaluation: await trainer.evaluate(sample, sample, sample),
      logits: await trainer.logits('test', sample, sample),
      statistics: await trainer.statistics(sample),
      signals: await trainer.signals('train', images, [node]),
      activations: await trainer.activations('test', images, [node]),
      snapshot: await trainer.snapshot(),
    };
  });
  return Promise.all(each);
}

/** Texts that differ in more than numbers, of the kernels of all test networks. */
function kernelTexts(): ReadonlyMap<string, string> {
  const all = testNetworks.flatMap((network) =>
    Object.values(tunings).flatMap((tuning) => {
      const graph = buildGraph(network.spec, network);
      return compileTraining(graph, adam, network.batch, tuning, 2).dispatches.map(({ kernel: { code } }) => code);
    }),
  );
  return new Map(all.map((code) => [code.replace(/\d+/g, ''), code]));
}

/** What is compared, with which rule, and of how many networks. */
const cases = {
  software: [['residual blocks, stochastic depth', adam, 2]],
  hardware: [
    ['residual blocks, option A, batch norm', { ...adam, stats: 'running' }, 3],
    ['residual blocks, dropout on the shortcut', momentum, 2],
  ],
} as const;

async function together(engine: Engine, of: Subject, rule: UpdateRule): Promise<Trainer[]> {
  const trainers = await engine.gangs?.createTrainers(of.graph, of.members, rule, of.images);
  if (!trainers) throw new Error('no gangs');
  return trainers;
}

function alone(engine: Engine, { graph, images, members }: Subject, rule: UpdateRule): Promise<Trainer[]> {
  return Promise.all(
    members.map(({ initial, seed }) => engine.createTrainer(graph, initial, { ...rule, seed }, images)),
  );
}

/** @param engine which is there once `beforeAll` has run */
export function testGangs(engine: () => Engine, tuning: Tuning['name']): void {
  const compared: readonly (readonly [string, UpdateRule, number])[] = cases[tuning];

  it.each(compared)(
    'networks of one graph compute together what each computes alone: %s',
    async (name, rule, count) => {
      const of = subject(name, seeded.slice(0, count));
      const gang = await together(engine(), of, rule);
      const found = await history(gang, of);
      const single = await alone(engine(), of, rule);
      for (const [i, trainer] of single.entries()) expect(found[i]).toEqual((await history([trainer], of, i))[0]);
      expect(found[0]?.snapshot).not.toEqual(found[1]?.snapshot);
      for (const trainer of [...gang, ...single]) trainer.dispose();
    },
  );

  if (tuning === 'hardware') return;

  it('networks of one graph take a step together in as many dispatches as one, and go on without those that have ended', async () => {
    const of = subject('conv, linear, flatten', seeded);
    const [gang, single] = [await together(engine(), of, momentum), await alone(engine(), of, momentum)];
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    const dispatches = async (trainers: readonly Trainer[], time: number, rate = 0.01) => {
      dispatch.mockClear();
      const steps = await Promise.all(trainers.map((trainer, i) => trainer.step(of.batch(i, time), rate)));
      return { steps, count: dispatch.mock.calls.length };
    };
    // Also compiles the plans.
    for (const trainers of [gang, single]) await dispatches(trainers, 0);
    const [all, each] = [await dispatches(gang, 1), await dispatches(single, 1)];
    expect(all.count * 3).toBe(each.count);
    expect(all.steps).toEqual(each.steps);
    // One has too large weights to go on with, and stands still.
    const huge = of.members[1]?.initial.map((values) => values.map(() => 3e38)) ?? [];
    for (const trainers of [gang, single]) trainers[1]?.restore({ parameters: huge, moments: [], updates: 0 });
    const [broken, expected] = [await dispatches(gang, 2), await dispatches(single, 2)];
    expect(broken.steps[1]?.overflow).not.toBeNull();
    expect(broken.steps[0]?.overflow).toBeNull();
    expect(broken.steps).toEqual(expected.steps);
    expect((await gang[1]?.snapshot())?.updates).toBe(0);
    // One asks alone; one is disposed of, with a step under way.
    const last = gang[1]?.step(of.batch(1, 3), 0.01);
    gang[1]?.dispose();
    expect((await last)?.overflow).not.toBeNull();
    for (const trainers of [gang, single])
      expect((await dispatches([trainers[0] as Trainer], 3)).count).toBe(all.count);
    const [found, known] = [gang, single].map((trainers) => dispatches([trainers[0], trainers[2]] as Trainer[], 4));
    expect((await found)?.steps).toEqual((await known)?.steps);
    expect(await gang[2]?.snapshot()).toEqual(await single[2]?.snapshot());
    for (const trainer of [gang[0], gang[2], ...single]) trainer?.dispose();
  });

  it('networks of one graph have kernels together that WGSL allows, in all test networks', async () => {
    const { device } = await requestDevice();
    const texts = kernelTexts();
    expect(texts.size).toBeGreaterThan(100);
    for (const code of texts.values()) {
      const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
      expect(
        messages.map(({ message, linePos }) => `${linePos}: ${message}`),
        code,
      ).toEqual([]);
    }
    device.destroy();
  });
}
