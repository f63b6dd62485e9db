import { expect } from '@playwright/test';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('a network that overflows names the step and the layer, and the other one trains on', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=f7-plain-12&b=f7-plain-4&a.gain=100&steps=6&train=200&test=100');
  await lab.train();
  await expect(lab.network('a').getByText(/overflow at step [1-3], (loss|conv \d+|classifier)/)).toBeVisible();
  await expect(lab.network('b').getByText(/overflow/)).toHaveCount(0);
  await expect.poll(() => lab.step()).toBe(6);
  expect((await lab.errorsAt('End'))['Flat plain, 4 layers']).toBeLessThan(100);
});
