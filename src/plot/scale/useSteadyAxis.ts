import { useMemo } from 'react';
import type { ValueAxis } from './axis.ts';

/** An axis as the same object until one of its ends moves: so what is drawn on it need not be drawn anew. */
export function useSteadyAxis({ kind, min, max }: ValueAxis): ValueAxis {
  return useMemo(() => ({ kind, min, max }), [kind, min, max]);
}
