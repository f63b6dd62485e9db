import { useMemo, useState } from 'react';
import { History } from '../../figure/ChartsPanel.tsx';
import { useQuantityAxis } from '../../figure/useQuantityAxis.ts';
import { text } from '../../messages/messages.ts';
import { type Quantity, quantities } from '../../records/records.ts';
import { SelectField } from '../../ui/SelectField.tsx';

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
