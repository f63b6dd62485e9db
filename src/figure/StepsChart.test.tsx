import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { NetworkRun } from '../session/runs.ts';
import { testRun } from '../session/testRuns.ts';
import { StepsChart } from './StepsChart.tsx';
import {
  figures,
  meanErrors,
  phrasesAt,
  type StepSeries,
  seriesLook,
  stepsOf,
  summarySentence,
  tableOf,
} from './stepSeries.ts';

function run(seed: number, trainErrors: readonly number[], changes: Partial<NetworkRun> = {}): NetworkRun {
  const evaluations = trainErrors.map((trainError, index) => ({
    step: index * 10,
    trainError,
    testError: trainError + 0.1,
  }));
  return testRun(`seed=${seed}`, 0, { evaluations, ...changes });
}

function series(label: string, ...runs: NetworkRun[]): StepSeries {
  return { label, look: seriesLook('plain', 0, 1), runs };
}

const diverged = run(3, [0.9], { divergedAt: 4 });

describe('The mean of the seeds', () => {
  test('is taken step by step', () => {
    const [start, end] = meanErrors([run(1, [0.8, 0.2]), run(2, [0.6, 0.4])]);
    expect(start).toMatchObject({ step: 0, trainError: 0.7 });
    expect(end?.trainError).toBeCloseTo(0.3, 12);
    expect(end?.testError).toBeCloseTo(0.4, 12);
  });

  test('leaves out runs that diverged or are under way: they would bend it where they end', () => {
    const underWay = run(2, [0.1], { isFinished: false });
    expect(meanErrors([run(1, [0.8, 0.2]), underWay, diverged]).map(({ trainError }) => trainError)).toEqual([
      0.8, 0.2,
    ]);
    expect(meanErrors([underWay, diverged])).toEqual([]);
  });
});

describe('The curves of a sweep', () => {
  const shown = [series('8', run(1, [0.8, 0.2])), series('20', run(1, [0.9, 0.5]), diverged), series('56', diverged)];

  test('are said in words, runs that diverged included', () => {
    expect(phrasesAt(shown, 10)).toEqual(['8: 20.0 / 30.0%', '20: 50.0 / 60.0%, 1 diverged', '56: ✕ step 4']);
    expect(summarySentence(shown)).toContain('After 10 steps');
    expect(summarySentence([series('8')])).toBeNull();
  });

  test('can be read at every step at which a run was evaluated, under way or diverged', () => {
    expect(stepsOf(shown)).toEqual([0, 10]);
    expect(stepsOf([series('8', run(1, [0.8, 0.5, 0.4], { isFinished: false })), series('20')])).toEqual([0, 10, 20]);
    expect(stepsOf([series('8', diverged)])).toEqual([0]);
  });

  test('are said before any run is whole: each run that is under way or diverged by its seed', () => {
    const early = [series('8', run(1, [0.8, 0.5], { isFinished: false }), diverged), series('20')];
    expect(phrasesAt(early, 0)).toEqual([
      '8: 80.0 / 90.0% (seed 1, under way), 90.0 / 100.0% (seed 3, diverged at step 4)',
      '20: –',
    ]);
    expect(summarySentence(early)).toContain(
      'After 10 steps, training and test error. 8: 50.0 / 60.0% (seed 1, under way)',
    );
    expect(early.map((each) => figures(each, 0, 'short'))).toEqual([
      'seed 1: 80.0 / 90.0%, seed 3 ✕: 90.0 / 100.0%',
      '–',
    ]);
    expect(summarySentence([series('8', diverged)])).toContain('90.0 / 100.0% (seed 3, diverged at step 4)');
  });

  test('say the mean of whole runs alone, once there is one', () => {
    const both = series('8', run(1, [0.8, 0.2]), run(2, [0.6], { isFinished: false }));
    expect(phrasesAt([both], 0)).toEqual(['8: 80.0 / 90.0%']);
  });

  test('are rows, one an evaluation', () => {
    const { columns, rows } = tableOf(shown, 'weight layers');
    expect(columns).toHaveLength(6);
    expect(rows).toHaveLength(2 + 2 + 1 + 1);
    expect(rows.at(-1)).toEqual(['56', 3, 0, 0.9, 1, 4]);
  });

  test('differ in shape and colour from value to value', () => {
    const looks = [0, 1, 2, 3].map((index) => seriesLook('plain', index, 4));
    expect(new Set(looks.map(({ color }) => color)).size).toBe(4);
    expect(new Set(looks.map(({ shape }) => shape)).size).toBe(4);
  });
});

describe('A cross where runs diverged', () => {
  /**
   * Places of the crosses, and x and anchor of their texts. Before it is measured a plot has 360 × 160 pixels, of which
   * the margins and the names leave 59.2 … 315.2 across: 2 pixels a step.
   */
  function crosses(name: string, ...steps: number[]) {
    const series = steps.map((divergedAt, index) => ({
      label: name + index,
      look: seriesLook('plain', 0, 1),
      runs: [run(1, [0.9], { divergedAt })],
    }));
    const markup = renderToStaticMarkup(
      <StepsChart title="Errors" series={series} axis="layers" lastStep={128} empty="" atLeast={1} />,
    );
    const marks = [...markup.matchAll(/chart-cross"[^>]*translate\(([\d.-]+),([\d.]+)\)/g)];
    const texts = [...markup.matchAll(/chart-note-text" x="([\d.]+)"[^>]*text-anchor="(\w+)"/g)];
    const rounded = (px = '') => Math.round(Number(px) * 10) / 10;
    return marks.map(([, x, y], index) => [rounded(x), rounded(y), rounded(texts[index]?.[1]), texts[index]?.[2]]);
  }

  test('stands at its step, and its text at the left of it where there is no room at the right', () => {
    // 59.2 + 2 · step across, and rows of 1.1 rem = 17.6 pixels down from 9.6, with the crosses at 0.6 of the first.
    expect(crosses('', 10, 120)).toEqual([
      [79.2, 20.2, 88.2, 'start'],
      [299.2, 37.8, 290.2, 'end'],
    ]);
  });

  test('has its text where there is more room, when neither side has enough', () => {
    expect(crosses('a name that takes much room ', 50, 70)).toEqual([
      [159.2, 20.2, 168.2, 'start'],
      [199.2, 37.8, 190.2, 'end'],
    ]);
  });
});
