import { useMemo } from 'react';
import { quantityAxis, type ValueAxis } from '../plot/axis.ts';
import { useSteady } from '../plot/scale.ts';
import type { Quantity } from '../records/records.ts';
import { useLab } from '../session/hooks.ts';

/** The axis on which all networks show a quantity. It is the same object until it has to grow. */
export function useQuantityAxis(quantity: Quantity): ValueAxis {
  const runs = useLab((state) => state.runs);
  return useSteady(useMemo(() => quantityAxis(quantity, Object.values(runs)), [quantity, runs]));
}
