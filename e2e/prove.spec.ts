import { expect } from '@playwright/test';
import { faults, ofTheme } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('twenty gradients are compared with finite differences while one looks on', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-residual-8&steps=3&train=200&test=100');
  await lab.train();
  // What a laptop leaves to a page: the table alone is higher than its half.
  await page.setViewportSize({ width: 768, height: 625 });
  await page.getByRole('button', { name: 'Check gradients' }).click();
  const drawer = page.getByRole('dialog', { name: 'Are the gradients right?' });
  await drawer.getByRole('button', { name: 'Residual, 8 layers' }).click();
  const outcome = drawer.getByText(/All compared\. The difference is/);
  await expect(outcome).toBeVisible({ timeout: 60_000 });
  await expect(drawer.locator('tbody tr')).toHaveCount(20);
  await expect(outcome).toBeInViewport({ ratio: 1 });
  const [, digits = '', power = ''] = /is ([\d.]+)(?:·10(\S+))? of/.exec((await outcome.textContent()) ?? '') ?? [];
  const exponent = Number(
    [...power]
      .map((sign) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(sign))
      .map((d) => (d < 0 ? '-' : d))
      .join('') || 0,
  );
  expect(Number(digits) * 10 ** exponent).toBeLessThan(0.01);
});

test('the page for teachers has paths, questions and limits, and no accessibility faults that axe can find', async ({
  page,
}) => {
  await page.goto('./teachers.html');
  await expect(page.getByRole('heading', { name: 'For teachers' })).toBeVisible();
  for (const minutes of [10, 30, 60])
    await expect(page.getByRole('heading', { name: `${minutes} minutes` })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  // It takes the theme that was chosen in the lab.
  await page.evaluate(() => localStorage.setItem('depthscope.theme', 'projector'));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Aims' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector');
  expect(await faults(page, ofTheme), 'on a projector').toEqual([]);
  await page.getByRole('link', { name: 'Lesson 5, part 3' }).click();
  await expect(page.getByRole('heading', { name: 'One difference' })).toBeVisible();
});
