import { createRoot, type Root } from 'react-dom/client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import '../../app/theme.css';
import { type LayerMeasurements, type MeasurementRecord, quantities } from '../../measurements/records.ts';
import { appendRecords, emptyRun } from '../../measurements/run.ts';
import { ErrorChart } from '../error/ErrorChart.tsx';
import { HistoryChart } from '../history/HistoryChart.tsx';
import type { ChartNetwork } from '../network.ts';
import { pngPicture, svgPicture } from './picture.ts';

let root: Root | undefined;

function step(at: number): MeasurementRecord {
  const layers = Object.fromEntries(quantities.map((name) => [name, Float32Array.of(0.5 / at, 0.1)])) as unknown;
  return {
    type: 'step',
    network: 'a',
    step: at,
    loss: 2,
    learningRate: 0.1,
    layers: layers as LayerMeasurements,
    overflow: null,
  };
}

function evaluation(at: number, trainError: number): MeasurementRecord {
  return { type: 'evaluation', network: 'a', step: at, trainError, testError: trainError };
}

const records = [evaluation(0, 0.9), step(1), step(2), evaluation(2, 0.25)];
const network: ChartNetwork = { id: 'a', name: 'Plain 8', run: appendRecords(emptyRun(['conv 1', 'dense']), records) };
const words = { title: 'Error & more', summary: 'It fell.', about: ['Seed: 7', 'Made on a Monday'] };

async function figureOf(element: React.ReactElement): Promise<HTMLElement> {
  const host = document.body.appendChild(document.createElement('div'));
  host.style.width = '420px';
  root = createRoot(host);
  root.render(element);
  await expect.element(page.getByRole('figure')).toBeInTheDocument();
  const figure = host.querySelector('figure');
  if (!figure) throw new Error('no figure');
  return figure;
}

function parsed(svg: string): Document {
  const tree = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(tree.querySelector('parsererror')).toBeNull();
  return tree;
}

afterEach(() => {
  vi.restoreAllMocks();
  root?.unmount();
  document.body.replaceChildren();
});

describe('a picture of a chart', () => {
  it('stands on its own: title, axis labels, legend, and where it comes from, without the page', async () => {
    const figure = await figureOf(<ErrorChart networks={[network]} steps={2} viewStep={null} />);
    const svg = svgPicture(figure, words);
    const tree = parsed(svg);
    expect(tree.querySelector('title')?.textContent).toBe('Error & more');
    expect(tree.querySelector('desc')?.textContent).toBe('It fell.\nSeed: 7\nMade on a Monday');
    const texts = [...tree.querySelectorAll('text')].map(({ textContent }) => textContent);
    for (const part of ['Error', 'error, %', 'step', 'Plain 8', '25.0 / 25.0%', 'train', 'test', 'Seed: 7', '100%']) {
      expect(texts).toContain(part);
    }
    expect(svg).not.toMatch(/class="|var\(--/);
    const curves = [...tree.querySelectorAll('path[stroke-dasharray]')].map((path) =>
      path.getAttribute('stroke-dasharray'),
    );
    expect(curves).toContain('none');
    expect(curves.some((dashes) => dashes?.includes('3px'))).toBe(true);
  });

  it('shows the heat map as an image in its place, and the colours of its scale', async () => {
    const axis = { kind: 'log', min: 1e-4, max: 1 } as const;
    const chart = <HistoryChart network={network} quantity="signalGradient" axis={axis} steps={2} viewStep={null} />;
    const tree = parsed(svgPicture(await figureOf(chart), words));
    expect(tree.querySelector('image')?.getAttribute('href')).toMatch(/^data:image\/png/);
    expect(tree.querySelectorAll('linearGradient stop').length).toBeGreaterThan(8);
  });

  it('becomes a PNG of twice its size that is not empty', async () => {
    const figure = await figureOf(<ErrorChart networks={[network]} steps={2} viewStep={null} />);
    const svg = svgPicture(figure, words);
    const bitmap = await createImageBitmap(await pngPicture(svg));
    expect(bitmap.width).toBe(2 * Number(parsed(svg).documentElement.getAttribute('width')));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: new Uint8ClampedArray() };
    const colors = new Set<number>();
    for (let i = 0; i < data.length; i += 4)
      colors.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
    // The accent of network a, as it is in the light theme.
    expect(colors.has(0xd55e00)).toBe(true);
  });
});

describe('a table of a chart', () => {
  it('says as CSV what stands in and below the title, and what the picture shows', async () => {
    const saved = vi.spyOn(URL, 'createObjectURL');
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
    const subtitle = '64 test images, of class “Bag”';
    await figureOf(<ErrorChart networks={[network]} steps={2} viewStep={null} subtitle={subtitle} />);
    await page.getByRole('button', { name: /data and pictures/ }).click();
    await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
    const [file] = saved.mock.calls[0] ?? [];
    const lines = file instanceof Blob ? (await file.text()).split('\r\n') : [];
    expect(lines.slice(0, 2)).toEqual(['# Error', `# ${subtitle}`]);
    expect(lines[2]).toContain('25.0% training error');
    expect(lines).toContain('step,Plain 8: training error (fraction),Plain 8: test error (fraction)');
  });
});
