// An experiment as a figure in somebody else's page.
import { expect } from '@playwright/test';
import { EMBED_BYTES, embedSizes, openEmbed } from '../tools/firstPicture.ts';
import { everything, faults } from './axe.ts';
import { expectVerdict, long, misfits, openHost, pauseButton, short, stepOf, trainButton } from './embedPage.ts';
import { test as newcomer } from './labPage.ts';
import { test } from './returning.ts';

test('at every size of frame all that is shown fits, before, during and after the run', async ({ page }) => {
  await page.goto(`./?embed=1${short}`);
  await expect(trainButton(page)).toBeEnabled();
  const expectFit = async (when: string) => {
    for (const size of embedSizes) {
      await page.setViewportSize(size);
      await expect.poll(() => misfits(page), { message: `${when} at ${size.width}×${size.height}` }).toEqual([]);
    }
  };
  await expectFit('before');
  expect(await faults(page, everything)).toEqual([]);
  await trainButton(page).click();
  await expect(pauseButton(page)).toBeFocused({ timeout: 60_000 });
  await expectFit('during');
  await expectVerdict(page);
  await expectFit('after');
  expect(await faults(page, everything)).toEqual([]);
  await expect(page.getByRole('link', { name: 'Open in Depthscope' })).toHaveAttribute(
    'href',
    /^http:[^?]*#v=1&a=t7-plain-8&b=t7-residual-8&train=200&test=100&steps=10$/,
  );
});

test('asks for a bet where it is told to, by keyboard too, and says what became of it', async ({ page }) => {
  await page.goto(`./?embed=1&show=bars,error,verdict,bet${short}`);
  const expectFit = async (when: string) => {
    for (const size of embedSizes) {
      await page.setViewportSize(size);
      await expect.poll(() => misfits(page), { message: `${when} at ${size.width}×${size.height}` }).toEqual([]);
    }
  };
  const plain = page.getByRole('radio', { name: 'Plain, 8 layers' });
  await plain.focus();
  await page.keyboard.press('Space');
  await expect(plain).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Residual, 8 layers' })).toBeChecked();
  await expectFit('before');
  expect(await faults(page, everything)).toEqual([]);
  await trainButton(page).click();
  await expectVerdict(page);
  await expect(page.getByText(/^Your bet was “Residual, 8 layers”\. That is (?:not )?what happened\.$/)).toBeVisible();
  await expectFit('after');

  // Of one network there is nothing to bet on.
  await page.goto('./?embed=1&show=bars,bet#v=1&a=t7-plain-8');
  await expect(trainButton(page)).toBeEnabled();
  await expect(page.getByRole('radio')).toHaveCount(0);
});

newcomer('before it is run an embed takes at most 60 KB, and none of the application', async ({ page, baseURL }) => {
  const sizesOf = await openEmbed(page, `./?embed=1&show=bars${short}`);
  const files = [...sizesOf.keys()].map((url) => url.replace(baseURL ?? '', ''));
  expect(files.filter((file) => /react|worker|data\/|Figure/.test(file))).toEqual([]);
  const bytes = [...sizesOf.values()].reduce((sum, each) => sum + each, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes, files.join('\n')).toBeLessThanOrEqual(EMBED_BYTES);
});

test('shows what its address asks for, and says what it cannot', async ({ page }) => {
  const four = '#v=1&a=t7-plain-8&b=t7-residual-8&c=t7-plain-20&d=t7-residual-20&steps=4&train=200&test=100';
  await page.goto(`./?embed=1&show=bars,depth,history&ui=none&theme=dark&color=red${four}`);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('.embed-stack')).toHaveCount(4);
  await trainButton(page).click();
  await expect(page.locator('.embed-chart')).toHaveCount(2, { timeout: 60_000 });
  await expect(page.getByRole('slider', { name: 'Step shown' })).toHaveCount(0);
  await expect(page.getByRole('slider', { name: /^Error/ })).toHaveCount(0);
  await expect(page.locator('.figure [data-network]')).toHaveCount(4);

  await page.goto(`./?embed=1&show=pie&ui=huge&locale=tlh${short}&seed=-5`);
  await expect(page.getByText(/Ignored \?show=pie in the address: bars,error,verdict is used; possible/)).toBeVisible();
  await expect(page.getByText(/Ignored \?ui=huge in the address: transport is used; possible/)).toBeVisible();
  await expect(page.getByText(/Ignored \?locale=tlh in the address: en is used; possible are en\./)).toBeVisible();
  const expectFit = async (when: string) => {
    for (const size of embedSizes) {
      await page.setViewportSize(size);
      await expect.poll(() => misfits(page), { message: `${when} at ${size.width}×${size.height}` }).toEqual([]);
    }
  };
  await expectFit('before');
  await trainButton(page).click();
  await expectVerdict(page);
  // Above a figure one at a time, first what has become of the link.
  const notice = page.locator('.notice:visible');
  await expect(notice).toHaveText(/seed/);
  await expectFit('after');
  await notice.getByRole('button').click();
  await expect(notice).toHaveText(/\?show=pie/);
});

test('shows one instrument alone', async ({ page }) => {
  await page.goto(`./?embed=1&instrument=history${short}`);
  await trainButton(page).click();
  await expect(page.getByRole('slider', { name: /^History|over the run|by step/i }).first()).toBeVisible({
    timeout: 60_000,
  });
  await expectVerdict(page);
});

test('shows the experiment of a lesson, which opens in Depthscope', async ({ page }) => {
  await page.goto('./?embed=1#lesson=5&steps=5&train=200&test=100');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Lesson 5: /);
  await expect(page.getByRole('link', { name: 'Open in Depthscope' })).toHaveAttribute('href', /#lesson=5/);
  await trainButton(page).click();
  await expect(page.locator('.figure [data-network]').first()).toBeVisible({ timeout: 60_000 });
  await expect(
    page
      .locator('.figure')
      .getByText(/Plain, 8/)
      .first(),
  ).toBeVisible();
});

test('with ui=full it is the whole page', async ({ page }) => {
  await page.goto(`./?embed=1&ui=full&theme=dark${short}`);
  await expect(page.getByRole('radiogroup', { name: 'View' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled({ timeout: 60_000 });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test.describe('where data is not saved', () => {
  // Whoever saves data has nothing play by itself.
  test.use({ savesData: false });

  test('plays by itself once it is in sight, pauses out of sight, and goes on', async ({ page, baseURL }) => {
    const frame = `<iframe title="Depth" src="${baseURL}?embed=1&autoplay=1${long}" width="700" height="500"></iframe>`;
    // A frame of the page's own site is drawn out of sight, too: so its button can be read there.
    await openHost(page, {
      origin: new URL(baseURL ?? '').origin,
      body: `<div style="height:3000px">An article.</div>${frame}<div style="height:3000px"></div>`,
    });
    const depth = page.frameLocator('iframe');
    await expect(trainButton(depth)).toBeEnabled();
    await page.locator('iframe').scrollIntoViewIfNeeded();
    await expect(pauseButton(depth)).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => stepOf(depth), { timeout: 60_000 }).toBeGreaterThan(0);
    await page.evaluate(() => scrollTo(0, 0));
    await expect(trainButton(depth)).toBeAttached();
    await page.locator('iframe').scrollIntoViewIfNeeded();
    await expect(pauseButton(depth)).toBeVisible();
  });

  test('does not play by itself for whoever wants less motion', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto(`./?embed=1&autoplay=1${long}`);
    await expect(trainButton(page)).toBeEnabled();
    await page.waitForLoadState('networkidle');
    await expect(page.locator('.embed-poster')).toBeVisible();
  });
});

test('of three on a page one trains at a time, in sandboxes too, unless they are told not to mind', async ({
  page,
  baseURL,
}) => {
  const frame = (name: string, more = '') =>
    `<iframe title="${name}" sandbox="allow-scripts" src="${baseURL}?embed=1${more}${long}" width="480" height="300"></iframe>`;
  await openHost(page, { body: `${frame('one')}${frame('two')}${frame('three', '&parallel=1')}` });
  const [one, two, three] = ['one', 'two', 'three'].map((name) => page.frameLocator(`iframe[title=${name}]`)) as [
    ReturnType<typeof page.frameLocator>,
    ReturnType<typeof page.frameLocator>,
    ReturnType<typeof page.frameLocator>,
  ];
  await trainButton(one).click();
  await expect.poll(() => stepOf(one), { timeout: 60_000 }).toBeGreaterThan(0);
  await trainButton(two).click();
  await expect(trainButton(one)).toBeVisible();
  await expect(one.getByText(/^Paused/)).toBeVisible();
  await expect.poll(() => stepOf(two), { timeout: 60_000 }).toBeGreaterThan(0);
  await trainButton(three).click();
  await expect.poll(() => stepOf(three), { timeout: 60_000 }).toBeGreaterThan(0);
  await expect(pauseButton(two)).toBeVisible();
  await trainButton(one).click();
  await expect(pauseButton(one)).toBeVisible();
  await expect(trainButton(two)).toBeVisible();
  await expect(pauseButton(three)).toBeVisible();
});

test('the whole page trains in a frame of an article, even where it is sandboxed and has no storage', async ({
  page,
  baseURL,
}) => {
  await openHost(page, {
    origin: new URL(baseURL ?? '').origin,
    body: `<iframe title="Depth" sandbox="allow-scripts" src="./#v=1&a=f7-4&steps=3&train=200&test=100" width="1200" height="800"></iframe>`,
  });
  const depth = page.frameLocator('iframe');
  await depth.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(depth.getByRole('status').filter({ hasText: 'Finished' })).toBeAttached({ timeout: 90_000 });
  await depth.getByRole('radiogroup', { name: 'View' }).getByText('Sweep', { exact: true }).click();
  await expect(depth.getByText('This browser does not let the page store anything').first()).toBeVisible();
});
