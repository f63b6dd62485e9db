import { useState } from 'react';
import { History } from '../../figure/ChartsPanel.tsx';
import { QuantityChoice } from '../../figure/QuantityChoice.tsx';
import { useQuantityAxis } from '../../figure/useQuantityAxis.ts';
import type { Quantity } from '../../records/records.ts';

/** Layer by step, for any measured quantity. */
export default function HistoryPanel() {
  const [quantity, setQuantity] = useState<Quantity>('signalGradient');
  const axis = useQuantityAxis(quantity);
  return (
    <>
      <QuantityChoice quantity={quantity} onChange={setQuantity} />
      <div className="instrument-chart">
        <History quantity={quantity} axis={axis} />
      </div>
    </>
  );
}
