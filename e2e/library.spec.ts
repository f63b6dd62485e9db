import { expect } from '@playwright/test';
import { faults } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('runs that finish in the lab are kept, named, compared, opened again and deleted', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&b=t7-residual-8&steps=3&train=200&test=100');
  await lab.train();
  await lab.view('Library');
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3);
  await page.reload();
  await lab.view('Library');
  await expect(rows).toHaveCount(3);

  await page.getByRole('button', { name: 'Rename Plain, 8 layers, 7×7 maps, seed 1' }).click();
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('Without shortcuts');
  await name.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Rename Without shortcuts' })).toBeVisible();

  await page.getByRole('checkbox', { name: 'Compare Without shortcuts' }).check();
  await page.getByRole('checkbox', { name: 'Compare Residual, 8 layers, 7×7 maps, seed 1' }).check();
  await expect(page.getByRole('slider', { name: /^Comparison/ })).toHaveAttribute('aria-valuetext', /A: .*%; B: .*%/);
  await expect(
    page.getByRole('row', { name: 'Network Plain, 8 layers, 7×7 maps Residual, 8 layers, 7×7 maps' }),
  ).toBeVisible();
  expect(await faults(page)).toEqual([]);
  // On a phone, too, all that can be done to a run is in sight.
  await page.setViewportSize({ width: 390, height: 844 });
  const runs = page.getByRole('region', { name: 'Finished runs' });
  await expect(runs.getByRole('columnheader')).toHaveCount(0);
  expect(await runs.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  expect(await faults(page)).toEqual([]);
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.getByRole('button', { name: 'Delete Without shortcuts' }).click();
  await expect(page.getByText('Deleted Without shortcuts.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Rename Without shortcuts' })).toBeVisible();
  await page.getByRole('button', { name: 'Delete Residual, 8 layers, 7×7 maps, seed 1' }).click();
  await expect(page.getByRole('button', { name: 'Rename Residual, 8 layers, 7×7 maps, seed 1' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Open Without shortcuts in the lab' }).click();
  await expect(lab.network('a').getByRole('heading', { name: 'Plain, 8 layers' })).toBeVisible();
  await expect(lab.network('b')).toHaveCount(0);
});
