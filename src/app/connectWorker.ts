import { WorkerClient } from '../session/worker/client.ts';
import workerUrl from './worker.ts?worker&url';

interface ScriptPolicy {
  createScriptURL(url: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy;
}

let policy: ScriptPolicy | undefined;

/** The address of a script of ours in the form that `require-trusted-types-for 'script'` asks for, where the browser knows that. */
function trusted(address: string): string {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
  try {
    policy ??= trustedTypes?.createPolicy('depthscope', { createScriptURL: (url) => url });
  } catch {
    // A page that may make no such policy may still take plain addresses.
  }
  return policy?.createScriptURL(address) ?? address;
}

/**
 * Starts the training worker. In a frame that is sandboxed without `allow-same-origin` every file is another origin's, and no
 * worker may be started from it; but a worker may be started from a script written on the spot, and import it. (That script stands in a `data:`
 * URL, as Chromium starts no module worker from a `blob:` URL there; what is posted waits until a module and its imports have run.)
 */
function openWorker(): Worker {
  const url = new URL(workerUrl, import.meta.url).href;
  const importing = `data:text/javascript,${encodeURIComponent(`import ${JSON.stringify(url)};`)}`;
  const address = self.origin === 'null' ? importing : url;
  return new Worker(trusted(address), { type: 'module', name: 'training' });
}

/**
 * A client with a worker of its own, which starts with the first experiment.
 * @param dataUrl of the folder of the embedded images, where that is not the page's
 */
export function connectWorker(dataUrl?: string): WorkerClient {
  return new WorkerClient(openWorker, dataUrl);
}
