import type { ReactNode } from 'react';
import { text } from '../messages/messages.ts';
import { type Quantity, quantities } from '../records/records.ts';
import { SelectField } from '../ui/SelectField.tsx';
import { FormulaButton } from './QuantityHelp.tsx';

const words = text.app.networks;
const options = quantities.map((key) => ({ key, label: text.quantities[key].label }));

interface QuantityChoiceProps {
  readonly quantity: Quantity;
  readonly onChange: (quantity: Quantity) => void;
  /** Controls on the same line, before the sentence. */
  readonly children?: ReactNode;
}

/** Which of the measured quantities is shown, what it is in one sentence, and its formula one tap away. */
export function QuantityChoice({ quantity, onChange, children }: QuantityChoiceProps) {
  return (
    <div className="quantity">
      <SelectField label={words.quantity} isLabelHidden options={options} value={quantity} onChange={onChange} />
      {children}
      <p className="note">
        {text.quantities[quantity].meaning} <FormulaButton quantity={quantity} />
      </p>
    </div>
  );
}
