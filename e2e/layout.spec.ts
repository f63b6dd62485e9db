/** What is in sight, at the sizes of windows and of type that people have. */
import { expect, type Locator, type Page } from '@playwright/test';
import { lessons } from '../src/lessons/lessons.ts';
import { storyExperiments } from '../src/lessons/story/experiments.ts';
import { faults, ofTheme } from './axe.ts';
import { LabPage } from './labPage.ts';
import { LessonPage } from './lessonPage.ts';
import { test } from './returning.ts';

interface Window {
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark' | 'projector';
}

const desk: Window = { width: 1440, height: 900, theme: 'light' };
/** A laptop of 1366 × 768 leaves this to a page. */
const laptop: Window = { width: 1366, height: 625, theme: 'light' };
const lowLaptop: Window = { width: 1366, height: 600, theme: 'light' };
const projector: Window = { width: 1280, height: 720, theme: 'projector' };
const lowProjector: Window = { width: 1280, height: 580, theme: 'projector' };
const oldProjector: Window = { width: 1024, height: 768, theme: 'projector' };
const tablet: Window = { width: 768, height: 1024, theme: 'light' };
const phone: Window = { width: 390, height: 844, theme: 'light' };
/** A window of 1366 × 768 at 200 %. */
const magnified: Window = { width: 683, height: 384, theme: 'light' };

async function resize(page: Page, { width, height, theme }: Window): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
  // Sizes are observed, and what depends on them is drawn in the frame after.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

const inWords = ({ width, height, theme }: Window) => `${width} × ${height}, ${theme}`;

/** Whether all rows of each stack are in its panel, and the panel on the page without scrolling. */
async function lastRows(page: Page): Promise<('in view' | 'cut')[]> {
  return page.locator('.stack-plot').evaluateAll((plots) =>
    plots.map((plot) => {
      const { top, bottom } = plot.getBoundingClientRect();
      const blocks = [...plot.querySelectorAll('.stack-block')].map((block) => block.getBoundingClientRect());
      const isIn = blocks.every((block) => block.top >= top - 1 && block.bottom <= bottom + 1);
      return blocks.length > 0 && isIn && plot.scrollHeight <= plot.clientHeight ? 'in view' : 'cut';
    }),
  );
}

test('every layer is in sight, the heads of stacks are two lines at most, and stacks are drawn in line', async ({
  page,
}) => {
  await test.step('every layer of every depth', async () => {
    for (const depth of [8, 20, 38, 56, 110]) {
      await page.goto(`./#v=1&a=t7-plain-${depth}&b=t7-residual-${depth}`);
      for (const id of ['a', 'b'] as const) {
        await expect(new LabPage(page).network(id).getByRole('heading')).toHaveAccessibleName(
          new RegExp(`, ${depth} layers$`),
        );
      }
      for (const window of [desk, laptop, lowLaptop, projector, lowProjector, oldProjector, tablet, phone, magnified]) {
        await resize(page, window);
        await expect.poll(() => lastRows(page), `${depth} at ${inWords(window)}`).toEqual(['in view', 'in view']);
      }
    }
  });

  await test.step('as many as there may be, and the keyboard gets to the last', async () => {
    await page.goto('./#v=1&a=conv-8*199&b=t7-residual-110');
    await expect(page.locator('.stack-drawing')).toHaveCount(2);
    await resize(page, laptop);
    await expect.poll(() => lastRows(page)).toEqual(['in view', 'in view']);
    const cursor = page.locator('[data-network=a]').getByRole('slider', { name: /^Layers of/ });
    await cursor.focus();
    await cursor.press('End');
    await expect(cursor).toHaveAttribute('aria-valuetext', /^classifier/);
  });

  await test.step('those of lesson 5 on a projector', async () => {
    await page.goto('./#lesson=5');
    await expect(page.getByRole('heading', { name: 'Plain, 56 layers' })).toBeVisible();
    await expect(page.locator('.stack-drawing').first()).toBeVisible();
    for (const window of [projector, lowProjector, oldProjector]) {
      await resize(page, window);
      await expect.poll(async () => new Set(await lastRows(page)), inWords(window)).toEqual(new Set(['in view']));
    }
  });

  await test.step('the head of a stack is two lines at most, and none of its words is cut', async () => {
    const depths = ['a=t7-plain-20', 'b=t7-residual-20', 'c=s14-plain-20', 'd=t7-residual-20&d.act=tanh'];
    for (const count of [1, 2, 4]) {
      await page.goto(`./#v=1&${depths.slice(0, count).join('&')}`);
      await expect(page.locator('.stack-drawing')).toHaveCount(count);
      for (const window of [desk, laptop, lowProjector, oldProjector, tablet, phone]) {
        await resize(page, window);
        const tall = () =>
          page.locator('.stack-top').evaluateAll((heads) => {
            const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
            const cut = heads.flatMap((head) => [...head.querySelectorAll<HTMLElement>('.stack-name, .note')]);
            return [
              ...heads.filter((head) => head.getBoundingClientRect().height > 3.75 * rem),
              ...cut.filter((words) => words.scrollWidth > words.clientWidth + 1),
              ...heads.filter((head) => {
                const name = head.querySelector('h3');
                return !name?.textContent || name.scrollWidth > name.clientWidth + 1;
              }),
            ].map((each) => each.textContent);
          });
        await expect.poll(tall, `${count} at ${inWords(window)}`).toEqual([]);
      }
    }
  });

  await test.step('stacks side by side are drawn in line and on bars of one length', async () => {
    await page.goto('./#lesson=4&part=2');
    await expect(page.locator('.stack-drawing')).toHaveCount(2);
    for (const window of [desk, laptop, projector, lowProjector]) {
      await resize(page, window);
      const sizes = async () =>
        page.locator('.stack-drawing').evaluateAll((drawings) =>
          drawings.map((drawing) => {
            const axis = [...drawing.querySelectorAll('.chart-grid')].map((line) => line.getBoundingClientRect().x);
            const left = drawing.getBoundingClientRect();
            return [left.top, ...axis.map((x) => x - left.left)].map(Math.round);
          }),
        );
      await expect
        .poll(async () => {
          const [one, other] = await sizes();
          return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
        }, inWords(window))
        .toBe(true);
    }
  });

  await test.step('the depth of any of them stands on one line', async () => {
    await page.goto('./#v=1&a=residual-1202&width=4');
    await resize(page, desk);
    const height = (name: RegExp) => page.getByRole('button', { name }).evaluate((choice) => choice.clientHeight);
    const taller = async () => (await height(/^1,202 layers|Layers of every network/)) - (await height(/Bars show/));
    await expect.poll(taller).toBe(0);
  });
});

/** The controls on the page that no scrolling brings out from under the transport. */
async function underTheBar(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    // What stands at the foot of the window: on a narrow page all that the lesson shows.
    const bar = document.querySelector('.transport') ?? document.querySelector('.lesson-shown');
    const controls = [
      ...document.querySelectorAll<HTMLElement>('button, a[href], input:not(.layer-cursor), [role=slider]'),
    ];
    return controls
      .filter((control) => !bar?.contains(control) && control.checkVisibility({ visibilityProperty: true }))
      .filter((control) => {
        control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const box = control.getBoundingClientRect();
        const hit = document.elementFromPoint(box.x + box.width / 2, box.bottom - 1);
        return hit !== null && bar?.contains(hit);
      })
      .map((control) => control.getAttribute('aria-label') ?? control.textContent ?? '');
  });
}

const runs = lessons.flatMap(({ parts }, lesson) =>
  parts.flatMap((part, index) =>
    part.check !== null && !part.isAtOnce
      ? [
          {
            place: `${lesson + 1}${index > 0 ? `&part=${index + 1}` : ''}`,
            goesOn: storyExperiments[lesson]?.[index] === null,
          },
        ]
      : [],
  ),
);

/** Of each kind of lesson one. */
const kinds = ['2', '3', '5', '7', '8'];

/** A lesson as it opens: no faults that axe can find, in some of them in any theme, and nothing to scroll to at the side. */
async function expectReadable(page: Page, place: string): Promise<void> {
  await resize(page, desk);
  await expect(page.locator('.lesson-heading')).toBeVisible();
  expect(await faults(page), `lesson ${place}`).toEqual([]);
  if (place === '3' || place === '5')
    for (const theme of ['dark', 'projector'] as const) {
      await resize(page, { ...desk, theme });
      expect(await faults(page, ofTheme), `lesson ${place}, ${theme}`).toEqual([]);
    }
  for (const width of [1024, 360, 1440]) {
    await resize(page, { width, height: 768, theme: 'light' });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(wide, `lesson ${place} at ${width}`).toBe(width);
  }
}

/** Presses where the middle of a button is seen, whatever lies there. */
async function clickAt(page: Page, button: Locator): Promise<void> {
  await button.scrollIntoViewIfNeeded();
  let box = await button.boundingBox();
  // Once nothing arrives any more that would move it.
  await expect
    .poll(async () => {
      const { x, y } = box ?? {};
      box = await button.boundingBox();
      return box?.x === x && box?.y === y;
    })
    .toBe(true);
  if (!box) throw new Error('not on the page');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

test('each lesson is read at every width and in any theme, and run with the mouse on a projector, where nothing lies under the transport', async ({
  page,
}) => {
  test.setTimeout(600_000);
  const lesson = new LessonPage(page);
  for (const [index, { place, goesOn }] of runs.entries()) {
    // Nothing is to be left of the part before. Other networks end its run; a part that would look at that begins anew.
    if (goesOn) await page.goto('about:blank');
    await lesson.open(place);
    if (kinds.includes(place)) await expectReadable(page, place);
    // In both, whichever it is run in.
    for (const window of index % 2 === 0 ? [projector, oldProjector] : [oldProjector, projector]) {
      await resize(page, window);
      await expect(lesson.run).toBeVisible();
      await expect.poll(() => underTheBar(page), `${place} at ${inWords(window)}`).toEqual([]);
    }
    const skip = lesson.panel.getByRole('button', { name: /without predicting/ });
    // A part of a lesson that arrives meanwhile may move a button once; what lies over one stays.
    await expect(async () => {
      if (await skip.isVisible()) await clickAt(page, skip);
      await expect(lesson.run).toBeEnabled({ timeout: 2000 });
    }, place).toPass({ timeout: 30_000 });
    await expect(async () => {
      if (await lesson.run.isVisible()) await clickAt(page, lesson.run);
      await expect(lesson.panel.getByRole('button', { name: 'Pause' })).toBeVisible({ timeout: 2000 });
    }, place).toPass({ timeout: 30_000 });
  }
  // Nothing is to be run in this one.
  await lesson.open('8');
  await expectReadable(page, '8');
});

test('where the window is low the page does not scroll, and errors stand beside the stacks', async ({ page }) => {
  for (const place of ['#view=lab', '#lesson=5', '#lesson=7', '#lesson=4&part=2']) {
    await page.goto(`./${place}`);
    const charts = page.locator('.charts > .panel:visible, .figure [data-part="error"], .figure-more');
    await expect(charts.first()).toBeVisible();
    for (const window of [lowLaptop, projector, lowProjector]) {
      await resize(page, window);
      const where = `${place} at ${inWords(window)}`;
      const room = () =>
        page.evaluate(() => ({
          page: document.documentElement.scrollHeight,
          wide: document.documentElement.scrollWidth,
        }));
      await expect.poll(room, where).toEqual({ page: window.height, wide: window.width });
      const over = async () => {
        const bar = await page.locator('.transport, .figure-transport').boundingBox();
        const chart = await charts.first().boundingBox();
        return (chart?.y ?? 0) + (chart?.height ?? 0) - (bar?.y ?? 0);
      };
      await expect.poll(over, where).toBeLessThanOrEqual(0);
    }
  }
});

test('nothing moves when training starts, and on a phone a tapped layer is read over the transport', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-20&b=t7-residual-20&steps=900&train=200&test=100');
  await resize(page, phone);
  const stack = lab.network('b').locator('.stack-drawing');
  const top = async () => (await stack.boundingBox())?.y;
  const before = await top();
  const badge = page.locator('.badge');
  await lab.play.click();
  await lab.reached(3);
  expect(await top()).toBe(before);
  await expect(badge).toContainText('steps/s');
  expect(await badge.evaluate((face) => face.scrollWidth - face.clientWidth)).toBeLessThanOrEqual(0);
  await resize(page, desk);
  const height = async () => (await page.locator('.top-bar').boundingBox())?.height;
  const running = await height();
  await expect(badge).toContainText('steps/s');
  // The time left lies over nothing on a tablet.
  await resize(page, tablet);
  const beyond = async () => {
    const timeLeft = await page.locator('.scrubber-left').boundingBox();
    const chips = await page.locator('.setting-chips').boundingBox();
    return (timeLeft?.x ?? 0) + (timeLeft?.width ?? 0) - (chips?.x ?? 0);
  };
  await expect.poll(beyond).toBeLessThanOrEqual(0);
  await resize(page, desk);
  await lab.pause.click();
  await expect(badge).not.toContainText('steps/s');
  expect(await height()).toBe(running);
  await resize(page, phone);

  await stack.click({ position: { x: 100, y: 60 } });
  const read = page.locator('.tapped');
  await expect(read).toBeInViewport({ ratio: 1 });
  const name = read.locator('.readout-name');
  const first = Number(/conv (\d+)/.exec((await name.textContent()) ?? '')?.[1]);
  await read.getByRole('button', { name: 'Next layer' }).click();
  await expect(name).toContainText(`conv ${first + 1} `);
  await expect(read.getByText('Signal gradient')).toBeVisible();
  await read.getByRole('button', { name: 'Close the numbers of this layer' }).click();
  await expect(read).toHaveCount(0);

  // Fingers have larger controls; so have those who double their type.
  const touch = await page.context().newCDPSession(page);
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: true });
  const outside = () =>
    page.locator('.top-bar button').evaluateAll((buttons) =>
      buttons.flatMap((button) => {
        const { left, right } = button.getBoundingClientRect();
        const isIn = left >= 0 && right <= innerWidth && button.scrollWidth <= button.clientWidth;
        return isIn ? [] : [button.getAttribute('aria-label') ?? button.textContent];
      }),
    );
  await expect.poll(outside).toEqual([]);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await expect.poll(outside).toEqual([]);
});
