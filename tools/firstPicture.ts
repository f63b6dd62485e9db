/** What a visitor downloads before the page draws its first picture. */
import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

/** The most bytes that they may be, compressed. */
export const FIRST_PICTURE_BYTES = 200_000;

/** Opens an address with an empty cache. @returns the bytes of all files that arrived before the first picture, compressed with gzip */
export async function openFirstPicture(page: Page, url: string): Promise<number> {
  const responses: Response[] = [];
  page.on('response', (response) => responses.push(response));
  await page.goto(url);
  const before = await page.evaluate(
    () =>
      new Promise<string[]>((done) => {
        new PerformanceObserver((list, observer) => {
          const [paint] = list.getEntriesByName('first-contentful-paint');
          if (!paint) return;
          observer.disconnect();
          const files = performance.getEntriesByType('resource').filter((file) => file.startTime < paint.startTime);
          done([location.href.split('#')[0] ?? '', ...files.map(({ name }) => name)]);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
  const bodies = responses.filter((response) => before.includes(response.url())).map((response) => response.body());
  return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0);
}
