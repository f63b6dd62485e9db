/** For tests: what `drop` nodes draw on the GPU: the masks of `ops/drop/mask.ts` bit for bit, each step its own, though several steps leave at once. */
import { expect, it } from 'vitest';
import type { GraphNode, NetworkGraph, NodeId, Op } from '../../network/graph.ts';
import { GraphBuilder } from '../../network/graphBuilder.ts';
import { maskOf } from '../../ops/drop/mask.ts';
import { elements } from '../../ops/shapes.ts';
import type { Engine } from '../engine.ts';
import { createReferenceEngine } from '../reference/engine.ts';
import { testImages } from '../testNetworks.ts';
import { expectSameStep, plainSgd, prepare, smallByName } from '../testSuite.ts';

type Drop = GraphNode<Extract<Op, { kind: 'drop' }>>;

/** Ones, dropped on the way into a sum, and dropped and stored. */
function ones(): { graph: NetworkGraph; drops: Drop[] } {
  const builder = new GraphBuilder([14, 14, 1]);
  const x = builder.conv(0, 3, 2, 5, { name: 'ones', initializer: 0, bias: true });
  const terms = [builder.dropped(x, 0.3, 'element'), builder.dropped(x, 0.6, 'minibatch')] as const;
  const sum = builder.node({ kind: 'add' }, terms);
  const drops: readonly NodeId[] = [...terms, builder.dropped(sum, 0.9, 'element')];
  const graph = builder.end(drops[2] ?? 0, 10);
  return { graph, drops: drops.map((id) => graph.nodes[id] as Drop) };
}

/** @param engine which is there once `beforeAll` has run */
export function testMasks(engine: () => Engine): void {
  it.each([0, 1, 77, 0xffffffff])('drops what the masks say, bit for bit, of seed %i', async (seed) => {
    const { graph, drops } = ones();
    const parameters = graph.parameters.map(({ name, shape }) =>
      new Float32Array(elements(shape)).fill(name === 'ones bias' ? 1 : 0),
    );
    const trainer = await engine().createTrainer(graph, parameters, { ...plainSgd, seed }, testImages(14, 3));
    for (const updates of [0, 1, 2, 9_999]) {
      trainer.restore({ parameters, moments: [], updates });
      const ids = drops.map(({ id }) => id);
      const [elementwise, whole, stored] = await trainer.activations('train', Uint32Array.of(2, 0, 1), ids);
      const masks = drops.map((node) => maskOf(node, { seed, updates }, 3 * elements(node.shape)));
      const [first = new Float32Array(), all = new Float32Array(), last = new Float32Array()] = masks;
      expect(elementwise).toEqual(first);
      expect(new Set(whole)).toEqual(new Set(all));
      expect(stored).toEqual(last.map((kept, i) => kept * ((first[i] ?? 0) + (all[0] ?? 0))));
    }
    trainer.dispose();
  });

  it('drops each step’s own, of more steps under way than one submit takes', async () => {
    const { graph, images, firstBatch, parameters } = prepare(smallByName('residual blocks, stochastic depth'));
    const ours = await engine().createTrainer(graph, parameters, plainSgd, images);
    const reference = await createReferenceEngine().createTrainer(graph, parameters, plainSgd, images);
    for (const trainer of [ours, reference]) trainer.restore({ parameters, moments: [], updates: 5 });
    const found = await Promise.all(Array.from({ length: 10 }, () => ours.step(firstBatch, 0.01)));
    for (const step of found) expectSameStep(step, await reference.step(firstBatch, 0.01));
    ours.dispose();
  });

  it('does not move on to other masks with a step that is refused', async () => {
    const { graph, images, firstBatch, parameters } = prepare(smallByName('residual blocks, dropout on the shortcut'));
    const dropped = graph.nodes.flatMap(({ id, op }) => (op.kind === 'drop' ? [id] : []));
    const huge = parameters.map((values, id) =>
      graph.parameters[id]?.initializer === 'classifier' ? values.map(() => 3.4e38) : values,
    );
    const trainer = await engine().createTrainer(graph, huge, plainSgd, images);
    const before = await trainer.activations('train', firstBatch, dropped);
    const steps = await Promise.all([trainer.step(firstBatch, 0.01), trainer.step(firstBatch, 0.01)]);
    expect(steps.map(({ overflow }) => overflow === null)).toEqual([false, false]);
    expect(await trainer.activations('train', firstBatch, dropped)).toEqual(before);
    expect((await trainer.snapshot()).updates).toBe(0);
    trainer.dispose();
  });
}
