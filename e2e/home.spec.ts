// The first screen as somebody meets it who has never seen the page.
import { expect, type Page } from '@playwright/test';
import { faults } from './axe.ts';
import { LabPage, test as newcomer } from './labPage.ts';
import { test } from './returning.ts';

const TRAINING_MS = 110_000;
/** The two networks of the first screen, with a short run. */
const short = '#v=1&a=t7-plain-8&b=t7-residual-8&steps=8&train=500&test=100&view=home';

const photos = (page: Page) => page.getByRole('region', { name: 'Ten photos that they are never trained on' });
const train = (page: Page) =>
  page.getByRole('region', { name: 'Networks under training' }).getByRole('button', { name: 'Train both' });
const said = (page: Page) => page.locator('.figure-said');
/** The one thing to press. */
const onward = (page: Page) => page.locator('.button-primary:visible');
const depths = (page: Page) => page.getByRole('radiogroup', { name: 'Layers' });
const layers = (page: Page, depth: number) => depths(page).getByRole('radio', { name: String(depth), exact: true });

/** What the figure's sentence counts, and what its curves end with, both read as a screen reader does. */
async function expectTrue(page: Page): Promise<void> {
  await expect(said(page)).toContainText(/is wrong on \d+ of 100 images that it was trained on/, {
    timeout: TRAINING_MS,
  });
  // The last of the errors may still be on its way to one of the two.
  await expect(async () => {
    const words = (await said(page).textContent()) ?? '';
    const [, plain = '', residual = ''] =
      /plain network is wrong on (\d+) of 100 .*?residual network on (\d+)/.exec(words) ?? [];
    const errors = Object.values(await new LabPage(page).errorsAt('End'));
    expect(errors.map((error) => Math.round(error))).toEqual([Number(plain), Number(residual)]);
  }).toPass();
}

/** Whether photos or bet have moved the networks on a phone: how far below the head of the page they stand there. */
async function figureTopOnPhone(page: Page): Promise<number> {
  await page.setViewportSize({ width: 390, height: 844 });
  const top = await page.locator('.home-figure').evaluate((figure) => figure.getBoundingClientRect().top + scrollY);
  await page.setViewportSize({ width: 1440, height: 900 });
  return Math.round(top);
}

/** What is written at the lines' ends and leaves the figure or touches another. */
async function touchingEnds(page: Page): Promise<string[]> {
  return page.locator('.figure').evaluate((figure) => {
    const box = figure.getBoundingClientRect();
    const ends = [...figure.querySelectorAll('[data-part=error] .chart-note-text')];
    // A line of text is higher than its letters.
    const touch = (one: DOMRect, other: DOMRect) =>
      Math.min(one.right, other.right) > Math.max(one.left, other.left) &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 3;
    return ends.flatMap((end, index) => {
      const { left, right, ...rest } = end.getBoundingClientRect().toJSON() as DOMRect;
      const isOut = left < box.left || right > box.right;
      const others = ends.slice(index + 1).map((other) => other.getBoundingClientRect());
      return isOut || others.some((other) => touch({ left, right, ...rest }, other)) ? [end.textContent ?? ''] : [];
    });
  });
}

newcomer(
  'a newcomer bets, trains, reads what it showed, tries another depth, sees two dots, asks why and comes back',
  async ({ page }) => {
    await page.goto('./');
    await expect(page.getByRole('heading', { level: 1, name: 'Why can’t I just add layers?' })).toBeVisible();
    await expect(layers(page, 38)).toBeChecked();
    await page.goto(`./${short}`);
    await page.reload();
    await page.getByRole('radiogroup').getByText('No difference', { exact: true }).click();
    await expect(train(page)).toBeEnabled({ timeout: 60_000 });
    await expect(photos(page).getByRole('listitem')).toHaveCount(10);
    await expect(photos(page).getByText('Ankle boot', { exact: true }).first()).toBeVisible();
    await expect(onward(page)).toHaveText('Train both');
    const top = await figureTopOnPhone(page);
    await train(page).click();
    await expectTrue(page);
    await expect(onward(page)).toHaveText('Why? The lesson');
    await expect(page.getByText(/Your bet was “No difference”/)).toBeVisible();
    await expect(photos(page).getByText(/^Right: plain \d+ of 10, residual \d+ of 10\.$/)).toBeVisible();
    await expect(photos(page).getByText(/^Plain: .+, (right|wrong)$/)).toHaveCount(10);
    // The same of all test images, of which there are as many as there are per cents.
    const errors = (await page.getByRole('slider', { name: /^Error/ }).getAttribute('aria-valuetext')) ?? '';
    const [plain, residual] = [...errors.matchAll(/([\d.]+)% test error/g)].map(([, error]) => 100 - Number(error));
    await expect(photos(page).getByText(`Ten are few: of all 100 it is ${plain} and ${residual}.`)).toBeVisible();
    expect(await figureTopOnPhone(page)).toBe(top);

    const dots = page.getByRole('slider', { name: /^Mistakes by depth/ });
    await dots.focus();
    await expect(dots).toHaveAttribute('aria-valuetext', /^8 layers/);
    // What is drawn around the radio button, which waits until nothing moves; the button itself is hidden from sight.
    await depths(page).getByText('20', { exact: true }).click();
    await expect(page).toHaveURL(/a=t7-plain-20.*view=home$/);
    await expect(train(page)).toBeEnabled({ timeout: 60_000 });
    // Nobody has to bet.
    const topOfNext = await figureTopOnPhone(page);
    await train(page).click();
    await expectTrue(page);
    expect(await figureTopOnPhone(page)).toBe(topOfNext);
    await dots.focus();
    await dots.press('Home');
    await expect(dots).toHaveAttribute('aria-valuetext', /^8 layers.*plain .*residual /);
    // The second dot may still be on its way.
    await expect(async () => {
      await dots.press('End');
      await expect(dots).toHaveAttribute('aria-valuetext', /^20 layers.*plain .*residual /, { timeout: 1000 });
    }).toPass();

    await page.getByRole('button', { name: 'Why? The lesson' }).click();
    await expect(page.getByRole('complementary', { name: 'Lesson' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: 'Why can’t I just add layers?' })).toBeVisible();
    await expect(dots).toHaveAttribute('aria-valuetext', /layers/);
    // The run that was there is there again.
    await expect(layers(page, 20)).toBeChecked();
    await expectTrue(page);
  },
);

test('who presses Train at once sees the photos while it trains', async ({ page }) => {
  await page.goto(`./${short.replace('steps=8', 'steps=900')}`);
  await train(page).click();
  await expect(photos(page).getByRole('listitem')).toHaveCount(10);
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
});

test('a presenter goes from the question to the lesson with the keys of a clicker', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.addInitScript(() => localStorage.setItem('depthscope.theme', 'projector'));
  await page.goto(`./${short.replace('steps=8', 'steps=4').replaceAll('-8', '-20')}&unknown=1`);
  await expect(train(page)).toBeEnabled({ timeout: 60_000 });
  await page.keyboard.press('PageDown');
  await expect(said(page)).toContainText(/is wrong on \d+ of 100 images/, { timeout: TRAINING_MS });
  await expect(photos(page).getByText(/^Ten are few/)).toBeVisible();
  // All of it is in sight, below a notice, too.
  await expect(page.getByText(/^Ignored “unknown”/)).toBeVisible();
  const cut = () =>
    page.locator('.home-depths').evaluate((card) => {
      const words = [...card.querySelectorAll('text, h2, .note, button')].filter((each) => each.checkVisibility());
      const { bottom } = card.getBoundingClientRect();
      const isCut = document.documentElement.scrollHeight > innerHeight;
      return [
        ...words.filter((each) => each.getBoundingClientRect().bottom > bottom).map((each) => each.textContent),
        ...(isCut ? ['the page'] : []),
      ];
    });
  await expect.poll(cut).toEqual([]);
  await page.keyboard.press('PageDown');
  await expect(layers(page, 8)).toBeChecked();
  await expect(train(page)).toBeEnabled({ timeout: 60_000 });
  await page.keyboard.press('PageDown');
  await expect(said(page)).toContainText(/is wrong on \d+ of 100 images/, { timeout: TRAINING_MS });
  await page.keyboard.press('PageDown');
  const lesson = page.getByRole('complementary', { name: 'Lesson' });
  await expect(lesson).toBeVisible();
  await expect(lesson.getByRole('button', { name: 'Lessons · 5 of 9' })).toBeVisible();
  await page.keyboard.press('PageUp');
  await expect(lesson.getByRole('button', { name: 'Lessons · 4 of 9' })).toBeVisible();

  // Other networks are not trained where they are not in sight.
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&steps=5000');
  await page.getByRole('button', { name: 'Depthscope' }).click();
  await expect(page.getByRole('button', { name: 'Put the two networks back' })).toBeVisible();
  await page.keyboard.press('PageDown');
  await lab.view('Lab');
  await expect(lab.play).toBeVisible();
  expect(await lab.step()).toBe(0);
});

test('the first screen can be used by keyboard alone; trained, it has no accessibility faults that axe can find, and scrolls one way only', async ({
  page,
}) => {
  await page.goto(`./${short.replace('steps=8', 'steps=4')}`);
  await expect(train(page)).toBeEnabled({ timeout: 60_000 });
  const focus = async (name: RegExp) => {
    for (let stop = 0; stop < 60; stop++) {
      const named = await page.evaluate(() => {
        const element = document.activeElement;
        return (
          element?.closest('label')?.textContent || element?.getAttribute('aria-label') || element?.textContent || ''
        );
      });
      if (name.test(named)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no stop named ${name}`);
  };
  await focus(/^Plain$/);
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: 'Plain', exact: true })).toBeChecked();
  await focus(/^Train both/);
  await page.keyboard.press('Enter');
  // The same button trains again, and has kept the focus.
  const again = page
    .getByRole('region', { name: 'Networks under training' })
    .getByRole('button', { name: 'Train again' });
  await expect(again).toBeFocused({ timeout: TRAINING_MS });
  await expect(said(page)).toContainText(/is wrong on \d+ of 100 images/);
  const sentence = await said(page).textContent();
  const faces = await again.evaluateHandle((button) => {
    const seen: (string | null)[] = [];
    const told = { subtree: true, childList: true, characterData: true };
    new MutationObserver(() => seen.push(button.textContent)).observe(button, told);
    return seen;
  });
  await page.keyboard.press('Enter');
  await expect.poll(() => faces.jsonValue()).toContain('Pause');
  await expect(again).toBeFocused({ timeout: TRAINING_MS });
  await expect(said(page)).toHaveText(sentence ?? '');
  await expectTrue(page);
  for (const [width, height, theme] of [
    [390, 844, 'dark'],
    [1440, 900, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    expect(await faults(page), theme).toEqual([]);
    expect(await touchingEnds(page), theme).toEqual([]);
    // Also at twice the size of type.
    for (const size of ['200%', '']) {
      await page.evaluate((type) => (document.documentElement.style.fontSize = type), size);
      const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(over, `${width}, ${size}`).toBeLessThanOrEqual(0);
    }
  }
  // The lab takes the run along.
  await focus(/^Open in the lab/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Networks under training' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await expect.poll(() => new LabPage(page).step()).toBe(4);
  // Where the button has gone, Tab goes on in what has come; where the choice has stayed, the focus stays on it, whatever comes.
  await expect(page.getByRole('main')).toBeFocused();
  // Tab follows the lines.
  await focus(/^Add network/);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Formula/ })).toBeFocused();
  // On a projector, too, what it has shown is in sight with what comes next.
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.evaluate(() => (document.documentElement.dataset.theme = 'projector'));
  const charts = page.locator('.charts');
  await expect
    .poll(() => charts.evaluate((column) => column.scrollHeight - column.clientHeight))
    .toBeLessThanOrEqual(0);
  await page.evaluate(() => (document.documentElement.dataset.theme = 'light'));
  await page.setViewportSize({ width: 1440, height: 900 });
  const views = page.getByRole('radiogroup', { name: 'View' });
  await focus(/^Lab$/);
  for (const view of ['Instruments', 'Sweep', 'Library']) {
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('main')).toHaveClass(new RegExp(view.toLowerCase()));
    await expect(views.getByRole('radio', { name: view })).toBeFocused();
  }
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('main').getByText(/plain network is wrong on \d+ of 100/)).toBeVisible();
  await focus(/^Depthscope$/);
  await page.keyboard.press('Enter');
  await expectTrue(page);
  await focus(/^Why\? The lesson/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Lesson' })).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();
});
