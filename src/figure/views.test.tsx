import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { createHovers, type Hover, HoverContext, pointAt } from '../plot/linkedHover.ts';
import type { ChartNetwork } from '../plot/looks.ts';
import { coordinates } from '../plot/testMarkup.ts';
import type { MeasurementRecord } from '../records/records.ts';
import { appendRecords, emptyRun } from '../records/run.ts';
import { stepRecord } from '../records/testRecords.ts';
import { divergedRun, testRun } from '../session/testRuns.ts';
import { ErrorChart } from './ErrorChart.tsx';
import { DepthChart } from './FinalChart.tsx';
import { HistoryChart } from './HistoryChart.tsx';

function step(at: number, loss: number, value: number): MeasurementRecord {
  return stepRecord(at, [value, 0], { loss, overflow: Number.isFinite(loss) ? null : { where: 'loss', layer: null } });
}

function evaluation(at: number, trainError: number): MeasurementRecord {
  return { type: 'evaluation', network: 'a', step: at, trainError, testError: trainError + 0.01 };
}

function network(...records: MeasurementRecord[]): ChartNetwork {
  return { id: 'a', name: 'Plain 8', run: appendRecords(emptyRun(['conv 1', 'dense']), records) };
}

const untouched: ChartNetwork = { id: 'b', name: 'Residual 8', run: null };
const one = network(evaluation(0, 0.9));
const healthy = network(evaluation(0, 0.9), step(1, 2.3, 0.1), step(2, 2.1, 0.2), evaluation(2, 0.6));
const diverged = network(evaluation(0, 0.9), step(1, 6, 5), step(2, Number.NaN, Number.NaN));
const axis = { kind: 'log', min: 1e-4, max: 1 } as const;

describe('The Error chart', () => {
  const draw = (networks: ChartNetwork[], measure: 'error' | 'loss' | 'logLoss' = 'error') =>
    renderToStaticMarkup(<ErrorChart networks={networks} steps={4} viewStep={null} measure={measure} />);

  test('is a slider that says the exact values', () => {
    const markup = draw([healthy, untouched]);
    expect(markup).toMatch(/role="slider"[^>]*tabindex="0"[^>]*aria-valuemin="0" aria-valuemax="4" aria-valuenow="2"/);
    expect(markup).toContain(
      'aria-valuetext="Step 2. Plain 8: 60.0% training error, 61.0% test error; Residual 8: no value"',
    );
  });

  test('sums itself up in a sentence', () => {
    expect(draw([healthy])).toContain('After 2 steps: Plain 8: 60.0% training error, 61.0% test error.');
  });

  test('asks for play, and is no slider, while there is nothing', () => {
    const markup = draw([untouched]);
    expect(markup).toContain('Once training starts');
    expect(markup).not.toContain('slider');
  });

  test('marks where a network diverged', () => {
    const markup = draw([diverged]);
    expect(markup).toContain('chart-cross');
    expect(markup).toContain('Plain 8: diverged at step 2');
  });

  test.each(['error', 'loss', 'logLoss'] as const)('has finite coordinates whatever the data (%s)', (measure) => {
    for (const networks of [[], [untouched], [one], [healthy], [diverged], [network(step(1, Number.NaN, 0))]]) {
      expect(coordinates(draw(networks, measure))).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe('The Depth chart', () => {
  test('draws plain and residual in different colours and shapes', () => {
    const markup = renderToStaticMarkup(
      <DepthChart finished={[testRun('a=t7-plain-8', 0.2), testRun('a=t7-residual-8', 0.3)]} />,
    );
    const shapes = [...markup.matchAll(/class="chart-shape" d="([^"]*)" fill="([^"]*)"/g)];
    expect(new Set(shapes.map((shape) => shape[1])).size).toBe(2);
    expect(shapes.map((shape) => shape[2])).toEqual(['var(--network-a)', 'var(--network-b)']);
  });

  test('shows a diverged run as a cross with its step', () => {
    const markup = renderToStaticMarkup(<DepthChart finished={[divergedRun('a=t7-plain-56', 12)]} />);
    expect(markup).toMatch(/chart-cross.*diverged at step 12/);
    expect(coordinates(markup)).not.toMatch(/NaN|Infinity/);
  });

  test('says what to do while it is empty', () => {
    const markup = renderToStaticMarkup(<DepthChart finished={[]} />);
    expect(markup).toContain('Train networks of several depths');
    expect(coordinates(markup)).not.toMatch(/NaN|Infinity/);
  });
});

describe('The history chart', () => {
  const draw = (shown: ChartNetwork) =>
    renderToStaticMarkup(
      <HistoryChart network={shown} quantity="weightGradient" axis={axis} steps={4} viewStep={null} />,
    );

  test('says the value of a layer at a step', () => {
    expect(draw(healthy)).toContain('aria-valuetext="step 2, layer 1, conv 1: 0.200"');
  });

  test('explains its colours, zero and what is not finite included', () => {
    expect(draw(healthy)).toMatch(/10⁻⁴.*10⁰.*NaN, ∞/);
  });

  test.each([untouched, one, healthy, diverged])('has finite coordinates whatever the data', (shown) => {
    expect(coordinates(draw(shown))).not.toMatch(/NaN|Infinity|undefined/);
  });
});

describe('What is pointed at in another chart', () => {
  /** The chart while a place is pointed at elsewhere. */
  const drawn = (chart: ReactNode, hover: Hover) => {
    const store = createHovers();
    pointAt(store, 'elsewhere', hover);
    return renderToStaticMarkup(<HoverContext value={store}>{chart}</HoverContext>);
  };
  const history = <HistoryChart network={healthy} quantity="weightGradient" axis={axis} steps={4} viewStep={null} />;
  const errors = <ErrorChart networks={[healthy]} steps={4} viewStep={null} />;
  const outlines = (markup: string) =>
    [...markup.matchAll(/<rect class="chart-outline" x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"/g)].map((found) =>
      found.slice(1).map((number) => Math.round(Number(number))),
    );

  // Before it is measured a plot has 360 × 160 pixels, of which the margins leave 59 … 350 by 10 … 123.
  test('is the row of a layer in a history, as far as it is recorded', () => {
    const markup = drawn(history, { layers: { a: 1 }, step: null });
    expect(outlines(markup)).toEqual([[59, 66, 146, 57]]);
    expect(markup).toContain('layer 2, dense');
  });

  test('is the column of a step in a history', () => {
    expect(outlines(drawn(history, { layers: {}, step: 2 }))).toEqual([[132, 10, 73, 114]]);
  });

  test('is in a history nothing of another network, nor what has not been recorded', () => {
    for (const place of [
      { layers: { b: 1 }, step: 1 },
      { layers: { a: 2 }, step: 3 },
    ] as const) {
      expect(outlines(drawn(history, place))).toEqual([]);
    }
  });

  test('is a line at a step in the curves, with the last figures up to it', () => {
    const markup = drawn(errors, { layers: { a: 0 }, step: 1 });
    expect(markup).toMatch(/<line class="chart-cursor" x1="132"/);
    expect(markup).toMatch(/chart-at">step 0<.*90\.0 \/ 91\.0%/);
  });

  test('is said by no chart but its own', () => {
    expect(drawn(history, { layers: { a: 1 }, step: 1 })).toContain('aria-valuetext="step 2, layer 1, conv 1: 0.200"');
    expect(drawn(errors, { layers: {}, step: 0 })).toContain('aria-valuetext="Step 2.');
  });
});
