/** What a visit does: one action drawn at random, made with real input at a place that is looked up when it is made. */
import type { Page } from '@playwright/test';
import fc from 'fast-check';
import { mangledLink } from '../../src/experiment/testArbitraries.ts';
import { type Random, random } from '../../src/network/random.ts';
import { chooseTarget, drawOne, type Target } from './choose.ts';
import { words as fuzz } from './words.ts';

const words = fuzz.actions;

/** An action, in words and to be made. */
export interface Action {
  readonly words: string;
  make(): Promise<unknown>;
}

/** Where the elements that were found are kept on the page, until one of them is acted on. */
declare const window: Window & { fuzzTargets?: readonly Element[] };

const controls =
  'a[href], button, input, select, textarea, summary, label, canvas, [role], [tabindex]:not([tabindex="-1"])';
const fields = 'input:not([type]), input[type=text], input[type=number], [role=spinbutton], textarea';
/** What can be dragged: ranges, charts, drawn curves. */
const draggable = 'input[type=range], [role=slider], canvas, svg, [draggable=true]';

/** What is on the page, in its order; what stands in something that has been opened is chosen more often. */
function findTargets(page: Page, selector: string): Promise<Target[]> {
  return page.evaluate((wanted) => {
    const found = [...document.querySelectorAll(wanted)].filter(
      (element) =>
        element.checkVisibility({ visibilityProperty: true }) &&
        // Other sites are none of ours.
        !(element instanceof HTMLAnchorElement && element.origin !== location.origin) &&
        !/^(status|alert|progressbar|img|presentation|none|group|radiogroup|region|heading|list|listitem|table|row|cell)$/.test(
          element.role ?? '',
        ),
    );
    window.fuzzTargets = found;
    return found.map((element) => {
      const labelled = element.getAttribute('aria-labelledby')?.split(' ')[0];
      const labels =
        element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? element.labels : null;
      const label = labelled ? document.getElementById(labelled)?.textContent : labels?.[0]?.textContent;
      const name = element.getAttribute('aria-label') ?? (label || element.textContent) ?? '';
      return {
        role: element.role ?? element.localName,
        name: name.trim().replace(/\s+/g, ' ').slice(0, 60),
        weight: element.closest('[role=dialog], [role=listbox], [role=menu]') ? 5 : 1,
      };
    });
  }, selector);
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Scrolls an element into sight. @returns a point within it, or null if it has gone */
function placeOf(page: Page, index: number, right: number, down: number): Promise<Place | null> {
  return page.evaluate(
    ([at, x, y]) => {
      const element = window.fuzzTargets?.[at];
      if (!element?.isConnected) return null;
      element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const box = element.getBoundingClientRect();
      return { x: box.left + x * box.width, y: box.top + y * box.height };
    },
    [index, right, down] as const,
  );
}

/** Of a visit: what its draws depend on. */
export interface Draw {
  readonly seed: number;
  readonly index: number;
}

async function onTarget(
  page: Page,
  { seed, index }: Draw,
  selector: string,
  act: (name: string) => { words: string; at?: Place; make: (place: Place) => Promise<unknown> },
): Promise<Action> {
  const wanted = await findTargets(page, selector);
  // Where there is nothing to type into or to drag, another control is tried.
  const targets = wanted.length > 0 ? wanted : await findTargets(page, controls);
  const chosen = chooseTarget(seed, `target ${index}`, targets);
  const target = targets[chosen];
  if (!target) return { words: words.nothing, make: async () => undefined };
  const { words: said, at = { x: 0.5, y: 0.5 }, make } = act(fuzz.target(target.role, target.name));
  return {
    words: said,
    make: async () => {
      const place = await placeOf(page, chosen, at.x, at.y);
      if (place) await make(place);
    },
  };
}

function click(page: Page, draw: Random, of: Draw): Promise<Action> {
  const clickCount = drawOne(draw, [
    [1, 12],
    [2, 1],
  ]);
  return onTarget(page, of, controls, (name) => ({
    words: words.click(name),
    make: ({ x, y }) => page.mouse.click(x, y, { clickCount }),
  }));
}

function whole(draw: Random, from: number, to: number): number {
  return from + Math.floor(draw() * (to - from + 1));
}

function drag(page: Page, draw: Random, of: Draw): Promise<Action> {
  const [right, down] = [whole(draw, -400, 400), whole(draw, -150, 150)];
  const at = { x: draw(), y: draw() };
  const steps = whole(draw, 1, 12);
  return onTarget(page, of, draggable, (name) => ({
    words: words.drag(name, right, down),
    at,
    make: async ({ x, y }) => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + right, y + down, { steps });
      await page.mouse.up();
    },
  }));
}

const typed = [
  ...[
    '0',
    '1',
    '-1',
    '7',
    '20',
    '38',
    '0.05',
    '1e-3',
    '1e999',
    'NaN',
    '',
    ' ',
    '٣',
    '10 000',
    '8, 20',
    '8,20,38',
    '1,1',
  ],
  ...[
    '4294967295',
    '4294967296',
    '512',
    '200',
    '0.95',
    '2',
    '3',
    '64',
    '14',
    '28',
    '__proto__',
    '<img src=x>',
    'conv-8',
  ],
  ...['\u{1F600}', '\ud800', '\0', 'x'.repeat(3000)],
];

function type(page: Page, draw: Random, of: Draw): Promise<Action> {
  const what = drawOne(
    draw,
    typed.map((each) => [each, 1] as const),
  );
  const end = drawOne(draw, [
    ['Enter', 4],
    ['Tab', 2],
    ['Escape', 1],
    ['ArrowUp', 1],
  ]);
  return onTarget(page, of, fields, (name) => ({
    words: words.type(what.slice(0, 40), name, end),
    make: async ({ x, y }) => {
      await page.mouse.click(x, y, { clickCount: 3 });
      await page.keyboard.insertText(what);
      await page.keyboard.press(end);
    },
  }));
}

const keys = [
  ...(['Tab', 'Enter', 'Space', 'ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight'] as const).map(
    (key) => [key, 4] as const,
  ),
  ...['Shift+Tab', 'Escape', 'Home', 'End', 'PageUp', 'PageDown', 'Delete', 'Backspace'].map(
    (key) => [key, 2] as const,
  ),
  ...['Alt+ArrowUp', 'Alt+ArrowDown', 'Control+z', 'Control+a', 'r', 's', 'F10', 'Shift+F10', 'ContextMenu'].map(
    (key) => [key, 1] as const,
  ),
];

function press(page: Page, draw: Random): Action {
  const key = drawOne<string>(draw, keys);
  const times = draw() < 0.3 ? whole(draw, 2, 20) : 1;
  return {
    words: words.press(key, times),
    make: async () => {
      for (let time = 0; time < times; time++) await page.keyboard.press(key);
    },
  };
}

function scroll(page: Page, draw: Random): Action {
  const down = whole(draw, -1500, 1500);
  return { words: words.scroll(down), make: () => page.mouse.wheel(0, down) };
}

function resize(page: Page, draw: Random): Action {
  const [width, height] = [whole(draw, 320, 1920), whole(draw, 240, 1200)];
  return { words: words.resize(width, height), make: () => page.setViewportSize({ width, height }) };
}

function prefer(page: Page, draw: Random): Action {
  const colorScheme = draw() < 0.5 ? 'dark' : 'light';
  const reducedMotion = draw() < 0.5 ? 'reduce' : 'no-preference';
  const motion = reducedMotion === 'reduce' ? 'reduced' : 'full';
  return { words: words.prefer(colorScheme, motion), make: () => page.emulateMedia({ colorScheme, reducedMotion }) };
}

/** Links that people would follow, in between those that were mangled. */
const links = [
  ...['#', '#v=1&a=t7-plain-20&b=t7-residual-20', '#v=1&a=plain-8&b=residual-8&c=f7-12&steps=40', '#a=base+conv-18'],
  ...[
    '#v=1&a=t7-plain-56&b=t7-residual-56&c=t7-plain-110&d=t7-residual-110',
    '#v=1&a=conv-8,residual-8*3,dense-16&size=28',
  ],
  ...['#v=1&a=t7-plain-8&steps=5&sweep=depth:8,14&seeds=1', '#v=1&a=residual-20&order=pre&gate=exclusive&survival=0.5'],
  ...Array.from({ length: 9 }, (_, index) => `#lesson=${index + 1}`),
  ...['#lesson=3&part=2', '#lesson=6&v=1&a=f7-plain-20'],
];

function anyLink(draw: Random): string {
  if (draw() < 0.6)
    return drawOne(
      draw,
      links.map((link) => [link, 1] as const),
    );
  const [link = ''] = fc.sample(mangledLink, { seed: whole(draw, 0, 2 ** 31), numRuns: 1 });
  return `#${link.replace(/^#/, '')}`;
}

function follow(page: Page, draw: Random): Action {
  const hash = anyLink(draw);
  return {
    words: words.link(hash),
    make: () =>
      page.evaluate((to) => {
        location.hash = to;
      }, hash),
  };
}

function wait(page: Page, draw: Random): Action {
  const ms = whole(draw, 100, 2000);
  return { words: words.wait(ms), make: () => page.waitForTimeout(ms) };
}

const LOAD_MS = 60_000;
const onceLoaded = { waitUntil: 'domcontentloaded', timeout: LOAD_MS } as const;

/** Not out of the site: visits begin at an empty page. */
function back(page: Page): Action {
  const canGoBack = () => page.evaluate(() => window.navigation.canGoBack);
  return { words: words.back, make: async () => (await canGoBack()) && (await page.goBack(onceLoaded)) };
}

type Kind = (page: Page, draw: Random, of: Draw) => Action | Promise<Action>;

const kinds: readonly (readonly [Kind, number])[] = [
  [click, 48],
  [press, 12],
  [type, 8],
  [drag, 8],
  [wait, 6],
  [scroll, 4],
  [resize, 4],
  [follow, 4],
  [prefer, 2],
  [back, 2],
  [(page) => ({ words: words.forward, make: () => page.goForward(onceLoaded) }), 1],
  [(page) => ({ words: words.reload, make: () => page.reload(onceLoaded) }), 1],
];

/** The action with this index, for the page as it is now. */
export async function drawAction(page: Page, of: Draw): Promise<Action> {
  const draw = random(of.seed, 'action', of.index);
  return drawOne(draw, kinds)(page, draw, of);
}

/** How a visit begins: at an address below that of the lab. */
export function opening(page: Page, seed: number, url: string): Action {
  const draw = random(seed, 'opening');
  const address = drawOne<() => string>(draw, [
    [() => './', 3],
    [() => anyLink(draw), 6],
    [() => `?backend=wasm${anyLink(draw)}`, 2],
    [() => `?engine=webgpu${anyLink(draw)}`, 1],
    [() => 'teachers.html', 1],
  ])();
  return {
    words: words.open(address.length > 200 ? `${address.slice(0, 200)}…` : address),
    make: () => page.goto(new URL(address, url).href, onceLoaded),
  };
}
