import { addNetwork, addTwin, counterpartOf } from '../../experiment/edit.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { limits } from '../../experiment/limits.ts';
import { sameStack } from '../../experiment/stack.ts';
import { twin } from '../../experiment/twin.ts';
import { text } from '../../messages/messages.ts';
import { useEdit, useLab } from '../../session/hooks.ts';
import { AddIcon } from '../../ui/icons.tsx';
import { MenuButton, type MenuEntry } from '../../ui/MenuButton.tsx';

const words = text.app.networks;

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
export function AddNetwork() {
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
