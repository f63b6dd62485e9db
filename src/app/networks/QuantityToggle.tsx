import { type Quantity, quantities } from '../../measurements/records.ts';
import { text } from '../../messages/messages.ts';
import { Segmented } from '../../ui/Segmented.tsx';

const options = quantities.map((key) => ({ key, label: text.quantities[key].label }));

export interface QuantityToggleProps {
  readonly quantity: Quantity;
  readonly onChange: (quantity: Quantity) => void;
}

/** Which of the measured quantities the bars show, and what to read it as. */
export function QuantityToggle({ quantity, onChange }: QuantityToggleProps) {
  return (
    <div className="quantity">
      <Segmented
        label={text.app.networks.quantity}
        isLabelHidden
        options={options}
        value={quantity}
        onChange={onChange}
      />
      <p className="quantity-legend">{text.quantities[quantity].legend}</p>
    </div>
  );
}
