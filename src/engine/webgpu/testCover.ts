/**
 * For tests: which networks to train with which tuning. What takes a software GPU time is to compile kernels, a tenth of a second each, and most
 * kernels of a network differ from those of another in sizes alone. So every line of WGSL that any test network has with any tuning,
 * in any plan, is run in some plan, but not in each that has it. All networks are trained and looked into on the `cpu` engine, from the same schedules.
 */
import { inject } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import { cover, sizeless } from '../testCover.ts';
import { type TestNetwork, testNetworks } from '../testNetworks.ts';
import { plainSgd } from '../testSuite.ts';
import { compileSignals, compileTraining } from './plan/compile.ts';
import type { Plan } from './plan/plan.ts';
import { type Tuning, tunings } from './plan/tuning.ts';

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
  return testNetworks.flatMap((network) => {
    const graph = buildGraph(network.spec, network.size);
    const nodes = graph.nodes.slice(1).map(({ id }) => id);
    return Object.values(tunings).flatMap((tuning) => {
      const plans = {
        training: compileTraining(graph, plainSgd, network.batch, tuning),
        signals: compileSignals(graph, network.batch, tuning, nodes),
      };
      return (['training', 'signals'] as const).map((kind): Candidate => {
        const kernels = new Set(plans[kind].dispatches.map(({ kernel: { code } }) => `${tuning.name}\n${code}`));
        return { network, tuning: tuning.name, kind, kernels, lines: linesOf(plans[kind]) };
      });
    });
  });
}

/** Kernels that are compiled for one, beside those of others. */
function newKernels({ kernels }: Candidate, chosen: readonly Candidate[]): number {
  return [...kernels].filter((kernel) => !chosen.some((other) => other.kernels.has(kernel))).length;
}

const all = candidates();
const chosen = inject('propertyRuns') > 1 ? all : cover(all, (each, before) => 1 + newKernels(each, before));

/** The networks to be trained, or looked into, with a tuning; all of them where `PROPERTY_RUNS` asks for more than usual. */
export function networksFor(kind: Candidate['kind'], tuning: Tuning['name']): TestNetwork[] {
  return chosen.filter((each) => each.kind === kind && each.tuning === tuning).map(({ network }) => network);
}
