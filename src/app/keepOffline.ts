/** Keeps the page for visits without a network, while nothing else is to do. */
import { canBeKept, keepPage, sayOpen, startServiceWorker } from '../offline/keeping.ts';
import type { Lab } from '../session/store/lab.ts';

/** Resolves when no run is under way and the browser has nothing better to do. */
async function untilIdle(store: Lab['store']): Promise<void> {
  const isBusy = () => store.getState().status.kind !== 'ready' && store.getState().status.kind !== 'finished';
  await new Promise<void>((resolve) => {
    const look = () => {
      if (isBusy()) return;
      stop();
      resolve();
    };
    const stop = store.subscribe(look);
    look();
  });
  await new Promise((resolve) =>
    'requestIdleCallback' in globalThis ? requestIdleCallback(resolve) : setTimeout(resolve),
  );
}

const savesData = () => 'connection' in navigator && Boolean((navigator.connection as { saveData?: boolean }).saveData);

/** @throws whatever keeps the browser from keeping anything; then the page needs its network, as ever */
export async function keepOffline(store: Lab['store']): Promise<void> {
  if (!canBeKept()) return;
  sayOpen();
  await startServiceWorker();
  await untilIdle(store);
  if (!savesData()) await keepPage('needed');
}
