import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { saysThatItDraws } from './pageWork.ts';

interface Readable<S> {
  getState(): S;
  subscribe(listener: () => void): () => void;
}

/** Callbacks for the next animation frame. One frame calls them all, so that React draws once. */
const waiting = new Set<() => void>();
let isAsked = false;

function tellAll(): void {
  saysThatItDraws();
  isAsked = false;
  const told = [...waiting];
  waiting.clear();
  for (const tell of told) tell();
}

/**
 * A part of a store's state, read at most once per animation frame: records may arrive many
 * times a frame, and only the last can be seen. The component is drawn again when its part has changed.
 *
 * @param select must return the same object while nothing it reads has changed
 */
export function useStorePerFrame<S, T>(store: Readable<S>, select: (state: S) => T): T {
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

/** False at the first drawing, true from the next frame on: splits a long task in two. */
export function useNextFrame(): boolean {
  const [isNext, setNext] = useState(false);
  useEffect(() => {
    const frame = requestAnimationFrame(() => setNext(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return isNext;
}
