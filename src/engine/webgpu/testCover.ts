/**
 * For tests: which networks to train with which tuning. What takes a software GPU time is to compile kernels, a tenth of a second each, and most
 * kernels of a network differ from those of another in sizes alone. So every line of WGSL that any test network has with any tuning,
 * in any plan, is run in some plan, but not in each that has it; so is every arrangement of a block's norms and activations. All networks are trained
 * and looked into on the `cpu` engine, from the same schedules.
 */
import { inject } from 'vitest';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { cover, sizeless } from '../testCover.ts';
import { type TestNetwork, testNetworks } from '../testNetworks.ts';
import { plainSgd } from '../testSuite.ts';
import { compileSignals, compileTraining } from './plan/compile.ts';
import type { Plan } from './plan/plan.ts';
import { type Tuning, tunings } from './plan/tuning.ts';

const conv = { kind: 'conv', stride: 2, count: 1 } as const;
const block = { kind: 'residual', count: 1 } as const;

function network(name: string, how: Pick<NetworkSpec, 'stack'> & Partial<NetworkSpec>): TestNetwork {
  return { name, spec: { ...presets.t7.network, ...how }, size: 14, batch: 3 };
}

/** What brings kernels of its own by its size: several packs of channels, and whole rows of 14 pixels. */
const wide: readonly TestNetwork[] = [
  network('three packs of channels', {
    act: 'tanh',
    stack: [
      { ...conv, width: 10 },
      { ...block, width: 10, stride: 1 },
      { ...block, width: 11, stride: 2 },
    ],
  }),
  network('rows of 14 pixels', {
    norm: 'batch',
    stack: [
      { ...conv, width: 8, stride: 1 },
      { ...block, width: 8, stride: 1 },
    ],
  }),
  network('down to one pixel', { norm: 'none', stack: [{ ...conv, width: 3, count: 5 }] }),
];

interface Candidate {
  readonly network: TestNetwork;
  readonly tuning: Tuning['name'];
  readonly kind: 'training' | 'signals';
  readonly kernels: ReadonlySet<string>;
  readonly lines: ReadonlySet<string>;
}

function linesOf({ dispatches }: Plan): Set<string> {
  return new Set(
    dispatches.flatMap(({ kernel: { name, code } }) => {
      const purpose = name.replace(/ (stride \d|[\d×]+)/g, '');
      return code.split('\n').map((line) => `${purpose}: ${sizeless(line)}`);
    }),
  );
}

function candidates(): Candidate[] {
  return [...testNetworks, ...wide].flatMap((network) => {
    const graph = buildGraph(network.spec, network.size);
    const nodes = graph.nodes.slice(1).map(({ id }) => id);
    return Object.values(tunings).flatMap((tuning) => {
      const plans = {
        training: compileTraining(graph, plainSgd, network.batch, tuning),
        signals: compileSignals(graph, network.batch, tuning, nodes),
      };
      return (['training', 'signals'] as const).map((kind): Candidate => {
        const kernels = new Set(plans[kind].dispatches.map(({ kernel: { code } }) => `${tuning.name}\n${code}`));
        const { order, span } = network.spec;
        const arranged = [`order ${order}, ${kind}`, `span ${span}, ${kind}`];
        return { network, tuning: tuning.name, kind, kernels, lines: new Set([...linesOf(plans[kind]), ...arranged]) };
      });
    });
  });
}

/** Characters that are compiled for one, beside those of others: compiling takes a time about proportional to them. */
function newCode({ kernels }: Candidate, others: readonly Candidate[]): number {
  return [...kernels]
    .filter((kernel) => !others.some((other) => other.kernels.has(kernel)))
    .reduce((sum, code) => sum + code.length, 0);
}

const all = candidates();
const chosen = inject('propertyRuns') > 1 ? all : cover(all, (each, others) => 1 + newCode(each, others));

/** The networks to be trained, or looked into, with a tuning; all of them where `PROPERTY_RUNS` asks for more than usual. */
export function networksFor(kind: Candidate['kind'], tuning: Tuning['name']): TestNetwork[] {
  return chosen.filter((each) => each.kind === kind && each.tuning === tuning).map(({ network }) => network);
}
