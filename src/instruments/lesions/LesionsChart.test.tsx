import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { LesionsChart } from './LesionsChart.tsx';
import type { Lesion } from './report.ts';
import { errorPoints, type LesionSeries, phrasesAt, placesOf, summarySentence, tableOf } from './series.ts';

function lesion(at: number, test: number, changesShape = false): Lesion {
  return {
    at,
    layers: [`conv ${2 * at}`, `conv ${2 * at + 1}`],
    changesShape,
    hasShortcut: false,
    train: test / 2,
    test,
  };
}

const about = { operation: 'removals', measure: 'test', condition: 'statistics kept', steps: [7] } as const;
const whole = { train: 0.2, test: 0.25 };
const plain: LesionSeries = {
  id: 'a',
  name: 'Plain 8',
  whole,
  lesions: [lesion(1, 0.9), lesion(2, 0.5, true), lesion(4, 0.3)],
};
const untouched: LesionSeries = { id: 'b', name: 'Residual 8', whole: null, lesions: [] };
const begun: LesionSeries = { ...untouched, whole };

describe('A chart of lesions', () => {
  test('says the error at a place, beside that of the whole network', () => {
    expect(phrasesAt([plain, untouched], 'test', 2)).toEqual([
      'Plain 8, conv 4, conv 5, where the shape changes: 50.0%, whole network 25.0%',
    ]);
    expect(phrasesAt([plain], 'train', 1)).toEqual(['Plain 8, conv 2, conv 3: 45.0%, whole network 20.0%']);
    expect(phrasesAt([plain], 'test', 3)).toEqual([]);
  });

  test('sums up the spread of the errors, of networks that have some', () => {
    expect(summarySentence([plain, begun], about)).toBe(
      'Test error without one block at step 7, statistics kept. Plain 8: 25.0% as a whole, 30.0% to 90.0% in 3 lesions, median 50.0%.',
    );
    expect(summarySentence([plain], { ...about, steps: [7, 20] })).toContain('at steps 7 and 20, statistics kept');
    expect(summarySentence([begun], { ...about, operation: 'swaps' })).toBeNull();
  });

  test('is a table with both errors, not rounded', () => {
    expect(tableOf([plain, untouched]).rows[1]).toEqual(['Plain 8', 2, 'conv 4, conv 5', 'yes', 0.25, 0.5, 0.2, 0.25]);
    expect(tableOf([plain]).rows).toHaveLength(3);
  });

  test('leaves a gap in its line where there is no lesion', () => {
    expect(errorPoints(plain.lesions, 'test')).toEqual([
      { x: 1, y: 0.9 },
      { x: 2, y: 0.5 },
      { x: 3, y: Number.NaN },
      { x: 4, y: 0.3 },
    ]);
    expect(placesOf([plain, { ...plain, lesions: [lesion(3, 1)] }])).toEqual([1, 2, 3, 4]);
  });

  test('is a slider over the lesions, and draws hollow marks where the shape changes', () => {
    const draw = (series: LesionSeries[]) =>
      renderToStaticMarkup(<LesionsChart title="Lesions" series={series} {...about} units={4} empty="Nothing yet" />);
    const markup = draw([plain, untouched]);
    expect(markup).toMatch(/role="slider"[^>]*aria-valuemin="1" aria-valuemax="4" aria-valuenow="1"/);
    expect(markup).toContain('place 1. Plain 8, conv 2, conv 3: 90.0%');
    const [plot = ''] = markup.split('chart-legend');
    expect(plot.match(/chart-mark-lesion"[^>]*fill="var\(--panel\)"/g)).toHaveLength(1);
    expect(markup.match(/data-kind="theory"[^>]* x1/g)).toHaveLength(1);
    expect(draw([untouched])).toContain('Nothing yet');
    expect(draw([untouched])).not.toContain('slider');
  });

  test('has a key to its hollow marks, of each network that has some, and none where there is none', () => {
    const keysOf = (series: LesionSeries[]) => {
      const chart = <LesionsChart title="Lesions" series={series} {...about} units={4} empty="Nothing yet" />;
      const [, legend = ''] = renderToStaticMarkup(chart).split('chart-legend-head');
      const keys = [...legend.matchAll(/fill="var\(--panel\)" stroke="var\(--network-(\w)\)"/g)].map(([, id]) => id);
      return { keys, isNamed: legend.includes('changes the shape') };
    };
    const solid: LesionSeries = { ...plain, id: 'b', lesions: [lesion(1, 0.9)] };
    expect(keysOf([plain, solid])).toEqual({ keys: ['a'], isNamed: true });
    expect(keysOf([plain, { ...plain, id: 'c' }])).toEqual({ keys: ['a', 'c'], isNamed: true });
    expect(keysOf([solid])).toEqual({ keys: [], isNamed: false });
  });
});
