import { expect, test } from 'vitest';
import type { ConfusionReport } from './report.ts';
import { summarySentence, tableOf } from './WorstImages.tsx';

/** The rows of the kana table, after which Kuzushiji-MNIST has its classes. */
const classes = ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'];
const pixels = new Uint8Array(4);
const report: ConfusionReport = {
  step: 20,
  images: 1000,
  done: 1000,
  planned: 1000,
  counts: [],
  undecided: [0],
  size: 2,
  worst: [
    // A 6, taken for a 4: −ln 0.01 = 4.605.
    { image: 41, label: 6, predicted: 4, probability: 0.9, ownProbability: 0.01, loss: 4.605, pixels },
    { image: 7, label: 0, predicted: 6, probability: 0.6, ownProbability: 0.4, loss: 0.916, pixels },
  ],
};

test('the most confused images are told and listed, worst first, with every digit', () => {
  expect(summarySentence(classes, 'T7 plain 8', report)).toBe(
    'At step 20, T7 plain 8 is most wrong about test image 42: ma, taken for na with a probability of 90.0%, loss 4.61.',
  );
  expect(tableOf(classes, report).rows).toEqual([
    [42, 'ma', 'na', 0.9, 0.01, 4.605],
    [8, 'o', 'ma', 0.6, 0.4, 0.916],
  ]);
  expect(tableOf(classes, report).columns).toHaveLength(6);
});

test('where none is confused it says why', () => {
  expect(summarySentence(classes, 'T7 plain 8', { ...report, worst: [] })).toBe('No test image is misclassified.');
  expect(summarySentence(classes, 'T7 plain 8', { ...report, worst: [], undecided: [3] })).toMatch(/not numbers/);
});
