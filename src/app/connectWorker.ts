import { readEngineRequest } from '../engine/choose.ts';
import { pageDataUrl, WorkerClient } from '../session/worker/client.ts';
import type { Connection } from '../session/worker/protocol.ts';
import { sharedPageWork } from '../ui/pageWork.ts';
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
 * Starts a worker from a script of ours. In a frame that is sandboxed without `allow-same-origin` every file is another origin's, and no
 * worker may be started from it; but a worker may be started from a script written on the spot, and import it. (That script stands in a `data:`
 * URL, as Chromium starts no module worker from a `blob:` URL there; what is posted waits until a module and its imports have run.)
 */
export function startWorker(script: string, name: string): Worker {
  const url = new URL(script, import.meta.url).href;
  const importing = `data:text/javascript,${encodeURIComponent(`import ${JSON.stringify(url)};`)}`;
  const address = self.origin === 'null' ? importing : url;
  return new Worker(trusted(address), { type: 'module', name });
}

const openWorker = () => startWorker(workerUrl, 'training');

/** A worker that was started before the application had arrived, until somebody takes it. */
let ahead: Worker | null = null;

/**
 * Starts the training worker while the application is still on its way. At the bare address it begins with the default experiment, so that
 * the page has something to show of it as soon as it is drawn.
 * @param dataUrl of the folder of the embedded images, where that is not the page's
 */
export function startAhead({ hash, search }: Pick<Location, 'hash' | 'search'>, dataUrl = pageDataUrl()): void {
  try {
    const worker = openWorker();
    // Where it fails before anybody has taken it, another one fails for whoever listens, or does not.
    worker.addEventListener('error', () => {
      if (ahead === worker) ahead = null;
    });
    const connection: Connection = {
      type: 'connect',
      dataUrl,
      pageWork: sharedPageWork(),
      ...(hash === '' && { ahead: readEngineRequest(search).request }),
    };
    worker.postMessage(connection);
    ahead = worker;
  } catch {
    // Whoever needs a worker tries again, and says why there is none.
  }
}

function takeWorker(): Worker {
  const taken = ahead;
  ahead = null;
  return taken ?? openWorker();
}

/**
 * A client with a worker of its own, which starts with the first experiment, or has started already.
 * @param dataUrl of the folder of the embedded images, where that is not the page's
 */
export function connectWorker(dataUrl?: string): WorkerClient {
  return new WorkerClient(takeWorker, dataUrl);
}
