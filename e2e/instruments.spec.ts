import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { LabPage } from './labPage.ts';

test('the gradient falls over the layers as theory says, at the step that the slider shows', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=f7-12&b=t7-residual-8&a.act=sigmoid&a.init=xavier&a.norm=none&b.norm=batch&steps=3');
  await lab.view('Instruments');
  await expect(page.getByText('every layer becomes a mark here').first()).toBeVisible();
  await lab.train();
  await page.getByRole('slider', { name: 'Step shown' }).fill('1');
  const figure = page.getByRole('figure').filter({ hasText: 'Gradient against layer' });
  // SCIENCE's measured factor of this set-up is 0.22.
  await expect(figure.getByText(/×0\.2[12]\d* per layer \(theory ×0\.2[12]\d*\)/).first()).toBeVisible();
  const chart = page.getByRole('slider', { name: /^Gradient against layer/ });
  await chart.focus();
  await chart.press('End');
  await expect(chart).toHaveAttribute('aria-valuetext', /conv layer 11\. F7 plain 12, conv 11: 0\.\d/);
  await chart.press('Home');
  await expect(chart).toHaveAttribute('aria-valuetext', /conv layer 1\. F7 plain 12, conv 1: .*10⁻⁹/);
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(found.violations).toEqual([]);
});
