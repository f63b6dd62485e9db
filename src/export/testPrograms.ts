/** The networks whose programs are run and trained, what ours computes of them, and how training must go. */
import fc from 'fast-check';
import { expect, inject } from 'vitest';
import { backwardPass, forwardPass, ofMinibatch } from '../engine/reference/passes.ts';
import { inputBatch, item, parameterTensors } from '../engine/reference/tensors.ts';
import { cover, sizeless } from '../engine/testCover.ts';
import { type TestNetwork, testImages, testNetworks, testParameters } from '../engine/testNetworks.ts';
import { architectureNames, architectures } from '../experiment/architectures.ts';
import type { Item } from '../experiment/experiment.ts';
import { baseKinds, type Family, familyStack, familyToken } from '../experiment/families.ts';
import { presets } from '../experiment/presets.ts';
import { networkSettings } from '../experiment/settings.ts';
import { hasShortcuts } from '../experiment/stack.ts';
import { commonSettings } from '../experiment/testArbitraries.ts';
import { buildGraph } from '../network/build.ts';
import { costOf } from '../network/cost.ts';
import type { NetworkGraph } from '../network/graph.ts';
import { referencesOf } from '../ops/ops.ts';
import { frameworks, programOf } from './program.ts';

export type TestProgram = Omit<TestNetwork, 'batch'>;

/** Images of the tiny set: enough for batch norm on maps of one position not to magnify rounding. */
export const IMAGES = 12;
/** Steps of Adam that the programs are trained for, and its learning rate. */
export const STEPS = 8;
export const RATE = 0.01;

const { network } = presets.t7;
const { norm: norms, order: orders, shortcut: shortcuts, span: spans, act: activations } = networkSettings;

const families: readonly Pick<Family, 'preset' | 'kind' | 'layers'>[] = [
  { preset: 's14', kind: 'plain', layers: 8 },
  { preset: 's14', kind: 'residual', layers: 8 },
  { preset: 't7', kind: 'plain', layers: 8 },
  { preset: 't7', kind: 'residual', layers: 14 },
  { preset: 'f7', kind: 'plain', layers: 6 },
  { preset: 'f7', kind: 'residual', layers: 6 },
  ...baseKinds.map((kind) => ({ preset: 't7' as const, kind, layers: 8 })),
];

/** Each way of making layers with each kind of block, that keeps its shape or changes it; the activations take turns. */
const crossed: readonly TestProgram[] = norms.choices
  .flatMap((norm) => orders.choices.flatMap((order) => spans.choices.map((span) => ({ norm, order, span }))))
  .flatMap((made) => shortcuts.choices.map((shortcut) => ({ ...made, shortcut })))
  .map((made, index): TestProgram => {
    const act = activations.choices[index % activations.choices.length] ?? 'relu';
    const init = act === 'sigmoid' || act === 'tanh' ? 'xavier' : 'he';
    const stack: readonly Item[] = [
      { kind: 'conv', width: 3, stride: 2, count: 1 },
      { kind: 'residual', width: 3, stride: 1, count: 1 },
      { kind: 'residual', width: 5, stride: 2, count: 2 },
    ];
    return {
      name: Object.values({ ...made, act }).join(', '),
      spec: { ...network, ...made, act, init, stack },
      size: 14,
    };
  });

/** Settings of blocks, and the items around them, in any combination: drawn anew with every PROPERTY_SEED. */
const drawn: readonly TestProgram[] = fc
  .sample(
    fc.record({
      settings: commonSettings,
      blocks: fc.array(
        fc.record({
          kind: fc.constantFrom('residual', 'zeroresidual', 'plain', 'conv', 'dirac'),
          stride: fc.constantFrom(1, 2),
          widens: fc.integer({ min: 0, max: 2 }),
          count: fc.integer({ min: 1, max: 2 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      before: fc.constantFrom('identity', 'maxpool', 'avgpool', null),
      isDense: fc.boolean(),
    }),
    12,
  )
  .map(({ blocks, before, isDense, settings }, index): TestProgram => {
    // Where a shortcut is cut, a branch of a learned factor from 0 passes nothing on, and nothing moves.
    const skipscale = settings.skipscale || 0.5;
    // A block that chance leaves out of every step does not move either.
    const survival = Math.max(settings.survival, 0.8);
    const how = { ...settings, skipscale, survival, std: 0.3, gain: index % 2 ? 1.3 : 1 };
    let width = 3;
    const stack: Item[] = [{ kind: 'conv', width, stride: 2, count: 1 }];
    if (before) stack.push({ kind: before, count: 1 });
    for (const { kind: any, stride, widens, count } of blocks) {
      // `checkExperiment` refuses both together.
      const kind = any === 'zeroresidual' && how.skipinit === 'on' ? 'residual' : any;
      width += widens;
      stack.push({ kind, width, stride, count } as Item);
    }
    if (isDense) stack.push({ kind: 'dense', width: 6, count: 1 });
    return { name: `drawn ${index + 1}`, spec: { ...how, stack }, size: 14 };
  });

const fixed: readonly TestProgram[] = [
  ...testNetworks,
  ...families.map((family): TestProgram => {
    const how = presets[family.preset].network;
    return {
      name: familyToken({ ...family, width: 4 }),
      spec: { ...how, stack: familyStack({ ...family, width: 4 }) },
      size: 14,
    };
  }),
  ...architectureNames.map((name): TestProgram => {
    // Their layers one for one, narrower: the reference engine is no fast one.
    const stack = architectures[name].map((each) => ('width' in each ? { ...each, width: each.width / 4 } : each));
    return { name, spec: { ...network, stack }, size: 14 };
  }),
  ...crossed,
];

/** What a program is there for: its lines in each framework, and, where it has blocks, each pair of the settings that arrange them. */
function linesOf(program: TestProgram): Set<string> {
  const written = frameworks.flatMap((framework) => {
    // Behind the comment in front, which has the network's name and sizes.
    const lines = programOf(framework, program.spec, program, '').split('\n').slice(1);
    return lines.map((line) => `${framework}: ${sizeless(line)}`);
  });
  const { norm, order, shortcut, span, stack } = program.spec;
  const settings = hasShortcuts(stack) ? Object.entries({ norm, order, shortcut, span }).map(String) : [];
  return new Set([...written, ...settings.flatMap((one) => settings.map((other) => `${one} ${other}`))]);
}

function costOfRunning({ spec, ...format }: TestProgram): number {
  return costOf(buildGraph(spec, format)).trainingFlops;
}

const candidates = fixed.map((program) => ({
  program,
  lines: linesOf(program),
  costs: new Map([[program.name, costOfRunning(program)]]),
}));
const chosen = inject('propertyRuns') > 1 ? candidates : cover(candidates);

/** Networks that between them have every line of every program, and every pair of the settings; all where `PROPERTY_RUNS` asks for more than usual. */
export const testPrograms: readonly TestProgram[] = [...chosen.map(({ program }) => program), ...drawn];

/** By the program's name: each is asked for several times. */
const known = new Map<string, ReturnType<typeof computed>>();

/** What our network makes of the images with the test's parameters, nothing dropped by chance, batch norm with the minibatch's statistics. */
export function ours(program: TestProgram): ReturnType<typeof computed> {
  const made = known.get(program.name) ?? computed(program);
  known.set(program.name, made);
  return made;
}

function computed(program: TestProgram) {
  const { spec } = program;
  const graph = buildGraph(spec, program);
  const parameters = testParameters(graph, spec);
  const { pixels, labels } = testImages(program, IMAGES).train;
  const tensors = parameterTensors(graph, parameters);
  const mode = { statisticsOf: ofMinibatch, draw: null };
  const outputs = forwardPass(graph, tensors, inputBatch(graph, pixels, IMAGES), mode);
  const gradients = backwardPass(graph, tensors, outputs, labels, null).parameters;
  const largest = gradients.reduce(
    (most, { values }) => values.reduce((m, value) => Math.max(m, Math.abs(value)), most),
    0,
  );
  return { graph, parameters, pixels, labels, logits: item(outputs, graph.logits).values, gradients, largest };
}

const parametric = ['conv', 'dense', 'batchNorm', 'groupNorm', 'learnedScale'] as const;

/**
 * The nodes with parameters, by kind, in the order of the graph's: in each program the layers of a kind are made in that order.
 * Of each, its parameters in the order of the frameworks' layers.
 */
export function weighted(graph: NetworkGraph) {
  return parametric.map((kind) => ({
    kind,
    nodes: graph.nodes
      .filter(({ op }) => op.kind === kind)
      .map(({ id, op, inputs }) => ({
        id,
        parameters: referencesOf(op),
        reads: item(graph.nodes, item(inputs, 0)).shape,
      })),
  }));
}

/** Largest difference, over the largest of the expected magnitudes, or over `floor` where they are smaller. */
export function difference(found: ArrayLike<number>, expected: ArrayLike<number>, floor = 0): number {
  expect(found.length).toBe(expected.length);
  const scale = Array.from(expected).reduce((largest, value) => Math.max(largest, Math.abs(value)), floor);
  return (
    Array.from(expected).reduce((most, value, i) => Math.max(most, Math.abs(value - (found[i] ?? Number.NaN))), 0) /
    scale
  );
}

/** Losses that are finite, and lower at the end than at the start. */
export function expectLearning(losses: readonly number[]): void {
  expect(losses).toHaveLength(STEPS);
  expect(losses.every(Number.isFinite)).toBe(true);
  // Of three steps, as what is dropped by chance makes losses rise and fall.
  const mean = (some: readonly number[]) => some.reduce((sum, loss) => sum + loss, 0) / some.length;
  expect(mean(losses.slice(-3))).toBeLessThan(mean(losses.slice(0, 3)));
}
