import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentence } from '../messages/messages.ts';
import { checkExperiment } from './check.ts';
import type { Experiment, Item, NetworkSpec, TrainingSpec } from './experiment.ts';
import { parseStack } from './networkText.ts';
import { defaultExperiment, presetExperiment } from './presets.ts';
import { validExperiment } from './testArbitraries.ts';

const base = defaultExperiment;

function stackOf(text: string): Item[] {
  const stack = parseStack(text);
  if (!stack.ok) throw new Error(sentence(stack.problem));
  return stack.value;
}

function withStack(text: string, changes: Partial<NetworkSpec> = {}): Experiment {
  const network = { ...(base.networks[0] as NetworkSpec), ...changes, stack: stackOf(text) };
  return { ...base, networks: [network] };
}

function withTraining(changes: Partial<TrainingSpec>): Experiment {
  return { ...base, training: { ...base.training, ...changes } };
}

const codes = (experiment: Experiment) => checkExperiment(experiment).map(({ code }) => code);
const sentences = (experiment: Experiment) => checkExperiment(experiment).map(sentence);

test('the presets are within the limits', () => {
  expect(checkExperiment(base)).toEqual([]);
  expect(checkExperiment(presetExperiment('f7', [{ kind: 'plain', layers: 60, width: 64 }]))).toEqual([]);
  expect(checkExperiment(presetExperiment('s14', [{ kind: 'residual', layers: 110, width: 64 }]))).toEqual([]);
});

test('random experiments made within the limits are found to be so', () => {
  fc.assert(
    fc.property(validExperiment, (experiment) => {
      expect(checkExperiment(experiment)).toEqual([]);
    }),
  );
});

test('a stack of 1,212 weight layers is refused with the limit and what to remove', () => {
  expect(sentences(withStack('conv-8,plain-8*605'))).toEqual([
    'Network a has 1,212 weight layers; at most 1,202 are allowed. Remove 10, or choose a family of at most 110 layers.',
  ]);
  expect(checkExperiment(withStack('conv-8,plain-8*600'))).toEqual([]);
});

test('between one and four networks fit', () => {
  const network = base.networks[0] as NetworkSpec;
  expect(codes({ ...base, networks: [] })).toEqual(['spec.tooFewNetworks']);
  expect(checkExperiment({ ...base, networks: Array(4).fill(network) })).toEqual([]);
  expect(sentences({ ...base, networks: Array(6).fill(network) })).toEqual([
    '6 networks; at most 4 fit side by side. Remove 2.',
  ]);
});

test('a stack has at least one item and at most forty, with at most 200 layers without weights', () => {
  expect(codes({ ...base, networks: [{ ...(base.networks[0] as NetworkSpec), stack: [] }] })).toEqual([
    'spec.emptyStack',
  ]);
  expect(codes(withStack(Array(40).fill('conv-8').join()))).toEqual([]);
  expect(codes(withStack(Array(41).fill('conv-8').join()))).toEqual(['spec.tooManyItems']);
  expect(codes(withStack('conv-8,identity*150,maxpool*50'))).toEqual([]);
  expect(codes(withStack('conv-8,identity*150,maxpool*51'))).toEqual(['spec.tooManyBareLayers']);
});

test('the width, stride and count of every item are held to their limits', () => {
  expect(codes(withStack('conv-1,dense-512'))).toEqual([]);
  expect(codes(withStack('conv-0'))).toEqual(['spec.itemWidth']);
  expect(codes(withStack('conv-257'))).toEqual(['spec.itemWidth']);
  expect(codes(withStack('dense-513'))).toEqual(['spec.itemWidth']);
  expect(codes(withStack('maxpool*0'))).toEqual(['spec.itemCount']);
  expect(codes(withStack('maxpool*1202'))).toEqual(['spec.tooManyBareLayers', 'spec.itemCount']);
  expect(sentences(withStack('conv-8,conv-300/2'))).toEqual([
    'Item 2 (conv-300/2) of network a has width 300; a conv item takes a whole number from 1 to 256.',
  ]);
});

test('a shortcut of option A that would have to drop channels names its block and suggests option B', () => {
  expect(sentences(withStack('conv-16,residual-16,identity*2,residual-8*2'))).toEqual([
    'Item 4 (residual-8*2) of network a narrows from 16 to 8 channels, but a shortcut of option A can only keep or widen them. Choose option B (projection), or a width of at least 16.',
  ]);
  expect(codes(withStack('conv-16,residual-8', { shortcut: 'b' }))).toEqual([]);
  expect(codes(withStack('conv-16,plain-8'))).toEqual([]);
  expect(codes(withStack('residual-1'))).toEqual([]);
  expect(codes(withStack('dense-64,residual-32'))).toEqual(['spec.narrowingShortcut']);
});

test('residual blocks that would pass nothing on are refused, networks without any are not', () => {
  const cut = { skipscale: 0, branchscale: 0 };
  expect(sentences(withStack('conv-8,residual-8', cut))).toEqual([
    'The residual blocks of network a pass nothing on: the shortcut has the factor 0, and so has the branch at the start. Give one of the two another factor.',
  ]);
  expect(codes(withStack('conv-8,residual-8', { skipscale: 0, skipinit: 'on' }))).toEqual(['spec.bothPathsCut']);
  expect(codes(withStack('conv-8,residual-8', { skipscale: 0 }))).toEqual([]);
  expect(codes(withStack('conv-8,residual-8', { branchscale: 0 }))).toEqual([]);
  expect(codes(withStack('conv-8,plain-8', cut))).toEqual([]);
});

test('a block whose branch has two factors that start at 0 is refused by its item', () => {
  expect(sentences(withStack('conv-8,residual-8,zeroresidual-8*2', { skipinit: 'on' }))).toEqual([
    'Item 3 (zeroresidual-8*2) of network a cannot learn anything: its last scale starts at 0 and so does the learned factor of SkipInit, and the gradient of each is a multiple of the other. Turn SkipInit off, or make it a residual block.',
  ]);
  expect(codes(withStack('conv-8,zeroresidual-8'))).toEqual([]);
});

test.each<[Partial<NetworkSpec>, boolean]>([
  [{ skipscale: 10, branchscale: 0 }, true],
  [{ skipscale: -0.5 }, false],
  [{ skipscale: 11 }, false],
  [{ gatebias: -20 }, true],
  [{ gatebias: 21 }, false],
  [{ dropout: 0.95 }, true],
  [{ dropout: 1 }, false],
  [{ survival: 1 }, true],
  [{ survival: 0 }, false],
])('settings of residual blocks %o are allowed: %s', (changes, allowed) => {
  expect(checkExperiment(withStack('conv-8,residual-8', changes)).length === 0).toBe(allowed);
});

test('settings of a network are held to their limits, by its name', () => {
  const [a, b] = base.networks as [NetworkSpec, NetworkSpec];
  expect(sentences({ ...base, networks: [a, { ...b, std: 0 }] })).toEqual([
    'Standard deviation of network b is 0; it must be a number above 0 and at most 10.',
  ]);
  expect(codes({ ...base, networks: [{ ...a, gain: 101 }, b] })).toEqual(['spec.outOfRange']);
});

test.each<[Partial<TrainingSpec>, boolean]>([
  [{ lr: 10 }, true],
  [{ lr: 0 }, false],
  [{ lr: Number.NaN }, false],
  [{ lr: Number.POSITIVE_INFINITY }, false],
  [{ batch: 512 }, true],
  [{ batch: 513 }, false],
  [{ batch: 1.5 }, false],
  [{ seed: 4294967295 }, true],
  [{ seed: 4294967296 }, false],
  [{ seed: -1 }, false],
  [{ train: 10, batch: 10 }, true],
  [{ train: 9, batch: 1 }, false],
  [{ train: 10_001 }, false],
  [{ steps: 10_000 }, true],
  [{ steps: 0 }, false],
  [{ wd: 0 }, true],
  [{ clip: -1 }, false],
])('training settings %o are allowed: %s', (changes, allowed) => {
  expect(checkExperiment(withTraining(changes)).length === 0).toBe(allowed);
});

test('a batch larger than the training set is refused with what would fit', () => {
  expect(sentences(withTraining({ train: 20, batch: 32 }))).toEqual([
    'A batch of 32 images needs at least as many training images; there are 20. Choose a batch of at most 20, or more training images.',
  ]);
});
