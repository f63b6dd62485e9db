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

test('the shortcut lab puts variants beside the original, and says what it has no run of', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&steps=1');
  await lab.view('Instruments');
  await page.getByRole('button', { name: 'Shortcut lab' }).click();
  const panel = page.getByRole('region', { name: 'Shortcut lab', exact: true });
  const put = panel.getByRole('button', { name: /^Put/ });
  await expect(put).toBeDisabled();
  await panel.getByRole('button', { name: /Our depth/ }).click();
  await page.getByRole('option', { name: /^20 layers/ }).click();
  await panel.getByRole('checkbox', { name: /1×1 conv shortcut/ }).check();
  await panel.getByRole('checkbox', { name: /Shortcut-only gating, bias −6/ }).check();
  const projected = panel.getByRole('row', { name: /1×1 conv shortcut/ });
  await expect(projected).toContainText('12.22 %');
  await expect(projected).toContainText('not run yet');
  const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
  expect(found.violations).toEqual([]);
  await put.click();
  await expect(panel.getByRole('row', { name: /Shortcut-only gating, bias −6/ })).toContainText('b in the lab');
  await lab.view('Lab');
  await expect(lab.network('c').getByRole('heading')).toHaveText('1×1 (T7 residual 20)');
  await expect(lab.network('b')).toContainText('Residual blocks: gated shortcuts, bias −6');
});
