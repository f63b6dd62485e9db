/** A file that has gone from the server since the page was opened: a newer version of the page has taken its place. */
import type { Lab } from '../session/store/lab.ts';

const KEY = 'depthscope.reloadedAt';
/** A page that lacks a file again so soon would lack it for ever. */
const AGAIN_MS = 60_000;

/** Whether the page may be loaded anew: not over and over. Without storage nobody can tell, so it may not. */
function mayReload(): boolean {
  try {
    const before = Number(sessionStorage.getItem(KEY) ?? 0);
    sessionStorage.setItem(KEY, String(Date.now()));
    return Date.now() - before > AGAIN_MS;
  } catch {
    return false;
  }
}

/** Loads the page anew where a part of it is missing, unless a run would be lost: then the part says so where it should stand. */
export function recoverFromStaleFiles({ getState }: Lab['store']): void {
  addEventListener('vite:preloadError', (event) => {
    const { kind } = getState().status;
    const hasRun = kind === 'running' || kind === 'paused' || kind === 'finished';
    if (hasRun || !navigator.onLine || !mayReload()) return;
    event.preventDefault();
    location.reload();
  });
}
