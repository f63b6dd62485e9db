import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { faults } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('the gradient falls over the layers as theory says, at the step that the slider shows', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open(
    '#v=1&a=f7-12&b=t7-residual-8&a.act=sigmoid&a.init=xavier&a.norm=none&b.norm=batch&steps=3&train=200&test=100',
  );
  await lab.view('Instruments');
  // Untrained networks are measured, too.
  await expect(page.getByRole('slider', { name: /^Gradient against layer/ })).toBeVisible();
  await lab.train();
  const figure = page.getByRole('figure').filter({ hasText: 'Gradient against layer' });
  // Theory speaks of initial weights: after some updates there is no line.
  await expect(figure.getByText(/×0\.\d+ per layer/).first()).toBeVisible();
  await expect(figure.getByText(/theory/)).toHaveCount(0);
  await page.getByRole('slider', { name: 'Step shown' }).fill('1');
  // The measured factor of this set-up is 0.22 (docs/science.md).
  await expect(figure.getByText(/×0\.2[12]\d* per layer \(theory ×0\.2[12]\d*\)/).first()).toBeVisible();
  const chart = page.getByRole('slider', { name: /^Gradient against layer/ });
  await chart.focus();
  await chart.press('End');
  await expect(chart).toHaveAttribute(
    'aria-valuetext',
    /weight layer 12\. Sigmoid, Xavier \(Flat plain, 12 layers\), classifier: 0\.\d/,
  );
  await chart.press('Home');
  await expect(chart).toHaveAttribute(
    'aria-valuetext',
    /weight layer 1\. Sigmoid, Xavier \(Flat plain, 12 layers\), conv 1: .*10⁻⁹/,
  );

  // A pinned step stays beside the one on view.
  const pins = page.getByRole('group', { name: 'Pinned steps' });
  await pins.getByRole('button', { name: 'Pin step 1' }).click();
  await page.getByRole('slider', { name: 'Step shown' }).fill('3');
  await chart.focus();
  await chart.press('Home');
  await expect(chart).toHaveAttribute(
    'aria-valuetext',
    /; Sigmoid, Xavier \(Flat plain, 12 layers\) at step 1, conv 1: .*10⁻⁹; Residual, 8 layers at step 1/,
  );
  await expect(figure.locator('[data-kind=pin-1]')).not.toHaveCount(0);
  // So does the theory of step 1, once: of the plain network.
  await expect(figure.locator('.chart-legend-pin').getByText(/\(theory ×/)).toHaveCount(1);
  await expect(figure.locator('.chart-legend-items').getByText(/theory/)).toHaveCount(0);
  expect(await faults(page)).toEqual([]);
});

test('instruments come one after the other, so that the page answers between them; the shortcut lab is one', async ({
  page,
}) => {
  await page.addInitScript(() => localStorage.setItem('depthscope.instruments', 'gradients responses history slice'));
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&steps=1&train=200&test=100');
  const panels = page.locator('.instrument:not(:has(.view-loading))');
  await lab.view('Instruments');
  await expect(panels).toHaveCount(4);
  // Now that they have been downloaded, nothing but the page itself keeps them apart.
  await lab.view('Lab');
  const counts = await page.evaluateHandle(() => {
    const seen: number[] = [];
    // What one task adds is told together. The view itself may be there before the first of them.
    new MutationObserver(() => {
      const { length } = document.querySelectorAll('.instrument:not(:has(.view-loading))');
      if (length > 0) seen.push(length);
    }).observe(document, { subtree: true, childList: true });
    return seen;
  });
  await lab.view('Instruments');
  await expect(panels).toHaveCount(4);
  expect([...new Set(await counts.jsonValue())]).toEqual([1, 2, 3, 4]);

  // The shortcut lab puts variants beside the original, and says what it has no run of.
  await page.getByRole('button', { name: 'Shortcut lab' }).click();
  const panel = page.getByRole('region', { name: 'Shortcut lab', exact: true });
  const put = panel.getByRole('button', { name: /^Put/ });
  await expect(put).toBeDisabled();
  await panel.getByRole('button', { name: /Our depth/ }).click();
  await page.getByRole('option', { name: /^20 layers/ }).click();
  await panel.getByRole('checkbox', { name: /1×1 conv shortcut/ }).check();
  await panel.getByRole('checkbox', { name: /Shortcut-only gating, bias −6/ }).check();
  const projected = panel.getByRole('row', { name: /1×1 conv shortcut/ });
  await expect(projected).toContainText('12.22%');
  await expect(projected).toContainText('no finished run');
  expect(await faults(page)).toEqual([]);
  await put.click();
  await expect(panel.getByRole('row', { name: /Shortcut-only gating, bias −6/ })).toContainText('b in the lab');
  await lab.view('Lab');
  await expect(lab.network('c').getByRole('heading')).toHaveAccessibleName('1×1 (Residual, 20 layers)');
  await expect(lab.network('b').getByRole('heading')).toHaveAccessibleName('Gate −6 (Residual, 20 layers)');
});

/** What a chart saves, as text. */
async function saved(page: Page, figure: Locator, action: 'Save as SVG' | 'Save as CSV'): Promise<string> {
  await figure.getByRole('button', { name: /data and pictures$/ }).click();
  const file = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: action }).click();
  return readFile(await (await file).path(), 'utf8');
}

test('a cell of the history is marked in the other charts, and what blocks add is computed and saved', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=dense-16*2&b=t7-residual-8&steps=3&seed=7&train=200&test=100');
  await lab.view('Instruments');
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await lab.train();

  const history = page.getByRole('slider', { name: /^Gradient history/ });
  await history.focus();
  await history.press('Home');
  await history.press('ArrowDown');
  await expect(history).toHaveAttribute('aria-valuetext', /^Step 1, layer 2, dense 2: [\d.]+/i);
  // A network without conv layers has its marks, too, and there the same layer is marked.
  const gradients = page.getByRole('figure').filter({ hasText: 'Gradient against layer' });
  await expect(gradients.locator('.chart-cursor')).toHaveCount(1);
  await expect(gradients.getByText('weight layer 2', { exact: true })).toBeVisible();
  await expect(gradients.getByText(/^[\d.]+ · ×[\d.]+ per layer$/)).not.toHaveCount(0);
  await history.press('Escape');
  await expect(gradients.locator('.chart-cursor')).toHaveCount(0);

  const responses = page.getByRole('region', { name: 'Responses', exact: true });
  await responses.getByRole('button', { name: /Order/ }).click();
  await page.getByRole('option', { name: 'Blocks' }).click();
  await responses.getByRole('button', { name: 'Compute' }).click();
  const blocks = responses.getByRole('slider', { name: /^Responses/ });
  await expect(responses.getByText('Computed at step 3.')).toBeVisible();
  await blocks.focus();
  await blocks.press('End');
  await expect(blocks).toHaveAttribute('aria-valuetext', /^residual block 3\. Residual, 8 layers, block 3: [\d.]+$/);

  const svg = await saved(page, responses, 'Save as SVG');
  const csv = await saved(page, responses, 'Save as CSV');
  for (const file of [svg, csv]) {
    for (const part of [
      'Responses',
      'what a block adds, F',
      'Residual, 8 layers',
      'Seed: 7',
      'Computed by: Fused WebAssembly',
    ]) {
      expect(file).toContain(part);
    }
    expect(file).toMatch(/Made with Depthscope on \d{4}-\d\d-\d\d/);
  }
  expect(csv).toMatch(/^"Residual, 8 layers",3,3,block 3,[\d.]+,\r$/m);

  // Below the Depth chart stands what is in it: of these two, the first alone is comparable with itself.
  await lab.view('Lab');
  await page.getByRole('button', { name: 'Error by depth' }).click();
  const depth = await saved(page, page.getByRole('figure').filter({ hasText: 'final training error' }), 'Save as CSV');
  expect(depth).toContain('# Networks: Custom, 3 layers\r\n# Seed: 7\r\n');
});
