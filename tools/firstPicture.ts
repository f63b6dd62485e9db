/** What a visitor downloads before the page draws its first picture, and before somebody runs an embed. */
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

/** The most bytes that they may be, compressed. */
export const FIRST_PICTURE_BYTES = 200_000;

/**
 * Opens an address with an empty cache.
 * @returns the bytes of all files that the page asked for until it drew itself, compressed with gzip; not those of the training worker,
 *   which come beside them, and for which nothing on it waits
 */
export async function openFirstPicture(page: Page, url: string): Promise<number> {
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.route(/\/assets\/worker-[^/]*\.js$/, () => undefined);
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('h1')) return;
      performance.mark('drawn');
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const names = await page.evaluate(() => {
    const drawn = performance.getEntriesByName('drawn')[0]?.startTime ?? 0;
    const files = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < drawn);
    return [location.href.split('#')[0], ...files.map(({ name }) => name)];
  });
  const bodies = responses.filter((response) => names.includes(response.url())).map((response) => response.body());
  return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
}

/** Frames that authors use. */
export const embedSizes = [
  { width: 700, height: 500 },
  { width: 560, height: 420 },
  { width: 480, height: 300 },
  { width: 360, height: 640 },
] as const;

/** The most that an embed may download before it is run, compressed. */
export const EMBED_BYTES = 60_000;

/** Opens the address of an embed with an empty cache. @returns what it downloads until somebody runs it, in bytes compressed with gzip, by the address of the file */
export async function openEmbed(page: Page, url: string): Promise<ReadonlyMap<string, number>> {
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(url);
  await page.locator('.embed-run').waitFor();
  await page.waitForLoadState('networkidle');
  const sizes = responses.map(async (each) => [each.url(), gzipSync(await each.body()).length] as const);
  return new Map(await Promise.all(sizes));
}
