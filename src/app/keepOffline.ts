/** Keeps the page for visits without a network, while nothing else is to do. */
import { canBeKept, keepPage, sayOpen, startServiceWorker } from '../offline/keeping.ts';
import type { Lab } from '../session/store/lab.ts';
import { when } from '../session/when.ts';

/** Resolves when no run is under way and the browser has nothing better to do. */
async function whenIdle(lab: Lab): Promise<void> {
  await when(lab, ({ status }) => status.kind === 'ready' || status.kind === 'finished');
  await new Promise((resolve) =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(resolve) : setTimeout(resolve),
  );
}

const savesData = () => 'connection' in navigator && Boolean((navigator.connection as { saveData?: boolean }).saveData);

/** @throws whatever keeps the browser from keeping anything; then the page needs its network, as ever */
export async function keepOffline(lab: Lab): Promise<void> {
  if (!canBeKept()) return;
  sayOpen();
  await whenIdle(lab);
  await startServiceWorker();
  if (!savesData()) await keepPage('needed', { wait: () => whenIdle(lab) });
}
