// Servers of files that know nothing of ours.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/**
 * A static host, which sends no headers of ours, under a path of its own. What it lacks can be chosen.
 * @param read gives a file by its path, or null
 */
export async function staticHost(read: (path: string) => Uint8Array | null) {
  const host = { lacks: (_: string): boolean => false, url: '', stop: async () => {} };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://host').pathname
      .replace(/^\/pages\//, '')
      .replace(/(^|\/)$/, '$1index.html');
    const file = host.lacks(path) ? null : read(path);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pages/`;
  host.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return host;
}
