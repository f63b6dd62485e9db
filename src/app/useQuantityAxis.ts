import { useMemo } from 'react';
import { quantityAxis, type ValueAxis } from '../charts/scale/axis.ts';
import type { Quantity } from '../measurements/records.ts';
import { useLab } from './lab.ts';

/** The axis on which all networks show a quantity. It is the same object until it has to grow. */
export function useQuantityAxis(quantity: Quantity): ValueAxis {
  const runs = useLab((state) => state.runs);
  const { kind, min, max } = useMemo(() => quantityAxis(quantity, Object.values(runs)), [quantity, runs]);
  return useMemo(() => ({ kind, min, max }), [kind, min, max]);
}
