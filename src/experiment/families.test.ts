import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFamily, type Family, familyLayers, familyStack, familyToken, recognizeFamily } from './families.ts';
import { parseStack } from './networkText.ts';
import { depthOf, stackText } from './stack.ts';
import { anyFamily } from './testArbitraries.ts';

function textOf(family: Partial<Family>): string {
  return stackText(familyStack({ preset: 's14', kind: 'plain', layers: 8, width: 8, ...family }));
}

function recognized(text: string): Family | null {
  const stack = parseStack(text);
  return stack.ok ? recognizeFamily(stack.value) : null;
}

function nearest(family: Partial<Family>): unknown {
  const result = checkFamily({ preset: 's14', kind: 'plain', layers: 8, width: 8, ...family });
  return result.ok
    ? 'possible'
    : [result.problem.code, 'nearest' in result.problem.values ? result.problem.values.nearest : undefined];
}

describe('stacks', () => {
  test('residual 20 is He et al.’s: a stem and three stages of three blocks, each twice as wide', () => {
    expect(textOf({ kind: 'residual', layers: 20 })).toBe(
      'conv-8,residual-8*3,residual-16/2,residual-16*2,residual-32/2,residual-32*2',
    );
  });

  test('plain 8 has one block a stage', () => {
    expect(textOf({})).toBe('conv-8,plain-8,plain-16/2,plain-32/2');
  });

  test('T7 subsamples in the stem', () => {
    expect(textOf({ preset: 't7', width: 4 })).toBe('conv-4/2,plain-4,plain-8/2,plain-16/2');
  });

  test('F7 is flat, and its residual kind takes the conv layers in pairs', () => {
    expect(textOf({ preset: 'f7', layers: 12 })).toBe('conv-8/2,conv-8*10');
    expect(textOf({ preset: 'f7', layers: 12, kind: 'residual' })).toBe('conv-8/2,residual-8*5');
    expect(textOf({ preset: 'f7', layers: 2 })).toBe('conv-8/2');
  });

  test('layers added to the base stand at the end of each stage, the earlier stages taking what is left over', () => {
    expect(textOf({ kind: 'base+conv', layers: 18 })).toBe(
      'conv-8,plain-8,conv-8*6,plain-16/2,conv-16*6,plain-32/2,conv-32*6',
    );
    expect(textOf({ kind: 'base+identity', layers: 4 })).toBe(
      'conv-8,plain-8,identity*2,plain-16/2,identity,plain-32/2,identity',
    );
    expect(textOf({ kind: 'base+conv', layers: 1 })).toBe('conv-8,plain-8,conv-8,plain-16/2,plain-32/2');
  });

  test('residual blocks of scale 0 are added two layers at a time', () => {
    expect(textOf({ kind: 'base+zeroresidual', layers: 8 })).toBe(
      'conv-8,plain-8,zeroresidual-8*2,plain-16/2,zeroresidual-16,plain-32/2,zeroresidual-32',
    );
    expect(nearest({ kind: 'base+zeroresidual', layers: 17 })).toEqual(['spec.familyInserted', 'base+zeroresidual-16']);
  });

  test('plain and residual families have the depth in their name', () => {
    fc.assert(
      fc.property(anyFamily, (family) => {
        fc.pre(!family.kind.startsWith('base'));
        expect(depthOf(familyStack(family))).toBe(family.layers);
      }),
    );
  });

  test('the base gains depth by conv layers and none by identity layers', () => {
    expect(depthOf(familyStack({ preset: 't7', kind: 'base+conv', layers: 18, width: 8 }))).toBe(26);
    expect(depthOf(familyStack({ preset: 't7', kind: 'base+identity', layers: 18, width: 8 }))).toBe(8);
  });
});

describe('recognition', () => {
  test('every family is recognised from its stack', () => {
    fc.assert(
      fc.property(anyFamily, (family) => {
        const found = recognizeFamily(familyStack(family));
        // A flat network of two layers has no block that could tell its kinds apart.
        const expected = family.preset === 'f7' && family.layers === 2 ? { ...family, kind: 'plain' } : family;
        expect(found).toEqual(expected);
      }),
    );
  });

  test.each([
    ['one item differs', 'conv-8,plain-8,plain-16/2,plain-33/2'],
    ['the stride is missing', 'conv-8,plain-8,plain-16,plain-32/2'],
    ['the width is below the families’', 'conv-2,plain-2,plain-4/2,plain-8/2'],
    ['there is no stem', 'plain-8,plain-16/2,plain-32/2'],
    ['the items are not in their shortest form', 'conv-8/2,conv-8,conv-8'],
  ])('a stack is no family where %s', (_, text) => {
    expect(recognized(text)).toBeNull();
  });

  test('an empty stack is no family', () => {
    expect(recognizeFamily([])).toBeNull();
  });
});

describe('limits', () => {
  test('He et al.’s depths are 8, 14, … 110, and 1,202', () => {
    const depths = familyLayers('t7', 'residual');
    expect(depths).toHaveLength(19);
    expect([depths[0], depths[1], depths[2], ...depths.slice(-2)]).toEqual([8, 14, 20, 110, 1202]);
  });

  test('a depth that does not exist is answered with the nearest that does', () => {
    expect(nearest({ layers: 20 })).toBe('possible');
    expect(nearest({ layers: 21 })).toEqual(['spec.familyDepth', 'plain-20']);
    expect(nearest({ layers: 212, preset: 't7', kind: 'residual' })).toEqual(['spec.familyDepth', 't7-residual-110']);
    expect(nearest({ layers: 0, preset: 'f7' })).toEqual(['spec.flatDepth', 'f7-plain-2']);
    expect(nearest({ layers: 13, preset: 'f7' })).toBe('possible');
    expect(nearest({ layers: 13, preset: 'f7', kind: 'residual' })).toEqual(['spec.flatDepth', 'f7-residual-12']);
    expect(nearest({ layers: 500, kind: 'base+conv' })).toEqual(['spec.familyInserted', 'base+conv-192']);
  });

  test('widths from 4 to 64 are possible', () => {
    expect([3, 4, 64, 65, 4.5].map((width) => nearest({ width }))).toEqual([
      ['spec.familyWidth', undefined],
      'possible',
      'possible',
      ['spec.familyWidth', undefined],
      ['spec.familyWidth', undefined],
    ]);
  });
});

test('names carry the preset, but for S14’s, which is the bare one', () => {
  expect(familyToken({ preset: 't7', kind: 'residual', layers: 38, width: 8 })).toBe('t7-residual-38');
  expect(familyToken({ preset: 's14', kind: 'plain', layers: 20, width: 8 })).toBe('plain-20');
  expect(familyToken({ preset: 's14', kind: 'base+identity', layers: 18, width: 8 })).toBe('base+identity-18');
});
