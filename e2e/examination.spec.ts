import { expect } from '@playwright/test';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('an examination is stopped by itself, and says how far each network came', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-56&b=t7-residual-8&steps=10');
  await lab.view('Instruments');
  for (const name of ['Lesions', 'Loss slice']) await page.getByRole('button', { name, exact: true }).click();
  const lesions = page.getByRole('region', { name: 'Lesions' });
  const slice = page.getByRole('region', { name: 'Loss slice' });
  const compute = { name: 'Compute', exact: true };
  await lesions.getByRole('button', compute).click();
  await slice.getByRole('button', compute).click();
  const progress = lesions.getByText(/^Plain, 56 layers: \d+ of 29$/);
  await expect(progress).toBeVisible({ timeout: 30_000 });
  await expect(slice.getByText('Plain, 56 layers: waiting for its turn')).toBeVisible();

  // What waits is not stopped by what is under way, nor the other way round.
  await slice.getByRole('button', { name: 'Stop' }).click();
  await expect(slice.getByRole('button', compute)).toBeVisible({ timeout: 30_000 });
  await expect(progress).toBeVisible();

  await lesions.getByRole('button', { name: 'Stop' }).click();
  const status = lesions.getByRole('status');
  await expect(status).toContainText(/Computed at step 0\. Plain, 56 layers is incomplete: stopped at \d+ of 29\./, {
    timeout: 30_000,
  });
  await expect(status).not.toContainText('Residual, 8 layers');
  await expect(lesions.getByRole('button', { name: 'Compute again' })).toBeVisible();
});
