import { memo } from 'react';
import { addNetwork, addTwin, counterpartOf, setAllDepths } from '../../experiment/edit.ts';
import { type NetworkSpec, networkIds } from '../../experiment/experiment.ts';
import { recognizeFamily } from '../../experiment/families.ts';
import { limits } from '../../experiment/limits.ts';
import { sameStack } from '../../experiment/stack.ts';
import { usualValues } from '../../experiment/sweep/sweep.ts';
import { twin } from '../../experiment/twin.ts';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { Quantity } from '../../records/records.ts';
import { useEdit, useLab, useNetworkNames } from '../../session/hooks.ts';
import { AddIcon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/MenuButton.tsx';
import type { MenuEntry } from '../../ui/popups.tsx';
import { QuantityChoice } from '../QuantityChoice.tsx';
import { ChoiceControl } from '../settings/ChoiceControl.tsx';
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
    <section className="column networks">
      <div className="row networks-tools">
        <h2 className="visually-hidden">{words.heading}</h2>
        <QuantityChoice quantity={quantity} onChange={onQuantity}>
          <DepthChoice />
          <AddNetwork />
        </QuantityChoice>
      </div>
      <div className="networks-columns">
        {networkIds.slice(0, count).map((id, index) => (
          <NetworkColumn key={id} id={id} index={index} quantity={quantity} axis={axis} />
        ))}
      </div>
    </section>
  );
});

/** The weight layers of plain and residual networks of one depth; null where there are others, or their depths differ. */
function commonDepth(networks: readonly NetworkSpec[]): number | null {
  const depths = networks.map(({ stack }) => {
    const family = recognizeFamily(stack);
    return family?.kind === 'plain' || family?.kind === 'residual' ? family.layers : null;
  });
  const [first = null] = depths;
  return depths.every((depth) => depth === first) ? first : null;
}

/** One depth for all networks, as on the first screen. What else a family allows is in the settings of each. */
function DepthChoice() {
  const edit = useEdit();
  const experiment = useLab((state) => state.experiment);
  const depth = commonDepth(experiment.networks);
  if (depth === null) return null;
  const depths = new Set([...usualValues('depth', experiment).map(Number), depth]);
  return (
    <div className="networks-depth">
      <ChoiceControl
        label={words.layersOfAll}
        isLabelHidden
        options={[...depths]
          .toSorted((a, b) => a - b)
          .map((each) => ({ key: String(each), label: words.layers(each) }))}
        value={String(depth)}
        onChange={(chosen) => edit((before) => setAllDepths(before, Number(chosen)))}
      />
    </div>
  );
}

function entries(networks: readonly NetworkSpec[], names: readonly string[]): MenuEntry[] {
  return networks.flatMap((network, index) => {
    const name = names[index] ?? '';
    const copy = { key: `copy ${index}`, label: words.copyOf(name) };
    const other = counterpartOf(network);
    if (other === null) return [copy];
    const isTwin = sameStack(twin(other).stack, network.stack);
    return [{ key: `twin ${index}`, label: isTwin ? words.twinOf(name) : words.shortcutsIn(name) }, copy];
  });
}

/** Kinds of stacks that are begun anew. */
const begun = ['conv', 'residual'] as const;
const begunEntries: readonly MenuEntry[] = begun.map((kind) => ({ key: `begun ${kind}`, label: words.begun[kind] }));
/** Of their only item. */
const BEGUN_WIDTH = 8;

/** Adds a network: the twin of one of those that are there, a copy of it to be changed, or one layer or block to build on, with the first one's settings. */
function AddNetwork() {
  const edit = useEdit();
  const networks = useLab((state) => state.experiment.networks);
  const names = useNetworkNames();
  const isFull = networks.length >= limits.networks;
  return (
    <MenuButton
      isDisabled={isFull}
      name={words.add}
      face={
        <>
          <AddIcon />
          <span className="networks-add">{words.add}</span>
        </>
      }
      groups={[
        { key: 'add', label: words.addTitle, entries: entries(networks, names) },
        { key: 'begin', label: words.beginTitle, entries: begunEntries },
      ]}
      onChoose={(chosen) => {
        const [what, which] = chosen.split(' ');
        const index = Number(which);
        edit((experiment) => {
          const [first] = experiment.networks;
          const kind = begun.find((each) => each === which);
          if (first && kind) {
            return addNetwork(experiment, { ...first, stack: [{ kind, width: BEGUN_WIDTH, stride: 2, count: 1 }] });
          }
          const original = experiment.networks[index];
          return what === 'twin' || !original ? addTwin(experiment, index) : addNetwork(experiment, original);
        });
      }}
    />
  );
}
