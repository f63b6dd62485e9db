import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { everything, faults } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

const address = '#v=1&a=conv-4/2,plain-4&train=200&test=100&batch=16&steps=10';

async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly path: string }> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).press('Enter');
  const file = await download;
  return { name: file.suggestedFilename(), path: await file.path() };
}

test('a finished run is saved as a program that holds its figures, and its weights come back from a file', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open(address);
  await lab.train();
  await page.getByRole('button', { name: 'Code', exact: true }).press('Enter');
  await expect(page.getByRole('textbox', { name: / in PyTorch$/ })).toHaveValue(/from torch import nn/);
  // By keyboard: the choice is a radio group.
  await page.getByRole('radio', { name: 'The network' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/It holds what was measured in 10 steps here/)).toBeVisible();
  const program = await saved(page, 'Save reproduce.py');
  const text = readFileSync(program.path, 'utf8');
  expect(text).toContain('{"kind": "plain", "width": 4, "stride": 1, "count": 1}');
  expect(text.match(/^\{"type":"step","network":"a","step":\d+,"loss":[\d.]+/gm)).toHaveLength(10);
  expect(await faults(page, everything)).toEqual([]);

  await page.getByRole('radio', { name: 'Reproduce this run' }).focus();
  await page.keyboard.press('ArrowLeft');
  const weights = await saved(page, 'Save weights');
  expect(weights.name).toMatch(/\.safetensors$/);
  await page.locator('input[type=file]').setInputFiles({
    name: 'broken.safetensors',
    mimeType: 'application/octet-stream',
    buffer: readFileSync(weights.path).subarray(0, 100),
  });
  await expect(page.getByText(/^This is no file of safetensors/)).toBeVisible();
  await page.locator('input[type=file]').setInputFiles(weights.path);
  await expect(page.getByText(/starts from the weights in .*\. A reset goes back there\.$/)).toBeVisible();
  // The network has what it had learned, and has not been trained since.
  const again = await saved(page, 'Save weights');
  expect(readFileSync(again.path).equals(readFileSync(weights.path))).toBe(true);
  await page.keyboard.press('Escape');
  await expect(lab.play).toBeEnabled();
  await expect.poll(() => lab.step()).toBe(0);
});
