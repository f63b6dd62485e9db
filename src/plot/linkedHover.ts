/**
 * What is pointed at in charts that show the same networks, by pointer or keyboard, so that each can mark what is
 * pointed at in another: a layer of a network, a step of all of them, or a cell of a history, which is both.
 */

import { createContext, useContext, useEffect } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { NetworkId } from '../experiment/experiment.ts';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';

export interface Hover {
  /** The weight layer of each network that is meant, 0 at the input; empty where it is a step of all networks. */
  readonly layers: Readonly<Partial<Record<NetworkId, number>>>;
  /** 1 for the first update; null where no step is meant. */
  readonly step: number | null;
}

export interface ChartHover extends Hover {
  /** Where somebody points: each chart has a name of its own. */
  readonly chart: string;
}

/** One entry a chart that is pointed at, the newest last: where a finger has left one, another may still be. */
export type HoverStore = StoreApi<readonly ChartHover[]>;

export function createHovers(): HoverStore {
  return createStore<readonly ChartHover[]>(() => []);
}

/** Notes where a chart is pointed at now; null for nowhere. */
export function pointAt(store: HoverStore, chart: string, hover: Hover | null): void {
  const before = store.getState();
  const others = before.filter((pointed) => pointed.chart !== chart);
  if (hover) store.setState([...others, { chart, ...hover }], true);
  else if (others.length < before.length) store.setState(others, true);
}

/** What a chart is to mark: the place that was pointed at last, unless that is in the chart itself. */
export function linkedHover(all: readonly ChartHover[], chart: string): Hover | null {
  const newest = all.at(-1);
  return newest && newest.chart !== chart ? newest : null;
}

/** The layer that a drawing of a network is to mark, or null. */
export function linkedLayer(all: readonly ChartHover[], chart: string, network: NetworkId): number | null {
  return linkedHover(all, chart)?.layers[network] ?? null;
}

/** The step that a drawing is to mark, or null; `network` leaves out what is said of other networks alone. */
export function linkedStep(all: readonly ChartHover[], chart: string, network?: NetworkId): number | null {
  const place = linkedHover(all, chart);
  if (!place) return null;
  const isOfOthers = network !== undefined && Object.keys(place.layers).length > 0 && !(network in place.layers);
  return isOfOthers ? null : place.step;
}

/** What charts that stand alone share with no other. */
const nobody = createHovers();

/** The charts below it mark what is pointed at in one of them. */
export const HoverContext = createContext<HoverStore>(nobody);

/** Tells the other charts where this one is pointed at; null while it is not. */
export function useHover(chart: string, hover: Hover | null): void {
  const store = useContext(HoverContext);
  // As text, so that the same place is told once, whoever makes it.
  const told = JSON.stringify(hover);
  useEffect(() => {
    const pointed: Hover | null = JSON.parse(told);
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
export function useLinkedHover<T>(select: (all: readonly ChartHover[]) => T): T {
  return useStorePerFrame(useContext(HoverContext), select);
}
