import { memo } from 'react';
import { addNetwork, addTwin, counterpartOf } from '../../experiment/edit.ts';
import { type NetworkSpec, networkIds } from '../../experiment/experiment.ts';
import { limits } from '../../experiment/limits.ts';
import { sameStack } from '../../experiment/stack.ts';
import { twin } from '../../experiment/twin.ts';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { Quantity } from '../../records/records.ts';
import { useEdit, useLab } from '../../session/hooks.ts';
import { AddIcon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/MenuButton.tsx';
import type { MenuEntry } from '../../ui/popups.tsx';
import { QuantityChoice } from '../QuantityChoice.tsx';
import { NetworkColumn } from './NetworkColumn.tsx';
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
      <div className="row networks-tools">
        <h2 className="visually-hidden">{words.heading}</h2>
        <QuantityChoice quantity={quantity} onChange={onQuantity} />
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

function entries(networks: readonly NetworkSpec[]): MenuEntry[] {
  const names = text.names.networks(networks);
  return networks.flatMap((network, index) => {
    const name = names[index] ?? '';
    const copy = { key: `copy ${index}`, label: words.copyOf(name) };
    const other = counterpartOf(network);
    if (other === null) return [copy];
    const isTwin = sameStack(twin(other).stack, network.stack);
    return [{ key: `twin ${index}`, label: isTwin ? words.twinOf(name) : words.shortcutsIn(name) }, copy];
  });
}

/** Adds a network: the twin of one of those that are there, or a copy of it to be changed. */
function AddNetwork() {
  const edit = useEdit();
  const networks = useLab((state) => state.experiment.networks);
  const isFull = networks.length >= limits.networks;
  return (
    <MenuButton
      isDisabled={isFull}
      face={
        <>
          <AddIcon />
          {words.add}
        </>
      }
      groups={[{ key: 'add', label: words.addTitle, entries: entries(networks) }]}
      onChoose={(chosen) => {
        const [what, which] = chosen.split(' ');
        const index = Number(which);
        edit((experiment) => {
          const original = experiment.networks[index];
          return what === 'twin' || !original ? addTwin(experiment, index) : addNetwork(experiment, original);
        });
      }}
    />
  );
}
