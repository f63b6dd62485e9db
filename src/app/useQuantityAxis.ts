import { useMemo } from 'react';
import { quantityAxis, type ValueAxis } from '../charts/scale/axis.ts';
import { useSteadyAxis } from '../charts/scale/useSteadyAxis.ts';
import type { Quantity } from '../measurements/records.ts';
import { useLab } from './lab.ts';

/** The axis on which all networks show a quantity. It is the same object until it has to grow. */
export function useQuantityAxis(quantity: Quantity): ValueAxis {
  const runs = useLab((state) => state.runs);
  return useSteadyAxis(useMemo(() => quantityAxis(quantity, Object.values(runs)), [quantity, runs]));
}
