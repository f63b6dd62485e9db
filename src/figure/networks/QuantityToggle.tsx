import { text } from '../../messages/messages.ts';
import { type Quantity, quantities } from '../../records/records.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useSize } from '../stack/useSize.ts';

const options = quantities.map((key) => ({ key, label: text.quantities[key].label }));

/** Pixels that all six need side by side, with type of the usual size. */
const SEGMENTED_WIDTH = 700;

export interface QuantityToggleProps {
  readonly quantity: Quantity;
  readonly onChange: (quantity: Quantity) => void;
}

/** Which of the measured quantities the bars show, and what to read it as. */
export function QuantityToggle({ quantity, onChange }: QuantityToggleProps) {
  const [ref, size] = useSize<HTMLDivElement>();
  const isWide = !size || size.width >= SEGMENTED_WIDTH * size.scale;
  const Control = isWide ? Segmented : SelectField;
  return (
    <div className={`quantity${isWide ? '' : ' quantity-compact'}`} ref={ref}>
      <Control
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
