import { createContext, useContext, useEffect } from 'react';
import { useFrames } from '../../ui/useFrames.ts';
import { createPointed, type Place, type Pointed, type PointedStore, pointAt } from './pointed.ts';

/** What charts that stand alone share with no other. */
const nobody = createPointed();

/** The charts below it mark what is pointed at in one of them. */
export const PointedContext = createContext<PointedStore>(nobody);

/** Tells the other charts where this one is pointed at; null while it is not. */
export function usePointing(chart: string, place: Place | null): void {
  const store = useContext(PointedContext);
  // As text, so that the same place is told once, whoever makes it.
  const told = JSON.stringify(place);
  useEffect(() => {
    const pointed: Place | null = JSON.parse(told);
    if (store === nobody || !pointed) return;
    pointAt(store, chart, pointed);
    return () => pointAt(store, chart, null);
  }, [store, chart, told]);
}

/**
 * Part of what is pointed at. A component is drawn again only when its part has changed, and once a frame at most.
 *
 * @param select must return the same object while nothing has changed
 */
export function usePointed<T>(select: (all: readonly Pointed[]) => T): T {
  return useFrames(useContext(PointedContext), select);
}
