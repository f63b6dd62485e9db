import { expect, type Locator } from '@playwright/test';
import { faults } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

/** Computing takes a second or two, once the machine is free. */
const patient = { timeout: 60_000 };

async function compute(panel: Locator): Promise<void> {
  await panel.getByRole('button', { name: 'Compute', exact: true }).click();
  await expect(panel.getByText('Computed at step 0.')).toBeVisible(patient);
}

test('gradients shatter in a plain network, and layers show what passes them, by keyboard and as a table', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-20&b=t7-residual-20&test=100');
  await lab.view('Instruments');
  for (const name of ['Gradient against layer', 'Responses', 'Distributions', 'Shattering']) {
    await page.getByRole('button', { name, exact: true }).click();
  }

  const shattering = page.locator('[data-instrument=shattering]');
  await compute(shattering);
  const lags = shattering.getByRole('slider', { name: /^Shattering/ });
  await lags.focus();
  await lags.press('Home');
  const words = (await lags.getAttribute('aria-valuetext')) ?? '';
  const [plain = 1, residual = 0] = [...words.matchAll(/ 20 layers: (0\.\d+)/g)].map(([, value]) => Number(value));
  expect(plain, words).toBeLessThan(0.5);
  expect(residual, words).toBeGreaterThan(0.6);
  const pictures = shattering.getByRole('slider', { name: /^Gradients along the line/ });
  await pictures.focus();
  await pictures.press('End');
  await expect(pictures).toHaveAttribute(
    'aria-valuetext',
    /^point 33 of 33, 100\.0% of the way\. Plain, 20 layers: \|∂L\/∂x\|/,
  );
  const second = shattering.getByRole('textbox', { name: 'to test image' });
  await second.fill('101');
  await second.press('Enter');
  await expect(shattering.getByText('Enter the number of a test image, from 1 to 100.')).toBeVisible();
  await second.fill('1');
  await second.press('Enter');
  await expect(shattering.getByText(/Choose two different images/)).toBeVisible();

  const distributions = page.locator('[data-instrument=distributions]');
  await compute(distributions);
  await distributions.getByText('Signal gradients', { exact: true }).click();
  const layers = distributions.getByRole('slider', { name: /^Signal gradients by layer/ });
  await layers.focus();
  await layers.press('ArrowDown');
  await expect(layers).toHaveAttribute(
    'aria-valuetext',
    /^layer 2, conv 2: \d+\.\d%, [\d,]+ values?, from .* dead or saturated$/,
  );
  await distributions.getByRole('button', { name: /data and pictures/ }).click();
  await page.getByRole('menuitem', { name: 'Show as a table' }).click();
  await expect(page.getByRole('dialog').getByRole('cell', { name: 'exactly 0' }).first()).toBeVisible();
  await page.keyboard.press('Escape');

  expect(await faults(page)).toEqual([]);
});
