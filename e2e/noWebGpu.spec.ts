import { expect } from '@playwright/test';
import { findBrowser } from '../tools/browser.ts';
import { LabPage, test } from './labPage.ts';

/** An address for documentation (RFC 5737), led to this machine: unlike localhost it is no secure context. */
const INSECURE = '192.0.2.1';

test.use({
  // Without a secure context there is no isolation either.
  expectedError: /(Cross-Origin-Opener|Document-Isolation)-Policy header has been ignored/,
  launchOptions: {
    executablePath: findBrowser(),
    args: ['--no-sandbox', `--host-resolver-rules=MAP ${INSECURE} 127.0.0.1`],
  },
});

test('without any WebGPU, threads or secure context the lab trains on WebAssembly, and says so', async ({
  page,
  baseURL,
}) => {
  const address = new URL('./#v=1&a=t7-plain-8&steps=3&train=200&test=100', baseURL);
  address.hostname = INSECURE;
  await page.goto(address.href);
  expect(await page.evaluate(() => ['gpu' in navigator, crossOriginIsolated])).toEqual([false, false]);
  const lab = new LabPage(page);
  await expect(lab.play).toBeEnabled({ timeout: 60_000 });
  await lab.train();
  await page.getByRole('button', { name: /Your processor/ }).click();
  const details = page.getByRole('dialog', { name: 'What computes here' });
  await expect(details.getByText('Fused WebAssembly', { exact: true })).toBeVisible();
  await expect(details.getByText(/CPU, 1 thread, SIMD/)).toBeVisible();
  await expect(details.getByText(/^This page came over plain http.*WebAssembly runs on one thread/)).toBeVisible();
});
