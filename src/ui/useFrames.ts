import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';

interface Readable<S> {
  getState(): S;
  subscribe(listener: () => void): () => void;
}

/** Who waits for the next animation frame. All are told at once, so that React draws once for them. */
const waiting = new Set<() => void>();
let isAsked = false;

function tellAll(): void {
  isAsked = false;
  const told = [...waiting];
  waiting.clear();
  for (const tell of told) tell();
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
      const unsubscribe = store.subscribe(() => {
        waiting.add(notify);
        if (!isAsked) requestAnimationFrame(tellAll);
        isAsked = true;
      });
      return () => {
        unsubscribe();
        waiting.delete(notify);
      };
    },
    [store],
  );
  const read = () => select(store.getState());
  return useSyncExternalStore(subscribe, read, read);
}

/** False where a component is drawn first, true from the next frame on: for what would make one long task together with what stands beside it. */
export function useNextFrame(): boolean {
  const [isNext, setNext] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setNext(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isNext;
}
