import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import '../ui/base.css';
import { type Experiment, networkIds } from '../experiment/experiment.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { text } from '../messages/messages.ts';
import { graphOf } from '../network/build.ts';
import { createHovers, HoverContext } from '../plot/linkedHover.ts';
import { type LayerMeasurements, type MeasurementRecord, quantities } from '../records/records.ts';
import { LabContext } from '../session/hooks.ts';
import { createLab, type Lab } from '../session/store/lab.ts';
import { packRecords } from '../session/worker/batch.ts';
import type { Command, LabListener } from '../session/worker/protocol.ts';
import { Figure, type FigureProps } from './Figure.tsx';

const STEPS = 100;

/** A plain network and its twin, and the same with tanh, all of one depth. */
function experimentOf(count: number, layers: number): Experiment {
  const { experiment } = parseLink(`#v=1&a=t7-plain-${layers}&b=t7-residual-${layers}&steps=${STEPS}`);
  const twins = experiment.networks;
  const all = [...twins, ...twins.map((network) => ({ ...network, act: 'tanh' as const }))];
  return { ...experiment, networks: all.slice(0, count) };
}

/** What is measured: gradients that fall by a tenth from layer to layer, one of them 0 and one below any axis. */
function measured(layers: number): LayerMeasurements {
  const column = Float32Array.from({ length: layers }, (_, layer) =>
    layer === 1 ? 0 : layer === 2 ? 1e-30 : 10 ** (-4 + (4 * layer) / layers),
  );
  return Object.fromEntries(quantities.map((quantity) => [quantity, column])) as LayerMeasurements;
}

function recordsOf({ networks, training }: Experiment, upTo: number): MeasurementRecord[] {
  return networks.flatMap((network, index) => {
    const id = networkIds[index] ?? 'a';
    const layers = measured(graphOf(network, training.size).layers.length);
    const untrained: MeasurementRecord = { type: 'untrained', network: id, layers };
    if (upTo === 0) return [untrained];
    const steps = Array.from(
      { length: upTo },
      (_, at): MeasurementRecord => ({
        type: 'step',
        network: id,
        step: at + 1,
        loss: 2,
        learningRate: 0.1,
        layers,
        overflow: null,
      }),
    );
    const counted = Array.from({ length: upTo / 10 + 1 }, (_, at): MeasurementRecord => {
      const error = index % 2 === 0 ? 0.9 - 0.009 * at : 0.9 / (1 + at);
      return { type: 'evaluation', network: id, step: 10 * at, trainError: error, testError: error + 0.03 };
    });
    return [untrained, ...steps, ...counted];
  });
}

/** A lab that has trained so many steps, and takes down what it is asked for. */
function labAt(experiment: Experiment, upTo: number): { readonly lab: Lab; readonly sent: Command[] } {
  const sent: Command[] = [];
  let tell: LabListener = () => undefined;
  const client = {
    send: (command: Command) => void sent.push(command),
    listen: (listener: LabListener) => {
      tell = listener;
      return () => undefined;
    },
  };
  const lab = createLab(client, { experiment, problems: [], engine: { engine: 'reference', backend: null } });
  const run = 1;
  const infos = experiment.networks.map((network, index) => {
    const layerNames = graphOf(network, experiment.training.size).layers.map(({ name }) => name);
    return { id: networkIds[index] ?? ('a' as const), layerNames, parameters: 1, memory: 1 };
  });
  tell({ type: 'began', run, networks: infos });
  tell({ type: 'records', run, batch: packRecords(recordsOf(experiment, upTo)), speed: null });
  tell({ type: 'status', run, status: { kind: upTo === 0 ? 'ready' : upTo < STEPS ? 'paused' : 'finished' } });
  return { lab, sent };
}

let root: Root;
let box: HTMLElement;

beforeEach(() => {
  box = document.body.appendChild(document.createElement('div'));
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  document.body.replaceChildren();
  delete document.documentElement.dataset.theme;
});

interface Shown extends FigureProps {
  readonly width: number;
  readonly height: number;
  readonly networks: number;
  readonly layers: number;
  readonly upTo?: number;
}

async function show({ width, height, networks, layers, upTo = STEPS, ...props }: Shown) {
  Object.assign(box.style, { width: `${width}px`, height: `${height}px`, margin: '0', position: 'relative' });
  const made = labAt(experimentOf(networks, layers), upTo);
  root.unmount();
  root = createRoot(box);
  root.render(
    <LabContext value={made.lab}>
      <HoverContext value={createHovers()}>
        <Figure key={`${width} ${height} ${networks} ${layers} ${upTo}`} {...props} />
      </HoverContext>
    </LabContext>,
  );
  await expect.poll(() => box.querySelectorAll('.stack-bars, .chart-line').length).toBeGreaterThan(0);
  // The box has been measured once its drawings are as wide as its columns.
  await expect
    .poll(() => {
      const drawing = box.querySelector('.stack-drawing') ?? box.querySelector('.chart-svg');
      const part = drawing?.closest('.figure-chart');
      return part && Math.abs((drawing?.getBoundingClientRect().width ?? 0) - part.getBoundingClientRect().width);
    })
    .toBeLessThan(1);
  return made;
}

interface Words {
  readonly words: string;
  readonly rect: DOMRect;
}

/** All texts that are seen, with the box around each line. */
function textsIn(element: HTMLElement): Words[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found: Words[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const words = node.textContent?.trim() ?? '';
    if (!parent || words === '' || parent.closest('.visually-hidden, [hidden]')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const svgText = parent.closest('text');
    const rects = svgText ? [svgText.getBoundingClientRect()] : [...range.getClientRects()];
    for (const rect of rects) if (rect.width > 0) found.push({ words: svgText?.textContent ?? words, rect });
  }
  return found.filter((each, index) => !each.rect || found.findIndex((other) => same(other, each)) === index);
}

const same = (one: Words, other: Words) =>
  one.words === other.words && one.rect.left === other.rect.left && one.rect.top === other.rect.top;

/** Letters do not fill the box around their line. */
const SLACK = 0.22;

function problemsWith(element: HTMLElement): string[] {
  const outer = element.getBoundingClientRect();
  const texts = textsIn(element);
  const outside = texts
    .filter(({ rect }) => {
      const slack = SLACK * rect.height;
      return (
        rect.left < outer.left - 1 ||
        rect.right > outer.right + 1 ||
        rect.top < outer.top - slack ||
        rect.bottom > outer.bottom + slack
      );
    })
    .map(({ words, rect }) => `“${words}” leaves the box: ${rect.left}…${rect.right}, ${rect.top}…${rect.bottom}`);
  const overlapping = texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter(({ rect }) => {
        const across = Math.min(one.rect.right, rect.right) - Math.max(one.rect.left, rect.left);
        const down = Math.min(one.rect.bottom, rect.bottom) - Math.max(one.rect.top, rect.top);
        return across > 1 && down > SLACK * Math.min(one.rect.height, rect.height) + 1;
      })
      .map(({ words }) => `“${one.words}” overlaps “${words}”`),
  );
  const cut = [...element.querySelectorAll<HTMLElement>('.figure-said, .figure-name, .button, .figure-transport')]
    .filter((each) => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1)
    .map((each) => `“${each.textContent}” is cut`);
  return [...outside, ...overlapping, ...cut];
}

/** Heights at which layers have a mark, a bar or another, of each network, with the height of the drawing. */
function marksIn(element: HTMLElement): { readonly heights: number[]; readonly room: number }[] {
  return [...element.querySelectorAll<SVGGElement>('[data-bars]')].map((bars) => {
    const drawing = bars.closest('svg')?.getBoundingClientRect();
    const around = element.getBoundingClientRect();
    const top = (bars.parentElement as unknown as SVGGElement).getCTM()?.f ?? 0;
    const heights = [...bars.querySelectorAll('path')].flatMap((path) =>
      [...(path.getAttribute('d') ?? '').matchAll(/M[-\d.]+,([-\d.]+)/g)].map(([, y]) => Number(y) + top),
    );
    return { heights, room: Math.min(drawing?.height ?? 0, around.bottom - (drawing?.top ?? 0)) };
  });
}

const boxes = [
  [360, 300],
  [480, 300],
  [560, 420],
  [700, 500],
  [1280, 600],
  [360, 640],
] as const;

/** Of each of three things three: nine of the 27, in which every two of different things meet; boxes and themes take turns at the third. */
function shownIn(turn: number) {
  return [1, 2, 4].flatMap((networks, i) =>
    [8, 38, 110].map((layers, j) => ({ networks, layers, upTo: [0, 40, STEPS][(i + j + turn) % 3] ?? 0 })),
  );
}

describe('a figure', () => {
  for (const [turn, [width, height]] of boxes.entries()) {
    for (const [more, theme] of ['light', 'projector'].entries()) {
      it(`fits ${width} × ${height}, ${theme}, with 1, 2 and 4 networks of 8, 38 and 110 layers`, async () => {
        document.documentElement.dataset.theme = theme;
        for (const { networks, layers, upTo } of shownIn(turn + more)) {
          await show({ width, height, networks, layers, upTo });
          const what = `${networks} networks of ${layers} layers after ${upTo} steps`;
          expect([what, ...problemsWith(box)]).toEqual([what]);
          const marks = marksIn(box);
          expect(marks).toHaveLength(networks);
          for (const { heights, room } of marks) {
            // Some may share a ring: of the rest each has its own height.
            expect([what, new Set(heights).size]).toEqual([what, layers]);
            expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
            expect(Math.max(...heights)).toBeLessThan(room);
          }
        }
      });
    }
  }

  it('shows the bars of the untrained networks before anybody has trained', async () => {
    await show({ width: 700, height: 500, networks: 2, layers: 38, upTo: 0 });
    const bars = [...box.querySelectorAll('.stack-bars')].map((path) => path.getAttribute('d')?.split('M').length);
    // All layers but the one without any gradient and the one whose gradient is too small for the axis.
    expect(bars).toEqual([1 + 36, 1 + 36]);
  });

  it('has the parts that are asked for', async () => {
    const parts = () =>
      ['[data-network]', '.figure .chart', '.figure-said p', '.figure-transport'].map(
        (each) => box.querySelector(each) !== null,
      );
    const usual = { width: 700, height: 500, networks: 2, layers: 8 };
    await show(usual);
    expect(parts()).toEqual([true, true, true, true]);
    await show({ ...usual, upTo: 40, parts: ['bars'] });
    expect(parts()).toEqual([true, false, false, false]);
    await show({ ...usual, layers: 38, parts: ['error', 'transport'] });
    expect(parts()).toEqual([false, true, false, true]);
  });

  it('has charts, facts and a line below the rows where they are wanted, and all of it fits', async () => {
    const chart = <figure style={{ flex: 1, margin: 0 }}>a chart</figure>;
    for (const [width, height] of [...boxes, [1000, 700]] as const) {
      for (const networks of [1, 2, 4]) {
        const more = { charts: [chart], highlight: 'bars', hasButtons: false } as const;
        const words = { facts: () => <span className="note figure-note">factor</span>, foot: () => '↑ gradients' };
        await show({ width, height, networks, layers: 38, ...more, ...words });
        const what = `${networks} networks in ${width} × ${height}`;
        expect([what, ...problemsWith(box)]).toEqual([what]);
        expect(marksIn(box).map(({ heights }) => new Set(heights).size)).toEqual(Array(networks).fill(38));
      }
    }
    expect(box.querySelector('.figure-more')?.textContent).toBe('a chart');
    expect(box.querySelector('.transport-play')).toBeNull();
  });

  it('says what its bars are, with the formula, one tap away', async () => {
    const name = text.app.networks.whatIs(text.quantities.signalGradient.label);
    for (const [width, height] of boxes) {
      await show({ width, height, networks: 2, layers: 38 });
      expect(box.querySelectorAll(`[aria-label="${name}"]`), `${width} × ${height}`).toHaveLength(1);
    }
    box.querySelector<HTMLButtonElement>(`[aria-label="${name}"]`)?.click();
    // The window and the formula come when they are asked for first.
    const math = () => document.querySelector('[role="dialog"] math');
    await expect.poll(math, { timeout: 20_000 }).not.toBeNull();
    expect(document.querySelector('[role="dialog"]')?.textContent).toContain(text.quantities.signalGradient.meaning);
  });

  it('says the longest form that fits, and reads it out', async () => {
    const saying = [{ text: 'word '.repeat(200).trim() }, { text: 'In short.' }];
    await show({ width: 480, height: 300, networks: 2, layers: 38, saying });
    expect(box.querySelector('[role="status"]')?.textContent).toBe('In short.');
    await show({ width: 1280, height: 900, networks: 2, layers: 38, saying });
    expect(box.querySelector('[role="status"]')?.textContent).toBe(saying[0]?.text);
  });

  it('trains, steps and goes back by its buttons, whose words fit', async () => {
    const { sent } = await show({ width: 560, height: 420, networks: 2, layers: 38, upTo: 40, train: ['Train both'] });
    const press = (name: string) => {
      const buttons = [...box.querySelectorAll('button')];
      const found = buttons.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name);
      if (!found) throw new Error(`no ${name} among ${buttons.map((each) => each.textContent)}`);
      found.click();
    };
    press('Train both');
    await expect.poll(() => sent.at(-1)?.type).toBe('play');
    await expect.poll(() => box.querySelector('.transport-play')?.textContent).toBe(text.figure.pause);
    press(text.app.transport.reset);
    await expect.poll(() => sent.filter(({ type }) => type === 'load')).toHaveLength(2);
  });
});
