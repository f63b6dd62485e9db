import { describe, expect, test } from 'vitest';
import { parseLink } from '../../experiment/parseLink.ts';
import { buildGraph } from '../../network/build.ts';
import { canPin } from './GradientsPanel.tsx';
import {
  axisWithTheory,
  factorText,
  fitOf,
  type LayerSeries,
  layersToDraw,
  phrasesAt,
  placeAt,
  positionsOf,
  positivePoints,
  sorted,
  summaryOf,
  tableOf,
  theoryPoints,
} from './series.ts';

function series(values: readonly number[], theory: readonly number[] | null = null): LayerSeries {
  return {
    id: 'a',
    name: 'Plain 5',
    step: 7,
    pin: null,
    values,
    layerNames: values.map((_, index) => `conv ${index + 1}`),
    layers: values.map((_, index) => index),
    fitted: values.map((_, index) => index),
    theory,
    theoryGap: null,
  };
}

describe('The fitted line', () => {
  test('finds the factor of a geometric sequence, read towards the input', () => {
    const fit = fitOf(series([0.001, 0.01, 0.1, 1]));
    expect(fit?.factor).toBeCloseTo(0.1, 12);
    expect(fit?.points[0]).toMatchObject({ x: 1, y: expect.closeTo(0.001, 12) });
    expect(fit?.points[3]).toMatchObject({ x: 4, y: expect.closeTo(1, 12) });
  });

  test('passes over what has no logarithm, and is none of a single value', () => {
    expect(fitOf(series([1, 0, 4, Number.NaN, 16]))?.factor).toBeCloseTo(0.5, 12);
    expect(fitOf(series([3]))).toBeNull();
    expect(positivePoints([0, 2, Number.POSITIVE_INFINITY])).toEqual([{ x: 2, y: 2 }]);
  });

  test('passes through the layers that it is fitted to, and counts no other', () => {
    // A dense layer between convs, and a classifier behind them.
    const fit = fitOf({ values: [1, 2, 77, 4, 99], fitted: [0, 1, 3] });
    expect(fit?.factor).toBeCloseTo(0.5, 12);
    expect(fit?.points.map(({ x }) => x)).toEqual([1, 2, 4]);
    expect(fit?.points[2]?.y).toBeCloseTo(4, 12);
  });
});

describe('The line of theory', () => {
  test('goes through the last measured value, as theory says nothing of its size', () => {
    expect(theoryPoints(series([3, 5, 8], [0.25, 0.5, 1]))).toEqual([
      { x: 1, y: 2 },
      { x: 2, y: 4 },
      { x: 3, y: 8 },
    ]);
  });

  test('is none without theory, and where the last value has no place', () => {
    expect(theoryPoints(series([3, 5]))).toBeNull();
    expect(theoryPoints(series([3, 0], [0.5, 1]))).toBeNull();
    expect(theoryPoints(series([3, 5, 8], [0.5, 1]))).toBeNull();
  });

  test('goes through the last conv layer where a classifier stands behind it', () => {
    const shown = { ...series([3, 8, 99], [0.5, 1]), fitted: [0, 1] };
    expect(theoryPoints(shown)).toEqual([
      { x: 1, y: 4 },
      { x: 2, y: 8 },
    ]);
    expect(tableOf([shown], 'signal gradient').rows.map((row) => row.at(-1))).toEqual([4, 8, null]);
  });
});

describe('The axis', () => {
  const axis = { kind: 'log', min: 1e-4, max: 1 } as const;

  test('grows to hold the line of theory, and only for that', () => {
    expect(axisWithTheory([series([0.5, 0.5], [40, 1])], axis)).toEqual({ kind: 'log', min: 1e-4, max: 100 });
    expect(axisWithTheory([series([0.5, 0.5], [0.5, 1])], axis)).toEqual(axis);
    expect(axisWithTheory([series([0.5, 0.5])], axis)).toBe(axis);
  });
});

describe('A chart over layers', () => {
  const shown = [series([0.01, 0.1, 1], [0.25, 0.5, 1]), { ...series([2, 2]), id: 'b' as const, name: 'Residual 3' }];

  test('says its values, factors and theory in words', () => {
    expect(phrasesAt(shown, 3)).toEqual(['Plain 5, conv 3: 1.00']);
    expect(factorText(series([0.01, 0.1, 1], [0.25, 0.5, 1]))).toBe('×0.100 per layer (theory ×0.500)');
    expect(summaryOf(shown, true)).toContain('At step 7');
    expect(summaryOf([series([])], true)).toBeNull();
  });

  test('is a row a layer, theory beside what was measured', () => {
    expect(tableOf(shown, 'signal gradient').rows).toEqual([
      ['Plain 5', 7, 1, 'conv 1', 0.01, 0.25],
      ['Plain 5', 7, 2, 'conv 2', 0.1, 0.5],
      ['Plain 5', 7, 3, 'conv 3', 1, 1],
      ['Residual 3', 7, 1, 'conv 1', 2, null],
      ['Residual 3', 7, 2, 'conv 2', 2, null],
    ]);
  });

  test('can be sorted by size, each value with the name of its layer', () => {
    const { values, layerNames } = sorted(series([2, 9, 4]));
    expect(values).toEqual([9, 4, 2]);
    expect(layerNames).toEqual(['conv 2', 'conv 3', 'conv 1']);
  });
});

describe('Pinned steps', () => {
  const live = series([0.01, 0.1, 1]);
  const pinned = { ...series([4, 2, 1]), step: 1, pin: 0 };
  const notReached = { ...series([]), step: 90, pin: 1 };
  const shown = [live, pinned, notReached];

  test('are read, told and listed with their step, and those that were not reached stay silent', () => {
    expect(phrasesAt(shown, 1)).toEqual(['Plain 5, conv 1: 0.0100', 'Plain 5 at step 1, conv 1: 4.00']);
    expect(summaryOf(shown, true)).toBe(
      'At step 7. Plain 5: 0.0100 in the first layer, 1.00 in the last, ×0.100 per layer towards the input. ' +
        'At step 1. Plain 5: 4.00 in the first layer, 1.00 in the last, ×2.00 per layer towards the input.',
    );
    expect(tableOf(shown, 'signal gradient').rows.map((row) => row.slice(0, 3))).toEqual([
      ['Plain 5', 7, 1],
      ['Plain 5', 7, 2],
      ['Plain 5', 7, 3],
      ['Plain 5', 1, 1],
      ['Plain 5', 1, 2],
      ['Plain 5', 1, 3],
    ]);
  });

  test('point at the layers of their network alone, once', () => {
    expect(placeAt(shown, 2)).toEqual({ layers: { a: 1 }, step: null });
    expect(positionsOf(shown, placeAt(shown, 2))).toEqual([2]);
  });
});

describe('What is pointed at', () => {
  // The second network's convolutions are its weight layers 0, 1 and 3: between them is another layer.
  const plain = series([2, 9, 4]);
  const other = { ...series([1, 2, 3]), id: 'b', layers: [0, 1, 3] } as const;

  test('is the layer of every network at a position, in order or sorted', () => {
    expect(placeAt([plain, other], 3)).toEqual({ layers: { a: 2, b: 3 }, step: null });
    // 9 is the largest of 2, 9 and 4; 3 the largest of 1, 2 and 3.
    expect(placeAt([sorted(plain), sorted(other)], 1)).toEqual({ layers: { a: 1, b: 3 }, step: null });
  });

  test('is found again at its position, once', () => {
    const place = placeAt([plain, other], 3);
    expect(positionsOf([plain, other], place)).toEqual([3]);
    expect(positionsOf([sorted(plain), sorted(other)], place)).toEqual([2, 1]);
    expect(positionsOf([plain, other], { layers: { b: 2 }, step: null })).toEqual([]);
    expect(positionsOf([plain, other], null)).toEqual([]);
  });
});

function drawn(link: string) {
  const { experiment } = parseLink(link);
  const [network] = experiment.networks;
  if (!network) throw new Error(link);
  return layersToDraw(buildGraph(network, experiment.training.size), network, experiment.training.input);
}

test('every weight layer is drawn, and the factor is fitted to the conv layers alone', () => {
  const { layerNames, layers, fitted, theory } = drawn('#v=1&a=conv-8,maxpool,conv-8,dense-32');
  expect(layerNames).toEqual(['conv 1', 'conv 2', 'dense 1', 'classifier']);
  expect(layers).toEqual([0, 1, 2, 3]);
  expect(fitted).toEqual([0, 1]);
  expect(theory).toBeNull();
});

test('without conv layers the factor is fitted to all', () => {
  const { layerNames, fitted } = drawn('#v=1&a=dense-64*4');
  expect(layerNames).toHaveLength(5);
  expect(fitted).toEqual([0, 1, 2, 3, 4]);
});

test('theory has a value for every layer that is fitted', () => {
  const { layers, fitted, theory } = drawn('#v=1&a=t7-plain-14');
  expect(layers).toHaveLength(14);
  expect(theory).toHaveLength(fitted.length);
});

test.each([
  ['t7-plain-14', null],
  ['f7-12', null],
  ['t7-plain-14&input=unit', 'pixels'],
  ['t7-residual-14', 'shortcuts'],
  ['t7-plain-8', 'shallow'],
  ['t7-plain-14&act=tanh', 'activation'],
  ['conv-8*4,maxpool,conv-8&norm=none', 'between'],
  ['dirac-8*4&norm=none', 'start'],
  ['conv-8,dense-32', 'fewConvs'],
] as const)('where there is no theory, it is said why: %s', (link, gap) => {
  const { theory, theoryGap } = drawn(`#v=1&a=${link}`);
  expect(theoryGap).toBe(gap);
  expect(theory === null).toBe(gap !== null);
});

test('a step can be pinned once, at most three of them, and none before the first update', () => {
  expect(canPin([], 1)).toBe(true);
  expect(canPin([], 0)).toBe(false);
  expect(canPin([10], 10)).toBe(false);
  expect(canPin([1, 10], 100)).toBe(true);
  expect(canPin([1, 10, 100], 50)).toBe(false);
});
