import { expect, test } from '@playwright/test';
import { findBrowser } from '../scripts/browser.ts';
import { LabPage } from './labPage.ts';

test.use({
  launchOptions: { executablePath: findBrowser(), args: ['--no-sandbox', '--disable-blink-features=WebGPU'] },
});

test('without any WebGPU the lab trains on WebAssembly, and says so', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&steps=3');
  expect(await page.evaluate(() => 'gpu' in navigator)).toBe(false);
  await lab.train();
  await page.getByRole('button', { name: /TensorFlow\.js · wasm/ }).click();
  await expect(page.getByRole('dialog', { name: 'What computes here' }).getByText('wasm', { exact: true })).toBeVisible();
});
