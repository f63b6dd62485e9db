/**
 * Whether tfjs' threads may start here. It starts them from a blob, in which they import its script, and waits for all of them; where a
 * Content-Security-Policy or Trusted Types forbid that, or the script cannot be had, it waits for ever. So one is tried first.
 */
import script from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?url';
import { answerWithin } from '../../experiment/answerWithin.ts';

/** Milliseconds to wait for a thread. What forbids threads mostly says so at once. */
const PATIENCE_MS = 5000;

/** @throws Error where a thread does not start */
export async function tryThread(): Promise<void> {
  const address = new URL(script, import.meta.url).href;
  const source = `importScripts(${JSON.stringify(address)}); postMessage(null);`;
  const blob = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  let thread: Worker | null = null;
  const started = () =>
    new Promise<void>((resolve, reject) => {
      thread = new Worker(blob);
      thread.addEventListener('message', () => resolve());
      thread.addEventListener('error', (event) => {
        // It is dealt with here; the page need not hear of it.
        event.preventDefault();
        reject(new Error('the page may not start threads'));
      });
    });
  try {
    await answerWithin(PATIENCE_MS, 'A thread', started);
  } finally {
    (thread as Worker | null)?.terminate();
    URL.revokeObjectURL(blob);
  }
}
