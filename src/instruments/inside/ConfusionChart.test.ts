import { describe, expect, test } from 'vitest';
import { inkOn } from './ConfusionChart.tsx';
import { errorOf, hardestOf, mostConfused, spokenCell, summarySentence, tableOf, totalError } from './matrix.ts';
import type { ConfusionReport } from './report.ts';

/** Ten images a class: all right, but for four shirts (6) taken for coats (4), one for a pullover (2), and a bag (8) of which nothing is known. */
const counts = Array.from({ length: 100 }, (_, i): number => (i % 11 === 0 ? 10 : 0));
for (const [index, count] of [
  [66, 5],
  [64, 4],
  [62, 1],
  [88, 9],
] as const)
  counts[index] = count;
const undecided = Array.from({ length: 10 }, (_, label) => (label === 8 ? 1 : 0));
const report: ConfusionReport = { step: 5, images: 100, done: 1, planned: 1, counts, undecided, worst: [], size: 14 };

/** The rows of the kana table, after which Kuzushiji-MNIST has its classes. */
const classes = ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'];

describe('A confusion matrix', () => {
  test('gives the error of each class, and of all', () => {
    expect(errorOf(report, 6)).toBe(0.5);
    expect(errorOf(report, 8)).toBeCloseTo(0.1, 12);
    expect(errorOf(report, 0)).toBe(0);
    expect(totalError(report)).toBeCloseTo(0.06, 12);
    expect(hardestOf(report)).toBe(6);
  });

  test('finds what is confused most often, if anything is', () => {
    expect(mostConfused(report)).toEqual({ row: 6, column: 4 });
    expect(mostConfused({ ...report, counts: counts.map((count, i) => (i % 11 === 0 ? count : 0)) })).toBeNull();
  });

  test('says so in words and as a table', () => {
    expect(summarySentence(classes, 'Plain 8', report)).toBe(
      'At step 5, Plain 8 misclassifies 6.0% of 100 test images. Hardest is ma, with an error of 50.0%. Most often, ma is taken for na: 4 test images.',
    );
    expect(spokenCell(classes, report, { row: 6, column: 2 })).toBe(
      'ma, taken for su: 1 test image. Error of ma: 50.0%',
    );
    expect(spokenCell(classes, report, { row: 0, column: 0 })).toContain('o, rightly classified: 10 test images');
    expect(tableOf(classes, report).rows[6]).toEqual(['ma', 0, 0, 1, 0, 4, 0, 5, 0, 0, 0, 0, 0.5]);
    expect(tableOf(classes, report).columns).toHaveLength(13);
  });

  test('writes its counts in the ink that can be read', () => {
    expect([inkOn([68, 1, 84]), inkOn([253, 231, 37]), inkOn([255, 0, 0]), inkOn([0, 0, 255])]).toEqual([
      '#ffffff',
      '#000000',
      '#000000',
      '#ffffff',
    ]);
  });
});
