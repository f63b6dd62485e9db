/**
 * For tests: which networks to train with which tuning. What takes a software GPU time is to compile kernels, a tenth of a second each, and most
 * kernels of a network differ from those of another in sizes alone. So every line of WGSL that any test network has with any tuning,
 * in any plan, is run in some plan, but not in each that has it, and rather in a small network than in a large one; so is every arrangement of a block's norms
 * and activations, rows of several runs, and several workgroups of each purpose. All networks are trained and looked into on the `cpu` engine, from the same schedules.
 */
import { inject } from 'vitest';
import type { Item, NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { type Candidate, cover, sizeless } from '../testCover.ts';
import { inOnePack, onSmallImages, type TestNetwork, testNetworks } from '../testNetworks.ts';
import { plainSgd, smallByName } from '../testSuite.ts';
import { compileSignals, compileTraining } from './plan/compile.ts';
import type { Dispatch, Plan } from './plan/plan.ts';
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

/** What other tests train with each tuning, so that its kernels cost nothing more. */
const trainedAnyway = [
  'conv, linear, flatten',
  'conv, ReLU, He, global pooling',
  'plain blocks, batch norm',
  'residual blocks, option A, batch norm',
  'residual blocks, option B, batch norm',
  'residual blocks, dropout on the shortcut',
  'residual blocks, stochastic depth',
  'pre-activation, everything at once',
].map(smallByName);

/** A network on small images, and its first layer with each of the others. */
function parts(network: TestNetwork, narrowed: (item: Item) => Item): TestNetwork[] {
  const [first, ...others] = network.spec.stack;
  if (network.data || !first) return [];
  const pairs = others.map((item) => [first, { ...item, count: 1 }].map(narrowed));
  return [network.spec.stack, ...pairs].map((stack) => onSmallImages(network, stack));
}

const small: readonly TestNetwork[] = [
  // The channels of a pack are not to be had in groups.
  ...testNetworks.flatMap((each) => parts(each, each.spec.norm === 'group' ? (item) => item : inOnePack)),
  ...wide.flatMap((each) => parts(each, (item) => item)),
  ...trainedAnyway,
];

interface Planned extends Candidate {
  readonly network: TestNetwork;
  readonly tuning: Tuning['name'];
  readonly kind: 'training' | 'signals';
}

/** By what they are for, the lines of a kernel. */
const known = new Map<string, readonly string[]>();

function purposeOf({ kernel: { name } }: Dispatch): string {
  return name.replace(/ (stride \d|[\d×]+)/g, '');
}

function linesOf({ dispatches }: Plan): string[] {
  return dispatches.flatMap((dispatch) => {
    const { code } = dispatch.kernel;
    const purpose = purposeOf(dispatch);
    const lines = known.get(code) ?? code.split('\n').map((line) => `${purpose}: ${sizeless(line)}`);
    known.set(code, lines);
    return lines;
  });
}

/** Barriers make a kernel slower to compile, and those for hardware have them. */
const costOfCharacter = { software: 1, hardware: 1.7 };

function plansOf(network: TestNetwork): Planned[] {
  const graph = buildGraph(network.spec, network);
  const nodes = graph.nodes.slice(1).map(({ id }) => id);
  const { order, span } = network.spec;
  const rows = graph.nodes.map(({ op, inputs: [input = 0] }) =>
    op.kind === 'conv' ? (graph.nodes[input]?.shape[1] ?? 0) : 0,
  );
  return Object.values(tunings).flatMap((tuning) => {
    const plans = {
      training: compileTraining(graph, plainSgd, network.batch, tuning),
      signals: compileSignals(graph, network.batch, tuning, nodes),
    };
    return (['training', 'signals'] as const).map((kind): Planned => {
      const arranged = [`order ${order}, ${kind}`, `span ${span}, ${kind}`];
      const several = plans[kind].dispatches
        .filter(({ groups: [groups] }) => groups > 1)
        .map((dispatch) => `several workgroups, ${purposeOf(dispatch)}, ${tuning.name}`);
      const long = Math.max(...rows) > tuning.positionsAlone ? [`several runs a row, ${kind}, ${tuning.name}`] : [];
      const costs = plans[kind].dispatches.map(
        ({ kernel: { code } }) => [`${tuning.name}\n${code}`, costOfCharacter[tuning.name] * code.length] as const,
      );
      const lines = new Set([...linesOf(plans[kind]), ...arranged, ...several, ...long]);
      return { network, tuning: tuning.name, kind, lines, costs: new Map(costs) };
    });
  });
}

function chosenPlans(): readonly Planned[] {
  const all = [...testNetworks, ...wide].flatMap(plansOf);
  if (inject('propertyRuns') > 1) return all;
  const wanted = new Set(all.flatMap(({ lines }) => [...lines]));
  const others = small
    .flatMap(plansOf)
    .map((each) => ({ ...each, lines: new Set([...each.lines].filter((line) => wanted.has(line))) }));
  const isPaid = ({ kind, network }: Planned) => kind === 'training' && trainedAnyway.includes(network);
  return cover([...all, ...others], new Set(others.filter(isPaid).flatMap(({ costs }) => [...costs.keys()])));
}

const chosen = chosenPlans();

/** The networks to be trained, or looked into, with a tuning; all of them where `PROPERTY_RUNS` asks for more than usual. */
export function networksFor(kind: Planned['kind'], tuning: Tuning['name']): TestNetwork[] {
  return chosen.filter((each) => each.kind === kind && each.tuning === tuning).map(({ network }) => network);
}
