/** What the words of a lesson can put on show: a quantity, at a step. */
import { createContext, type ReactNode, use } from 'react';
import type { Quantity } from '../../records/records.ts';

/** Shows a quantity; and where a step is given, the step, or the newest where the run has not got that far. */
export type Show = (quantity: Quantity, step?: number) => void;

/** Null where there is no lab beside the words. */
export const ShowContext = createContext<Show | null>(null);

interface ShowButtonProps {
  readonly quantity: Quantity;
  readonly step?: number;
  readonly children: ReactNode;
}

/** Words that put what they name on show. */
export function ShowButton({ quantity, step, children }: ShowButtonProps) {
  const show = use(ShowContext);
  if (!show) return <em>{children}</em>;
  return (
    <button type="button" className="show" onClick={() => show(quantity, step)}>
      {children}
    </button>
  );
}
