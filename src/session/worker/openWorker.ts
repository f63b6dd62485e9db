import workerUrl from './worker.ts?worker&url';

/**
 * Starts the training worker. In a frame that is sandboxed without `allow-same-origin` every file is another origin's, and no
 * worker may be started from it; but a worker may be started from a script written on the spot, and import it. (That script stands in a `data:`
 * URL, as Chromium starts no module worker from a `blob:` URL there; what is posted waits until a module and its imports have run.)
 */
export function openWorker(): Worker {
  const url = new URL(workerUrl, import.meta.url).href;
  const importing = `data:text/javascript,${encodeURIComponent(`import ${JSON.stringify(url)};`)}`;
  return new Worker(self.origin === 'null' ? importing : url, { type: 'module', name: 'training' });
}
