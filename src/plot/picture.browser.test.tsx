import { afterEach, describe, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { StackColumn } from '../figure/stack/StackColumn.tsx';
import { testRun } from '../session/testRuns.ts';
import '../ui/base.css';
import { parseLink } from '../experiment/parseLink.ts';
import { ErrorChart } from '../figure/ErrorChart.tsx';
import { FinalChart } from '../figure/FinalChart.tsx';
import { HistoryChart } from '../figure/HistoryChart.tsx';
import { StepsChart } from '../figure/StepsChart.tsx';
import { seriesLook } from '../figure/stepSeries.ts';
import { LesionsChart } from '../instruments/lesions/LesionsChart.tsx';
import { buildGraph } from '../network/build.ts';
import { type LayerMeasurements, type MeasurementRecord, quantities } from '../records/records.ts';
import { appendRecords, emptyRun } from '../records/run.ts';
import { draw } from '../ui/testDraw.ts';
import type { ChartNetwork } from './looks.ts';
import { pngPicture, svgPicture } from './picture.ts';

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

/** The element of a page that has just been drawn which a picture is made of, once it has been laid out. */
async function shown(element: React.ReactElement, selector: string): Promise<HTMLElement> {
  const host = draw(element, { display: 'grid', width: '420px', minHeight: '480px' });
  await expect.poll(() => host.querySelector(`${selector} svg`)).not.toBeNull();
  const found = host.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** The column of the first network of a link. A stack is measured before it is drawn. */
async function stackOf(link: string): Promise<HTMLElement> {
  const { training, networks } = parseLink(link).experiment;
  const [spec] = networks;
  if (!spec) throw new Error('no network');
  const refuse = () => null;
  const element = (
    <StackColumn
      {...{ spec, training }}
      graph={buildGraph(spec, training.size)}
      id="a"
      name="Residual 8"
      run={undefined}
      viewStep={null}
      quantity="weightGradient"
      axis={{ kind: 'log', min: 1e-4, max: 1 }}
      edits={{ insertItem: refuse, removeItem: refuse, moveItem: refuse, setItem: refuse }}
    />
  );
  const column = (await shown(element, '.stack-plot')).closest('section');
  if (!column) throw new Error('no column');
  return column;
}

const figureOf = (element: React.ReactElement) => shown(element, 'figure');

function parsed(svg: string): Document {
  const tree = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(tree.querySelector('parsererror')).toBeNull();
  return tree;
}

afterEach(() => vi.restoreAllMocks());

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
    // The training error solid and the test error dashed, and the keys beside their names likewise.
    const dashes = [...tree.querySelectorAll('path[stroke-dasharray]')].map((p) => p.getAttribute('stroke-dasharray'));
    const keys = [...figure.querySelectorAll('.chart-patterns path')].map(
      (key) => getComputedStyle(key).strokeDasharray,
    );
    expect(figure.querySelector('.chart-patterns')?.textContent).toMatch(/train.*test/);
    expect(keys).toEqual(['none', '3px, 5px']);
    for (const key of keys) expect(dashes.filter((each) => each === key).length).toBeGreaterThanOrEqual(2);
  });

  it('has the keys of its legend: what a hollow mark of a lesion says', async () => {
    const lesion = { at: 1, layers: ['conv 2'], changesShape: true, hasShortcut: true, train: 0.4, test: 0.5 };
    const chart = (
      <LesionsChart
        title="Lesions"
        series={[{ id: 'a', name: 'Plain 8', whole: { train: 0.2, test: 0.25 }, lesions: [lesion] }]}
        operation="removals"
        measure="test"
        condition=""
        steps={[7]}
        units={3}
        empty=""
      />
    );
    const tree = parsed(svgPicture(await figureOf(chart), words));
    const texts = [...tree.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(texts).toContain('changes the shape');
    const key = tree.querySelector('svg[viewBox] > path[fill="#ffffff"]');
    expect(key?.getAttribute('stroke')).toBe('#d55e00');
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

/** What browsers know as a colour, and other programs do not. */
const browsersOnly = /oklab|color\(|color-mix|var\(|rgba\(/g;

const errorsAt = (step: number, trainError: number) => ({ step, trainError, testError: trainError + 0.05 });

describe('the colours of a picture', () => {
  it('are those that every program reads, in curves whose colours are mixed', async () => {
    const evaluations = [errorsAt(0, 0.9), errorsAt(10, 0.3)];
    const run = testRun('seed=1', 0.3, { evaluations });
    const diverged = testRun('seed=2', 0.3, { evaluations, divergedAt: 12 });
    const series = ['8', '20', '38'].map((label, index) => ({
      label,
      look: seriesLook('plain', index, 3),
      runs: [run, diverged],
    }));
    const chart = (
      <StepsChart title="Error by step" axis="weight layers" lastStep={20} empty="" atLeast={0} series={series} />
    );
    const svg = svgPicture(await figureOf(chart), words);
    expect(svg.match(browsersOnly) ?? []).toEqual([]);
    const strokes = [...parsed(svg).querySelectorAll('path')].map((path) => path.getAttribute('stroke'));
    // Nothing is mixed into the first: it is vermillion itself.
    expect(strokes).toContain('#d55e00');
    expect(new Set(strokes.filter((stroke) => stroke !== 'none')).size).toBeGreaterThanOrEqual(3);
  });

  it('say how much they let through apart from the colour, as in the key of a band', async () => {
    const axis = { kind: 'linear', label: 'weight layers', name: String, words: String } as const;
    const runs = [8, 20].flatMap((at) =>
      [1, 2].map((seed) => ({
        kind: 'plain' as const,
        seed,
        at,
        trainError: seed / 10,
        testError: seed / 5,
        divergedAt: null,
      })),
    );
    const chart = <FinalChart title="Final error" runs={runs} axis={axis} measure="train" empty="" />;
    const svg = svgPicture(await figureOf(chart), words);
    expect(svg.match(browsersOnly) ?? []).toEqual([]);
    const keys = [...parsed(svg).querySelectorAll('rect[fill-opacity="0.25"]')];
    // The soft ink of the light theme.
    expect(keys.map((key) => key.getAttribute('fill'))).toEqual(['#555b66']);
  });

  it('let through what the colour and the element let through together', async () => {
    const half = { fill: 'rgb(0 128 0 / 0.5)', fillOpacity: 0.5, stroke: 'color-mix(in srgb, red 20%, transparent)' };
    const svg = svgPicture(
      await figureOf(
        <figure>
          <svg aria-hidden="true" style={half} />
        </figure>,
      ),
      words,
    );
    const drawn = parsed(svg).querySelector('svg svg');
    const looks = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity'].map((name) => drawn?.getAttribute(name));
    expect(looks).toEqual(['#008000', '0.25', '#ff0000', '0.2']);
  });

  it('are those that every program reads, in a stack', async () => {
    const svg = svgPicture(await stackOf('#v=1&a=t7-residual-8'), words);
    expect(svg.match(browsersOnly) ?? []).toEqual([]);
  });
});

describe('a picture of a stack', () => {
  it('ends where the stack ends, however high its column is, and keeps a long link within its margins', async () => {
    const column = await stackOf('#v=1&a=t7-residual-8');
    column.style.height = '1400px';
    await expect.poll(() => column.getBoundingClientRect().height).toBeGreaterThan(1390);
    const foot = column.querySelector('.stack-foot')?.getBoundingClientRect();
    const drawn = (foot?.bottom ?? 0) - column.getBoundingClientRect().top;
    const link = `https://www.example.org/#v=1&${'m=WWWWWWWW&'.repeat(30)}`;
    const tree = parsed(svgPicture(column, { title: '', summary: '', about: [link] }));
    document.body.append(document.importNode(tree.documentElement, true));
    const picture = [...document.querySelectorAll<SVGSVGElement>('body > svg')].at(-1);
    const box = picture?.getBoundingClientRect();
    const lines = [...(picture?.querySelectorAll(':scope > text') ?? [])].map((text) => text.getBoundingClientRect());
    expect(lines.length).toBeGreaterThan(3);
    for (const { right } of lines) expect(right).toBeLessThanOrEqual((box?.right ?? 0) - 15);
    // Margins above, between and below, and the lines of 15 pixels.
    expect(Math.abs((box?.height ?? 0) - (drawn + 3 * 16 + 15 * lines.length))).toBeLessThan(30);
  });

  it('shows its rows, over which there lies a slider that nobody sees', async () => {
    const svg = parsed(svgPicture(await stackOf('#v=1&a=t7-residual-8'), words)).documentElement;
    document.body.replaceChildren(svg);
    const names = [...svg.querySelectorAll('text')].filter(({ textContent }) => textContent === 'classifier');
    expect(names).toHaveLength(1);
    const { x, y, height } = names[0]?.getBoundingClientRect() ?? new DOMRect();
    expect(document.elementFromPoint(x + 2, y + height / 2)).toBe(names[0]);
    // Nobody can point at a picture.
    expect(svg.textContent).not.toContain('Point at a layer');
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
    await expect.poll(() => saved.mock.calls.length).toBe(1);
    const [file] = saved.mock.calls[0] ?? [];
    const lines = file instanceof Blob ? (await file.text()).split('\r\n') : [];
    expect(lines.slice(0, 2)).toEqual(['# Error', `# ${subtitle}`]);
    expect(lines[2]).toContain('25.0% training error');
    expect(lines).toContain('step,Plain 8: training error (fraction),Plain 8: test error (fraction)');
  });
});
