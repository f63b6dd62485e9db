import { useCallback, useSyncExternalStore } from 'react';

interface Readable<S> {
  getState(): S;
  subscribe(listener: () => void): () => void;
}

/**
 * Part of a store's state, looked at no more than once per animation frame: records may arrive many
 * times a frame, and only the last can be seen. A component is drawn again when its part has changed.
 *
 * @param select must return the same object while nothing it reads has changed
 */
export function useFrames<S, T>(store: Readable<S>, select: (state: S) => T): T {
  const subscribe = useCallback(
    (notify: () => void) => {
      let frame = 0;
      const unsubscribe = store.subscribe(() => {
        frame ||= requestAnimationFrame(() => {
          frame = 0;
          notify();
        });
      });
      return () => {
        unsubscribe();
        cancelAnimationFrame(frame);
      };
    },
    [store],
  );
  const read = () => select(store.getState());
  return useSyncExternalStore(subscribe, read, read);
}
