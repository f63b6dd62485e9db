/** Graphs that no spec makes: an engine takes any op anywhere, whatever else reads its input. For tests. */
import fc from 'fast-check';
import { inject, it } from 'vitest';
import type { NetworkGraph, NodeId } from '../network/graph.ts';
import { GraphBuilder } from '../network/graphBuilder.ts';
import { normal, random } from '../network/random.ts';
import { elements } from '../ops/shapes.ts';
import type { Engine } from './engine.ts';
import { createReferenceEngine } from './reference/engine.ts';
import { testImages } from './testNetworks.ts';
import { expectNear, expectSameGradients, plainSgd } from './testSuite.ts';

const kinds = [
  'conv',
  'batchNorm',
  'groupNorm',
  'relu',
  'gelu',
  'tanh',
  'identity',
  'add',
  'scale',
  'learnedScale',
  'open',
  'shut',
  'dropout',
  'depth',
  'narrower',
] as const;

/** A node to be: its kind, and which of the nodes before it are read. */
interface Wish {
  readonly kind: (typeof kinds)[number];
  readonly from: number;
  readonly beside: number;
}

const wishes: fc.Arbitrary<Wish[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), from: fc.nat(20), beside: fc.nat(20) }),
  { minLength: 1, maxLength: 12 },
);

const WIDTH = 3;

function append(builder: GraphBuilder, { kind, from, beside }: Wish, [x, other]: readonly [NodeId, NodeId]): NodeId {
  const name = `${kind} ${from} ${beside} ${builder.nodes.length}`;
  switch (kind) {
    case 'conv':
      return builder.conv(x, 3, 1, WIDTH, { name, initializer: 'spec', bias: true });
    case 'batchNorm':
      return builder.norm(x, { norm: 'batch', groups: 1 }, name);
    case 'groupNorm':
      return builder.norm(x, { norm: 'group', groups: 3 }, name);
    case 'relu':
    case 'gelu':
    case 'tanh':
      return builder.activation(x, kind);
    case 'identity':
      return builder.node({ kind }, [x]);
    case 'add':
      return builder.node({ kind }, [x, other]);
    case 'scale':
      return builder.scaled(x, -0.7);
    case 'learnedScale':
      return builder.learnedScale(x, name);
    case 'open':
    case 'shut':
      return builder.node({ kind: 'gate', part: kind }, [x, other]);
    case 'dropout':
      return builder.dropped(x, 0.6, 'element');
    case 'depth':
      return builder.dropped(x, 0.8, 'minibatch');
    case 'narrower':
      return builder.node({ kind: 'padShortcut', stride: 1 }, [x]);
  }
}

/** A stride-2 conv, the nodes that were wished for, and a classifier that reads the sum of all that nobody else reads. */
function graphOf(all: readonly Wish[]): NetworkGraph {
  const builder = new GraphBuilder([14, 14, 1]);
  const stem = builder.conv(0, 3, 2, WIDTH, { name: 'stem', initializer: 'spec', bias: true });
  const first = builder.norm(stem, { norm: 'batch', groups: 1 }, 'stem');
  const nodes = [first];
  const pick = (index: number) => nodes[index % nodes.length] ?? first;
  for (const wish of all) nodes.push(append(builder, wish, [pick(wish.from), pick(wish.beside)]));
  const isRead = (id: NodeId) => builder.nodes.some(({ inputs }) => inputs.includes(id));
  const [last = first, ...ends] = nodes.filter((id) => !isRead(id));
  const sum = ends.reduce((a, b) => builder.node({ kind: 'add' }, [a, b]), last);
  return builder.end(sum, 10);
}

function valuesFor({ parameters }: NetworkGraph): Float32Array[] {
  const next = normal(random(1, 'any graph'));
  return parameters.map(({ shape, fanIn, role }) =>
    Float32Array.from({ length: elements(shape) }, () => (role === 'scale' ? 0.8 : 0) + next() / Math.sqrt(1 + fanIn)),
  );
}

/**
 * @param shownNodes whose signals the engine can tell apart
 * @param numRuns how many graphs to draw
 */
export function testAnyGraph(
  engine: () => Engine,
  shownNodes: (graph: NetworkGraph) => readonly NodeId[],
  numRuns: number,
): void {
  it('has the gradients and the signals of the reference engine', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, async (all) => {
        const graph = graphOf(all);
        const images = testImages(14, 3);
        const batch = Uint32Array.of(0, 1, 2);
        const found = await engine().createTrainer(graph, valuesFor(graph), plainSgd, images);
        const expected = await createReferenceEngine().createTrainer(graph, valuesFor(graph), plainSgd, images);
        const [a, b] = [await found.gradients(batch), await expected.gradients(batch)];
        const nodes = shownNodes(graph);
        const [seen, known] = [
          await found.signals('train', batch, nodes),
          await expected.signals('train', batch, nodes),
        ];
        found.dispose();
        // Norms behind norms leave more gradients of zero than a spec can.
        expectSameGradients(graph, a.parameters, b.parameters, 1e-5);
        const scale = Math.max(...known.gradients.map((values) => Math.hypot(...values)));
        nodes.forEach((id, i) => {
          const what = `node ${id}, ${graph.nodes[id]?.op.kind}`;
          expectNear(seen.outputs[i], known.outputs[i], 1e-3, 1e-5, what);
          expectNear(seen.gradients[i], known.gradients[i], 1e-3, 1e-5 * scale, `${what}, backwards`);
        });
      }),
      { numRuns: numRuns * inject('propertyRuns') },
    );
  });
}
