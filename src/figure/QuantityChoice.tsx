import { lazy, Suspense } from 'react';
import { text } from '../messages/messages.ts';
import { type Quantity, quantities } from '../records/records.ts';
import { PopoverButton } from '../ui/PopoverButton.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import './quantityChoice.css';

const Formula = lazy(async () => ({ default: (await import('../ui/Formula.tsx')).Formula }));

const words = text.app.networks;
const options = quantities.map((key) => ({ key, label: text.quantities[key].label }));

interface QuantityChoiceProps {
  readonly quantity: Quantity;
  readonly onChange: (quantity: Quantity) => void;
}

/** Which of the measured quantities is shown, what it is in one sentence, and its formula one tap away. */
export function QuantityChoice({ quantity, onChange }: QuantityChoiceProps) {
  const { label, meaning } = text.quantities[quantity];
  return (
    <div className="quantity">
      <SelectField label={words.quantity} isLabelHidden options={options} value={quantity} onChange={onChange} />
      <p className="note">
        {meaning}{' '}
        <PopoverButton look="link" title={label} name={words.formulaOf(label)} face={words.formula}>
          <Definition quantity={quantity} />
        </PopoverButton>
      </p>
    </div>
  );
}

function Definition({ quantity }: Pick<QuantityChoiceProps, 'quantity'>) {
  const { formula, where } = text.quantities[quantity];
  return (
    <div className="column quantity-definition">
      <Suspense>
        <Formula tex={formula} isDisplayed />
        <dl className="quantity-letters">
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
