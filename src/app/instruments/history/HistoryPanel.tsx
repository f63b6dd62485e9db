import { useMemo, useState } from 'react';
import { type Quantity, quantities } from '../../../measurements/records.ts';
import { text } from '../../../messages/messages.ts';
import { SelectField } from '../../../ui/SelectField.tsx';
import { History } from '../../charts/History.tsx';
import { useQuantityAxis } from '../../useQuantityAxis.ts';

const options = quantities.map((key) => ({ key, label: text.quantities[key].label }));

/** Layer by step, for any measured quantity. */
export default function HistoryPanel() {
  const [quantity, setQuantity] = useState<Quantity>('signalGradient');
  const axis = useQuantityAxis(quantity);
  const choice = useMemo(
    () => (
      <SelectField
        label={text.app.networks.quantity}
        isLabelHidden
        options={options}
        value={quantity}
        onChange={setQuantity}
      />
    ),
    [quantity],
  );
  return (
    <div className="instrument-chart">
      <History quantity={quantity} axis={axis} choices={choice} />
    </div>
  );
}
