import { afterEach, expect, it } from 'vitest';
import { openImages } from './openImages.ts';

const baseUrl = new URL('/data/', location.href).href;

afterEach(async () => {
  await caches.delete('depthscope-data');
});

it('loads the embedded images, and on the next visit the manifest alone', async () => {
  const request = { baseUrl, size: 14, trainCount: 1000, testCount: 1000 } as const;
  const first = openImages(request);
  await first.until(1000, 1000);
  const asked: string[] = [];
  const fetchAndCount: typeof fetch = (input, init) => {
    asked.push(new URL(String(input)).pathname);
    return fetch(input, init);
  };
  const again = openImages({ ...request, fetch: fetchAndCount });
  await again.until(1000, 1000);
  expect(asked).toEqual(['/data/manifest.json']);
  expect(again.images.train.pixels).toEqual(first.images.train.pixels);
  expect(again.images.test.labels).toEqual(first.images.test.labels);
});
