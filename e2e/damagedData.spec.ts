import { expect } from '@playwright/test';
import { LabPage, test } from './labPage.ts';

test('a corrupted chunk is named, and a retry gets a good one', async ({ page, context }) => {
  const chunk = /\/data\/train-0\..*\.bin/;
  await context.route(chunk, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    const middle = body.length >> 1;
    body.writeUInt8(body.readUInt8(middle) ^ 1, middle);
    await route.fulfill({ response, body });
  });
  await page.goto('./#v=1&a=t7-plain-8&steps=2&train=200&test=100');
  const alert = page.getByRole('alert').filter({ hasText: /train-0\..*\.bin arrived damaged/ });
  await expect(alert).toBeVisible({ timeout: 60_000 });
  const lab = new LabPage(page);
  await expect(lab.play).toBeDisabled();

  await context.unroute(chunk);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(lab.play).toBeEnabled({ timeout: 60_000 });
  await expect(alert).toHaveCount(0);
  await lab.train();
});
