import { expect } from '@playwright/test';
import { answerChanged } from './answer.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('a corrupted chunk is named, and a retry gets a good one', async ({ page }) => {
  const stop = await answerChanged(page, '*/data/train-0.*.bin', ({ body, ...rest }) => {
    const middle = body.length >> 1;
    body.writeUInt8(body.readUInt8(middle) ^ 1, middle);
    return { ...rest, body };
  });
  await page.goto('./#v=1&a=t7-plain-8&steps=2&train=200&test=100');
  const alert = page.getByRole('alert').filter({ hasText: /train-0\..*\.bin arrived damaged/ });
  await expect(alert).toBeVisible({ timeout: 60_000 });
  const lab = new LabPage(page);
  await expect(lab.play).toBeDisabled();

  await stop();
  await alert.getByRole('button', { name: 'Try again' }).click();
  await expect(lab.play).toBeEnabled({ timeout: 60_000 });
  await expect(alert).toHaveCount(0);
  await lab.train();
});
