import { expect } from '@playwright/test';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('the scrubber rewinds the view, the newest step is followed again, and what is pointed at is marked everywhere', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&steps=6');
  await lab.train();
  const newest = await lab.bars('a');
  const scrubber = page.getByRole('slider', { name: 'Step shown' });
  await scrubber.fill('2');
  await expect.poll(() => lab.step()).toBe(2);
  await expect(scrubber).toHaveAttribute('aria-valuetext', 'step 2 of 6');
  await expect.poll(() => lab.bars('a')).not.toEqual(newest);
  await page.getByRole('button', { name: 'Follow the newest step again' }).click();
  await expect.poll(() => lab.step()).toBe(6);
  await expect.poll(() => lab.bars('a')).toEqual(newest);

  // Running averages of batch norm lag behind in so few steps, so the same network errs more by them.
  const [estimated = 100] = Object.values(await lab.errorsAt('End'));
  await page.getByRole('button', { name: 'Training settings' }).press('Enter');
  await page.getByText('More settings', { exact: true }).press('Enter');
  await page.getByRole('button', { name: /Batch norm’s statistics in tests/ }).press('Enter');
  await page.getByRole('option', { name: 'Running averages' }).press('Enter');
  // The first Escape may still be the list's.
  await expect(page.getByRole('option')).toHaveCount(0);
  const settings = page.getByRole('dialog');
  await settings.press('Escape');
  await expect(settings).toHaveCount(0);
  await expect(page).toHaveURL(/[#&]stats=running(&|$)/);
  await lab.train();
  expect(Object.values(await lab.errorsAt('End'))[0]).toBeGreaterThan(estimated);

  // What is pointed at in one chart is marked in the others.
  await page.getByRole('button', { name: 'Gradient history', exact: true }).click();
  const history = page.getByRole('slider', { name: /^Gradient history/ });
  const marked = {
    row: lab.network('a').locator('.stack-outside'),
    line: page.locator('[data-panel=error] .chart-cursor'),
    // The cell of the history's own cursor, and the row that is pointed at in the stack.
    layer: page.locator('[data-panel=history] rect.chart-outline'),
  };
  await history.focus();
  await history.press('ArrowDown');
  await expect(marked.row).toHaveCount(1);
  await expect(marked.line).toHaveCount(1);
  await expect(marked.layer).toHaveCount(1);
  await lab.network('a').locator('.stack-drawing').hover();
  await expect(marked.layer).toHaveCount(2);
  await page.locator('h1').hover();
  await history.blur();
  for (const mark of Object.values(marked)) await expect(mark).toHaveCount(0);
});

test('keys play, step and reset, unless a field has the focus or they are turned off; the learning rate changes on the way', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&steps=5000&train=200&test=100');
  await page.keyboard.press('ArrowRight');
  await lab.reached(1);
  await expect(lab.play).toBeEnabled();
  await page.keyboard.press('Space');
  await expect(lab.pause).toBeVisible();
  await lab.reached(3);
  await page.keyboard.press('Space');
  await expect(lab.play).toBeVisible();
  await page.keyboard.press('r');
  await expect.poll(() => lab.step()).toBe(0);

  await page.getByRole('button', { name: 'learning rate 0.05' }).click();
  await page.getByRole('textbox', { name: 'Learning rate' }).press('ArrowRight');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Help and keyboard shortcuts' }).click();
  await page.getByRole('switch', { name: 'Use keyboard shortcuts' }).press('Space');
  await page.keyboard.press('Escape');
  await lab.network('a').getByRole('heading').click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(lab.play).toBeEnabled();
  expect(await lab.step()).toBe(0);

  // Without a restart.
  await lab.play.click();
  await lab.reached(3);
  await page.getByRole('button', { name: 'learning rate 0.05' }).click();
  const field = page.getByRole('textbox', { name: 'Learning rate' });
  await field.fill('0.01');
  await field.press('Enter');
  await expect(page).toHaveURL(/lr=0\.01/);
  const then = await lab.step();
  expect(then).toBeGreaterThanOrEqual(3);
  await lab.reached(then + 2);
});

test('at every width nothing scrolls sideways, and the transport is in sight', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&b=t7-residual-8&c=t7-plain-20&d=t7-residual-20&steps=1&train=200&test=100');
  await lab.train();
  for (const [width, height] of [
    [1440, 900],
    [1024, 768],
    [768, 1024],
    [360, 740],
  ] as const) {
    await page.setViewportSize({ width, height });
    const overflow = () =>
      page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth - innerWidth, innerWidth >= 1024 ? scrollHeight - innerHeight : 0];
      });
    await expect.poll(overflow, `${width} × ${height}`).toEqual([0, 0]);
    await expect(lab.play).toBeInViewport();
  }
});
