import { memo } from 'react';
import { networkIds } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { Quantity } from '../../records/records.ts';
import { useLab } from '../../session/hooks.ts';
import { AddNetwork } from './AddNetwork.tsx';
import { NetworkColumn } from './NetworkColumn.tsx';
import { QuantityToggle } from './QuantityToggle.tsx';
import './networks.css';

const words = text.app.networks;

export interface NetworksPanelProps {
  readonly quantity: Quantity;
  /** Of the quantity, shared by all networks. */
  readonly axis: ValueAxis;
  readonly onQuantity: (quantity: Quantity) => void;
}

/** The networks side by side, all bars on one axis, and which quantity the bars show. */
export const NetworksPanel = memo(function NetworksPanel({ quantity, axis, onQuantity }: NetworksPanelProps) {
  const count = useLab((state) => state.experiment.networks.length);
  return (
    <section className="networks">
      <div className="networks-tools">
        <h2 className="visually-hidden">{words.heading}</h2>
        <QuantityToggle quantity={quantity} onChange={onQuantity} />
        <AddNetwork />
      </div>
      <div className="networks-columns">
        {networkIds.slice(0, count).map((id, index) => (
          <NetworkColumn key={id} id={id} index={index} quantity={quantity} axis={axis} />
        ))}
      </div>
    </section>
  );
});
