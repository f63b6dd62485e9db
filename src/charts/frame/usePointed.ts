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
  const [isPointing, network, layer, step] = [place !== null, place?.network, place?.layer, place?.step];
  useEffect(() => {
    if (store === nobody || !isPointing) return;
    pointAt(store, chart, { network: network ?? null, layer: layer ?? null, step: step ?? null });
    return () => pointAt(store, chart, null);
  }, [store, chart, isPointing, network, layer, step]);
}

/** Part of what is pointed at. A component is drawn again only when its part has changed, and once a frame at most. */
export function usePointed<T extends number | null>(select: (all: readonly Pointed[]) => T): T {
  return useFrames(useContext(PointedContext), select);
}
