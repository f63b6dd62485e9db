import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { fetchDataName } from './dataName.ts';

const manifest = readFileSync('public/data/manifest.json', 'utf8');

function fetching(text: string): typeof globalThis.fetch {
  return async () => new Response(text);
}

it('a data set is named after its files, so that other images have another name', async () => {
  const name = await fetchDataName('https://example.org/data/', fetching(manifest));
  // README's table of files: the first and the last checksum.
  expect(name).toMatch(/^Fashion-MNIST 0155.*c33b$/);
  const changed = manifest.replace(/"sha256": ?"0155f5af/, (found) => found.replace('0155', '9999'));
  expect(changed).not.toBe(manifest);
  expect(await fetchDataName('https://example.org/data/', fetching(changed))).not.toBe(name);
});

it('a table of contents that cannot be loaded is a problem of its own', async () => {
  const missing: typeof globalThis.fetch = async () => new Response('', { status: 404 });
  await expect(fetchDataName('https://example.org/data/', missing)).rejects.toMatchObject({
    problem: { code: 'data.http' },
  });
});
