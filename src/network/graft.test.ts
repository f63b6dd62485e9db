import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../engine/reference/engine.ts';
import { initialAverages } from '../engine/runningAverages.ts';
import { testImages, testParameters } from '../engine/testNetworks.ts';
import type { Item, NetworkSpec } from '../experiment/experiment.ts';
import { familyStack } from '../experiment/families.ts';
import { parseStack } from '../experiment/networkText.ts';
import { presets } from '../experiment/presets.ts';
import { buildGraph } from './build.ts';
import { graft, type TrainedBase } from './graft.ts';

const stack = familyStack({ preset: 't7', kind: 'plain', layers: 8, width: 4 });
const spec: NetworkSpec = { stack, ...presets.t7.network };

/** Its every parameter has moved away from its start. */
const base: TrainedBase = { spec, size: 14, parameters: testParameters(buildGraph(spec, 14), spec) };

function items(text: string): readonly Item[] {
  const parsed = parseStack(text);
  if (!parsed.ok) throw new Error(text);
  return parsed.value;
}

function grafted(kind: 'base+conv' | 'base+identity' | 'base+dirac' | 'base+zeroresidual') {
  const target = { ...spec, stack: familyStack({ preset: 't7', kind, layers: 6, width: 4 }) };
  const result = graft(base, target, 3);
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

const images = testImages(14, 40);
const all = Uint32Array.from({ length: 40 }, (_, i) => i);

async function logitsOf(graph: ReturnType<typeof buildGraph>, parameters: readonly Float32Array[]) {
  const rule = { opt: 'sgd', wd: 0, clip: 0, seed: 1 } as const;
  const trainer = await createReferenceEngine().createTrainer(graph, parameters, rule, images);
  return trainer.logits('test', all, all);
}

describe('a graft', () => {
  it('keeps every parameter of the base, in order, and starts the others afresh', () => {
    const { graph, parameters } = grafted('base+conv');
    const kept = parameters.filter((values) => base.parameters.includes(values));
    expect(kept).toEqual([...base.parameters]);
    const fresh = graph.parameters.filter(({ id }) => !kept.includes(parameters[id] ?? new Float32Array()));
    // Six conv layers with a weight, a scale and a shift each.
    expect(fresh).toHaveLength(18);
    for (const { id, shape } of graph.parameters) {
      expect(parameters[id]).toHaveLength(shape.reduce((product, side) => product * side, 1));
    }
    expect(graph.parameters.map(({ id }) => parameters[id]?.length)).toEqual(parameters.map(({ length }) => length));
  });

  it('has the running averages of the base’s norms, wherever they now are', () => {
    const graphOfBase = buildGraph(spec, 14);
    const channels = (graph: typeof graphOfBase, node: number) => graph.nodes[node]?.shape[2] ?? 0;
    const averages = initialAverages(graphOfBase).map(({ node, mean, variance }, i) => ({
      node,
      mean: mean.fill(i + 1),
      variance,
    }));
    const target = { ...spec, stack: familyStack({ preset: 't7', kind: 'base+conv', layers: 6, width: 4 }) };
    const result = graft({ ...base, averages }, target, 3);
    if (!result.ok) throw new Error(result.problem.code);
    const { graph, averages: kept = [] } = result.value;
    expect(kept.map(({ mean }) => mean)).toEqual(averages.map(({ mean }) => mean));
    expect(kept.map(({ node }) => channels(graph, node))).toEqual(averages.map(({ mean }) => mean.length));
    expect(initialAverages(graph)).toHaveLength(kept.length + 6);
    expect(initialAverages(graph, kept).filter(({ mean }) => mean[0] === 0)).toHaveLength(6);
  });

  it.each(['base+identity', 'base+dirac', 'base+zeroresidual'] as const)(
    'of %s computes exactly what the base does',
    async (kind) => {
      const { graph, parameters } = grafted(kind);
      expect(await logitsOf(graph, parameters)).toEqual(await logitsOf(buildGraph(spec, 14), base.parameters));
    },
  );

  it('of fresh conv layers computes something else', async () => {
    const { graph, parameters } = grafted('base+conv');
    const before = await logitsOf(buildGraph(spec, 14), base.parameters);
    const after = await logitsOf(graph, parameters);
    expect(Math.max(...after.map((value, i) => Math.abs(value - (before[i] ?? 0))))).toBeGreaterThan(0.1);
  });

  it('takes a repeated item apart: the first is the base’s, the next is new', () => {
    const small = { ...spec, stack: items('conv-4/2') };
    const smallBase: TrainedBase = { spec: small, size: 14, parameters: testParameters(buildGraph(small, 14), small) };
    const result = graft(smallBase, { ...spec, stack: items('conv-4/2*2') }, 1);
    expect(result.ok && result.value.parameters.slice(0, 3)).toEqual(smallBase.parameters.slice(0, 3));
  });

  it.each([
    ['an item of the base is missing', { ...spec, stack: items('conv-4/2,plain-4,plain-8/2') }],
    ['the order differs', { ...spec, stack: items('plain-4,conv-4/2,plain-8/2,plain-16/2') }],
    ['the activation differs', { ...spec, act: 'tanh' as const }],
  ])('is refused where %s', (_, target) => {
    expect(graft(base, target, 1)).toMatchObject({ ok: false, problem: { code: 'graft.notInserted' } });
  });
});
