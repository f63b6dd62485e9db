import { lazy, Suspense } from 'react';
import { text } from '../messages/messages.ts';
import type { Quantity } from '../records/records.ts';
import { HelpIcon } from '../ui/icons.tsx';
import { PopoverButton } from '../ui/PopoverButton.tsx';
import './quantity.css';

const Formula = lazy(async () => ({ default: (await import('../ui/Formula.tsx')).Formula }));

const words = text.app.networks;

interface QuantityProps {
  readonly quantity: Quantity;
}

/** A word beside the sentence on a quantity that opens its formula. */
export function FormulaButton({ quantity }: QuantityProps) {
  const { label } = text.quantities[quantity];
  return (
    <PopoverButton look="link" title={label} name={words.formulaOf(label)} face={words.formula}>
      <Definition quantity={quantity} />
    </PopoverButton>
  );
}

/** Where there is no room for the sentence: a sign that opens it, with the formula. */
export function QuantityHelp({ quantity }: QuantityProps) {
  const { label, meaning } = text.quantities[quantity];
  return (
    <PopoverButton look="icon" className="button-help" title={label} name={words.whatIs(label)} face={<HelpIcon />}>
      <p className="quantity-meaning small">{meaning}</p>
      <Definition quantity={quantity} />
    </PopoverButton>
  );
}

function Definition({ quantity }: QuantityProps) {
  const { formula, where } = text.quantities[quantity];
  return (
    <div className="column small">
      <Suspense>
        <Formula tex={formula} isDisplayed />
        <dl className="pairs">
          {where.map(([letter, stands]) => (
            <div key={letter}>
              <dt>
                <Formula tex={letter} />
              </dt>
              <dd>{stands}</dd>
            </div>
          ))}
        </dl>
      </Suspense>
    </div>
  );
}
