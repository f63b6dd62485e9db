import type { StoreApi } from 'zustand/vanilla';

/** Whatever has a state that it tells of. */
interface Watched<S> {
  readonly store: Pick<StoreApi<S>, 'getState' | 'subscribe'>;
}

/** The first state, from now on, that satisfies a condition. */
export function when<S>({ store }: Watched<S>, isSo: (state: S) => boolean): Promise<S> {
  return new Promise((resolve) => {
    const look = (state: S) => {
      if (!isSo(state)) return;
      stop();
      resolve(state);
    };
    const stop = store.subscribe(look);
    look(store.getState());
  });
}
