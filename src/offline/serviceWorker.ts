/**
 * Between the page and the network: files whose name tells their content come from the cache where they are kept; pages and whatever else
 * keeps its name come from the network as long as it answers. It fetches nothing by itself, and never reloads a page.
 *
 * Where a host sends no headers for isolation, it adds them, so that WebAssembly has threads from the second visit on. In frames it does
 * nothing of that: there the host decides.
 */
import { pageCache } from './pageCache.ts';

declare const self: ServiceWorkerGlobalScope;

/** Milliseconds that a network may take to answer when there is a kept copy. */
const PATIENCE_MS = 5000;

const isNamedByContent = ({ pathname }: URL) => /\/assets\/[^/]+-[\w-]{8}\.\w+$/.test(pathname);
const isOfImages = ({ pathname }: URL) => /\/data\/[^/]+\.bin$/.test(pathname);

/** What a page and its workers are answered with, so that the browser gives them shared memory. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
};

function isolated(response: Response): Response {
  if (response.headers.has('Cross-Origin-Embedder-Policy')) return response;
  const headers = new Headers([...response.headers, ...Object.entries(isolation)]);
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}

/** Without what says which experiment is meant: it is one page for all, by either of its names. */
function keyOf(request: Request): string {
  const url = new URL(request.url);
  url.pathname = url.pathname.replace(/\/index\.html$/, '/');
  url.search = '';
  url.hash = '';
  return url.href;
}

async function fromNetwork(request: Request): Promise<Response> {
  const response = await fetch(request);
  if (response.ok && response.type === 'basic') {
    const copy = response.clone();
    const cache = await caches.open(pageCache);
    // A full disk is no reason not to answer.
    await cache.put(keyOf(request), copy).catch(() => undefined);
  }
  return response;
}

async function keptFirst(request: Request): Promise<Response> {
  return (await caches.match(keyOf(request), { cacheName: pageCache })) ?? fromNetwork(request);
}

async function newestFirst(request: Request): Promise<Response> {
  const kept = await caches.match(keyOf(request), { cacheName: pageCache });
  const newest = fromNetwork(request);
  if (!kept) return newest;
  const late = new Promise<Response>((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([newest, late]).catch(() => kept);
}

async function answer(request: Request, url: URL): Promise<Response> {
  const response = await (isNamedByContent(url) ? keptFirst(request) : newestFirst(request));
  return ['document', 'worker'].includes(request.destination) ? isolated(response) : response;
}

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = request.method === 'GET' && url.href.startsWith(self.registration.scope);
  if (!isOurs || isOfImages(url) || ['iframe', 'frame'].includes(request.destination)) return;
  event.respondWith(answer(request, url));
});
