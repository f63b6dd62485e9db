import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Item } from './experiment.ts';
import { parseNetwork } from './networkText.ts';
import { defaultExperiment } from './presets.ts';
import { depthOf, sameStack, stackText } from './stack.ts';
import { anyStack } from './testArbitraries.ts';
import { twin, withShortcuts } from './twin.ts';

const [plain, residual] = defaultExperiment.networks;

function twinOf(text: string): string {
  const network = parseNetwork(text, 8);
  if (!network.ok || !plain) throw new Error(text);
  return stackText(twin({ ...plain, stack: network.value.stack }).stack);
}

test('the two networks of the default experiment are twins', () => {
  expect(plain && twin(plain)).toEqual(residual);
  expect(residual && twin(residual)).toEqual(plain);
});

test('blocks change their kind and everything else stays', () => {
  expect(twinOf('conv-8,plain-8*2,residual-16/2,identity,dense-9')).toBe(
    'conv-8,residual-8*2,plain-16/2,identity,dense-9',
  );
  expect(twinOf('conv-8,conv-8')).toBe('conv-8,conv-8');
});

test('a flat network’s conv layers are taken in pairs, where they come in pairs', () => {
  expect(twinOf('f7-12')).toBe('conv-8/2,residual-8*5');
  expect(twinOf('f7-residual-12')).toBe('conv-8/2,conv-8*10');
  expect(twinOf('f7-13')).toBe('conv-8/2,conv-8*11');
});

test('a twin is as deep, and its twin is the network itself', () => {
  fc.assert(
    fc.property(anyStack, (stack: readonly Item[]) => {
      const network = { ...defaultExperiment.networks[0], stack } as Parameters<typeof twin>[0];
      expect(depthOf(twin(network).stack)).toBe(depthOf(stack));
      expect(sameStack(twin(twin(network)).stack, stack)).toBe(true);
    }),
  );
});

function shortcutsIn(text: string): string | null {
  const network = parseNetwork(text, 8);
  if (!network.ok || !plain) throw new Error(text);
  const found = withShortcuts({ ...plain, stack: network.value.stack });
  return found && stackText(found.stack);
}

test('conv layers without blocks get shortcuts around pairs, but what takes the image, subsamples or narrows', () => {
  expect(shortcutsIn('conv-8/2,conv-8*19')).toBe('conv-8/2,residual-8*9,conv-8');
  expect(shortcutsIn('conv-8*5,maxpool,conv-16,conv-16,conv-8*3,dense-32')).toBe(
    'conv-8,residual-8*2,maxpool,residual-16,conv-8,residual-8,dense-32',
  );
  expect(shortcutsIn('conv-8*2,conv-16/2*4')).toBeNull();
  expect(shortcutsIn('conv-8,residual-8,conv-8*4')).toBeNull();
});

test('a network with shortcuts is as deep as without, and within the limits', () => {
  fc.assert(
    fc.property(anyStack, (stack: readonly Item[]) => {
      const network = { ...defaultExperiment.networks[0], stack } as Parameters<typeof twin>[0];
      const found = withShortcuts(network);
      if (found) expect(depthOf(found.stack)).toBe(depthOf(stack));
    }),
  );
});
