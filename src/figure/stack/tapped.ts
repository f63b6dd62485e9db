import { createContext } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';

/** Where the numbers of a tapped layer stand on a phone, whose stacks are higher than what is seen of them. */
export interface TappedPlace {
  /** Null where there is no such place: each stack then has its own. */
  readonly element: HTMLElement | null;
  /** The network whose layer was tapped last. */
  readonly owner: NetworkId | null;
  readonly take: (network: NetworkId) => void;
}

export const TappedPlaceContext = createContext<TappedPlace>({ element: null, owner: null, take: () => undefined });
