/** For tests: what networks compute side by side is what each computes alone, bit for bit. */
import { expect, it } from 'vitest';
import type { TrainingImages } from '../data/images.ts';
import { initialParameters } from '../network/init.ts';
import type { Engine, SideNetwork, Trainer, UpdateRule } from './engine.ts';
import { byName, prepare } from './testSuite.ts';

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

/** As images come to engines: where other threads see them too. */
function shared({ size, train, test }: TrainingImages): TrainingImages {
  const [one, other] = [train, test].map(({ count, pixels, labels }) => {
    const own = new Float32Array(new SharedArrayBuffer(4 * pixels.length));
    const classes = new Uint8Array(new SharedArrayBuffer(labels.length));
    own.set(pixels);
    classes.set(labels);
    return { count, pixels: own, labels: classes };
  });
  return { size, train: one as TrainingImages['train'], test: other as TrainingImages['test'] };
}

/** Up to three networks of one graph. @param find the test network of that name */
export function subject(name: string, count: number, find = byName) {
  const network = find(name);
  const { graph, images, firstBatch } = prepare(network);
  const networks: SideNetwork[] = seeded
    .slice(0, count)
    .map(({ seed }) => ({ graph, seed, initial: initialParameters(graph, network.spec, seed) }));
  return {
    images: shared(images),
    networks,
    /** Every network has minibatches of its own. */
    batch: (member: number, step: number) =>
      firstBatch.map((image) => (image * (member + 1) + step) % (4 * network.batch)),
  };
}

type Subject = ReturnType<typeof subject>;

/** Everything that can be asked of networks in and behind three steps, some of which are under way together. @param first of the subject's */
export async function history(trainers: readonly Trainer[], { networks, batch }: Subject, first = 0) {
  const node = (networks[0]?.graph.nodes.length ?? 0) - 2;
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

export async function together(
  engine: Engine,
  { networks, images }: Pick<Subject, 'networks' | 'images'>,
  rule: UpdateRule,
): Promise<Trainer[]> {
  const trainers = await engine.sideBySide?.createTrainers(networks, rule, images);
  if (!trainers) throw new Error('not side by side');
  return trainers;
}

export function alone(
  engine: Engine,
  { networks, images }: Pick<Subject, 'networks' | 'images'>,
  rule: UpdateRule,
): Promise<Trainer[]> {
  return Promise.all(
    networks.map(({ graph, initial, seed }) => engine.createTrainer(graph, initial, { ...rule, seed }, images)),
  );
}

/** @param engine which is there once `beforeAll` has run @param cases test networks, rules, and how many networks of each */
export function testSideBySide(
  engine: () => Engine,
  cases: readonly (readonly [name: string, rule: UpdateRule, count: number])[],
  find = byName,
): void {
  it.each(cases)('networks compute side by side what each computes alone: %s', async (name, rule, count) => {
    const of = subject(name, count, find);
    const pair = await together(engine(), of, rule);
    const found = await history(pair, of);
    const single = await alone(engine(), of, rule);
    for (const [i, trainer] of single.entries()) expect(found[i]).toEqual((await history([trainer], of, i))[0]);
    expect(found[0]?.snapshot).not.toEqual(found[1]?.snapshot);
    for (const trainer of [...pair, ...single]) trainer.dispose();
  });
}
