import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Frame, type Page } from '@playwright/test';
import { openHost } from './embedPage.ts';
import { test } from './labPage.ts';
import { staticHost } from './staticHost.ts';

function inDist(path: string): Uint8Array | null {
  const file = join('dist', path);
  return existsSync(file) ? readFileSync(file) : null;
}

interface WebManifest {
  readonly name: string;
  readonly short_name: string;
  readonly start_url: string;
  readonly scope: string;
  readonly display: string;
  readonly icons: readonly {
    readonly src: string;
    readonly sizes: string;
    readonly type: string;
    readonly purpose?: string;
  }[];
}

/** What browsers ask of a page before they offer to install it, as far as it can be read, and what Chromium itself says. */
async function expectInstallable(page: Page): Promise<void> {
  const address = await page.locator('link[rel=manifest]').evaluate((link: HTMLLinkElement) => link.href);
  const manifest = (await (await page.request.get(address)).json()) as WebManifest;
  expect(manifest.name.length).toBeGreaterThan(0);
  expect(manifest.short_name.length).toBeLessThanOrEqual(12);
  expect(manifest.display).toBe('standalone');
  const [start, scope] = [new URL(manifest.start_url, address).href, new URL(manifest.scope, address).href];
  expect(start.startsWith(scope)).toBe(true);
  const sizes = [];
  for (const { src, sizes: said, type } of manifest.icons) {
    const icon = await (await page.request.get(new URL(src, address).href)).body();
    if (type !== 'image/png') continue;
    // Width and height stand in the first chunk of a PNG.
    expect(`${icon.readUInt32BE(16)}x${icon.readUInt32BE(20)}`, src).toBe(said);
    sizes.push(said);
  }
  expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']));
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  const controlled = await page.evaluate(
    async (url) => (await navigator.serviceWorker.getRegistration(url))?.active?.state,
    start,
  );
  expect(controlled).toBe('activated');
  const browser = await page.context().newCDPSession(page);
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
  // The windows of tests are private ones.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito']);
  expect((await browser.send('Page.getAppManifest')).errors).toEqual([]);
}

async function train(page: Page | Frame): Promise<void> {
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toBeAttached({ timeout: 90_000 });
}

test.use({ serviceWorkers: 'allow', savesData: false });

test('a page that was visited once opens and trains when its host has gone, with threads that the host does not give', async ({
  page,
}) => {
  const host = await staticHost(inDist);
  await page.goto(`${host.url}#v=1&a=t7-plain-8&steps=2&train=200&test=100`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await train(page);
  await page.getByRole('button', { name: 'Help and keyboard shortcuts' }).click();
  const help = page.getByRole('dialog');
  await expect(help.getByText(/What you have opened so far works/)).toBeVisible();
  // Everything that every computer needs; TensorFlow.js is left for the button.
  const missing = () =>
    page.evaluate(async () => {
      const files = (await (await fetch('offline.json')).json()) as { path: string; isOptional: boolean }[];
      const cache = await caches.open('depthscope-page');
      const kept = await Promise.all(files.map(({ path }) => cache.match(path)));
      return files.filter(({ isOptional }, i) => !isOptional && !kept[i]).length;
    });
  await expect.poll(missing, { timeout: 60_000 }).toBe(0);
  // Another page is open, which may be of an earlier version: its files stay.
  const older = 'assets/older-12345678.js';
  await page.evaluate(async (path) => (await caches.open('depthscope-page')).put(path, new Response('')), older);
  const isOlderKept = () => page.evaluate((path) => caches.match(path).then(Boolean), older);
  const other = await page.context().newPage();
  await other.goto(host.url);
  const pagesOpen = async () => (await navigator.locks.query()).held?.filter(({ name }) => name === 'depthscope-open');
  await expect.poll(async () => (await page.evaluate(pagesOpen))?.length, { timeout: 60_000 }).toBe(2);
  await help.getByRole('button', { name: /^Keep for offline \(\d\.\d MB\)$/ }).click();
  await expect(help.getByText(/is kept in this browser/)).toBeVisible({ timeout: 60_000 });
  expect(await isOlderKept()).toBe(true);
  // The button has gone, and with it no focus: the dialog still closes by its key.
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await other.close();
  await expectInstallable(page);
  await host.stop();

  await page.goto('about:blank');
  await page.goto(`${host.url}?utm_source=test#v=1&a=t7-residual-8&steps=2&train=200&test=100`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await train(page);
  // This one alone is open by now.
  await expect.poll(isOlderKept, { timeout: 60_000 }).toBe(false);
  await page.getByRole('radiogroup', { name: 'View' }).getByText('Instruments', { exact: true }).click();
  await expect(page.getByRole('slider', { name: /^Gradient against layer/ })).toBeVisible();
});

test('in a frame nothing is kept, and the host decides on isolation', async ({ page }) => {
  const host = await staticHost(inDist);
  const body = `<iframe src="${host.url}#v=1&a=t7-plain-8&steps=2&train=200&test=100" width="900" height="700"></iframe>`;
  await openHost(page, { origin: 'https://host.example', body });
  const [, frame] = page.frames();
  if (frame) await train(frame);
  const found = await frame?.evaluate(async () => [
    crossOriginIsolated,
    (await navigator.serviceWorker.getRegistrations()).length,
    await caches.has('depthscope-page'),
  ]);
  expect(found).toEqual([false, 0, false]);
  await host.stop();
});

test.describe('after a newer version has taken the place of the page', () => {
  test.use({
    serviceWorkers: 'block',
    expectedError: /404|Unable to preload CSS|Failed to fetch dynamically imported module/,
  });

  test('a part that has gone has the page loaded anew, once', async ({ page }) => {
    const host = await staticHost(inDist);
    await page.goto(host.url);
    await expect(page.getByRole('button', { name: 'Train both' })).toBeEnabled({ timeout: 60_000 });
    host.lacks = (path) => /^assets\/Library/.test(path);
    const again = page.waitForEvent('load', { timeout: 60_000 });
    await page.evaluate(() => Object.assign(globalThis, { isOld: true }));
    await page.getByText('Library', { exact: true }).first().click();
    await again;
    expect(await page.evaluate(() => 'isOld' in globalThis)).toBe(false);
    // It is not loaded anew for ever: what is missing says so.
    await expect(
      page
        .getByRole('alert')
        .or(page.getByText(/could not/))
        .first(),
    ).toBeVisible();
    await host.stop();
  });
});
