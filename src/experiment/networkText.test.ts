import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentence } from '../messages/messages.ts';
import { formatNetwork, formatStack, parseNetwork, parseStack } from './networkText.ts';
import { stackText } from './stack.ts';
import { anyItem, anyStack } from './testArbitraries.ts';

function read(text: string, width = 8): unknown {
  const network = parseNetwork(text, width);
  if (!network.ok) return sentence(network.problem);
  return `${network.value.preset}: ${stackText(network.value.stack)}`;
}

describe('names of families', () => {
  test.each([
    ['plain-8', 's14: conv-8,plain-8,plain-16/2,plain-32/2'],
    ['s14-plain-8', 's14: conv-8,plain-8,plain-16/2,plain-32/2'],
    ['T7-Residual-8', 't7: conv-8/2,residual-8,residual-16/2,residual-32/2'],
    ['f7-12', 'f7: conv-8/2,conv-8*10'],
    ['f7-plain-12', 'f7: conv-8/2,conv-8*10'],
    ['f7-residual-12', 'f7: conv-8/2,residual-8*5'],
    ['base', 's14: conv-8,plain-8,plain-16/2,plain-32/2'],
    ['t7-base', 't7: conv-8/2,plain-8,plain-16/2,plain-32/2'],
    ['base+conv-3', 's14: conv-8,plain-8,conv-8,plain-16/2,conv-16,plain-32/2,conv-32'],
    ['t7-base+identity-1', 't7: conv-8/2,plain-8,identity,plain-16/2,plain-32/2'],
    ['base+dirac-3', 's14: conv-8,plain-8,dirac-8,plain-16/2,dirac-16,plain-32/2,dirac-32'],
    ['base+zeroresidual-2', 's14: conv-8,plain-8,zeroresidual-8,plain-16/2,plain-32/2'],
    ['base+conv', 's14: conv-8,plain-8,conv-8*6,plain-16/2,conv-16*6,plain-32/2,conv-32*6'],
    ['t7-base+identity', 't7: conv-8/2,plain-8,identity*6,plain-16/2,identity*6,plain-32/2,identity*6'],
    ['AlexNet', 's14: conv-12,conv-32,maxpool,conv-48*2,conv-32,maxpool,dense-128*2'],
    [
      'vgg-16',
      's14: conv-8*2,maxpool,conv-16*2,maxpool,conv-32*3,maxpool,conv-64*3,maxpool,conv-64*3,maxpool,dense-128*2',
    ],
  ])('%s is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test('a family takes its width from outside', () => {
    expect(read('plain-8', 16)).toBe('s14: conv-16,plain-16,plain-32/2,plain-64/2');
  });

  test('a name with a depth that does not exist is refused, not read as an item', () => {
    expect(read('plain-21')).toBe(
      'plain-21 is not available: plain networks have 6n + 2 weight layers, from 8 to 110, or 1,202. The nearest is plain-20.',
    );
  });

  test('a flat network has no base', () => {
    expect(read('f7-base')).toMatch(/not an item/);
    expect(read('f7-base+conv-6')).toMatch(/the base has three stages/);
  });
});

describe('stacks of items', () => {
  test('the example of the manual is read item by item', () => {
    expect(parseStack('conv-8,residual-8*3,residual-16/2,identity*4,maxpool,avgpool,dense-64')).toEqual({
      ok: true,
      value: [
        { kind: 'conv', width: 8, stride: 1, count: 1 },
        { kind: 'residual', width: 8, stride: 1, count: 3 },
        { kind: 'residual', width: 16, stride: 2, count: 1 },
        { kind: 'identity', count: 4 },
        { kind: 'maxpool', count: 1 },
        { kind: 'avgpool', count: 1 },
        { kind: 'dense', width: 64, count: 1 },
      ],
    });
  });

  test('convs and blocks of them say the side of their filters behind their kind, where it is not the network’s', () => {
    const stack = [
      { kind: 'conv', kernel: 7, width: 8, stride: 2, count: 1 },
      { kind: 'residual', kernel: 1, width: 8, stride: 1, count: 3 },
    ] as const;
    expect(formatStack(stack)).toBe('conv7-8/2,residual1-8*3');
    expect(parseStack('conv7-8/2,residual1-8*3')).toEqual({ ok: true, value: stack });
  });

  test('one plain block of width 20 is written with its count, as plain-20 is a network of twenty layers', () => {
    expect(formatStack([{ kind: 'plain', width: 20, stride: 1, count: 1 }])).toBe('plain-20*1');
    expect(read('plain-20*1')).toBe('s14: plain-20');
    expect(formatStack([{ kind: 'conv', width: 20, stride: 1, count: 1 }])).toBe('conv-20');
  });

  test('every stack is read back as it was', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyStack,
          anyItem.map((item) => [item]),
        ),
        (stack) => {
          const { text, preset, width } = formatNetwork(stack);
          expect(parseNetwork(text, width ?? 8)).toEqual({
            ok: true,
            value: { stack, preset, isFamily: width !== null },
          });
        },
      ),
    );
  });

  test.each([
    ['', '“” is not an item'],
    ['conv-8,', '“” is not an item'],
    ['relu-8', '“relu-8” is not an item'],
    ['conv-8/3', '“conv-8/3” is not an item'],
    ['conv--8', '“conv--8” is not an item'],
    ['conv-8.5', '“conv-8.5” is not an item'],
    ['conv-1e3', '“conv-1e3” is not an item'],
    ['__proto__', '“__proto__” is not an item'],
    ['conv', '“conv” needs a width, for instance conv-8.'],
    ['conv5', '“conv5” needs a width, for instance conv5-8.'],
    ['dense3-8', '“dense3-8” is not an item'],
    ['identity-8*2', '“identity-8*2” has a width, but identity keeps the width it is given. Write identity*2.'],
    [
      'dense-64/2*3',
      '“dense-64/2*3” has a stride, but only conv, plain and residual items take one. Write dense-64*3.',
    ],
  ])('“%s” is refused: %s', (text, expected) => {
    const stack = parseStack(text);
    expect(stack.ok ? '' : sentence(stack.problem)).toContain(expected);
  });
});
