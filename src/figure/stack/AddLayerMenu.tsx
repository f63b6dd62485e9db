import type { ItemKind } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import { AddIcon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/MenuButton.tsx';

const kindsByGroup = {
  layers: ['conv', 'dirac', 'identity', 'dense'],
  blocks: ['plain', 'residual', 'zeroresidual'],
  pools: ['maxpool', 'avgpool'],
} as const satisfies Record<keyof typeof text.stack.addGroups, readonly ItemKind[]>;

const groupKeys = ['layers', 'blocks', 'pools'] as const;

const groups = groupKeys.map((key) => ({
  key,
  label: text.stack.addGroups[key],
  entries: kindsByGroup[key].map((kind) => ({ key: kind, label: text.spec.items[kind] })),
}));
const kinds = groupKeys.flatMap((key): readonly ItemKind[] => kindsByGroup[key]);

interface AddLayerMenuProps {
  readonly label: string;
  readonly onAdd: (kind: ItemKind) => void;
}

/** A button that opens the kinds of items that a stack is made of. */
export function AddLayerMenu({ label, onAdd }: AddLayerMenuProps) {
  return (
    <MenuButton
      face={
        <>
          <AddIcon />
          {label}
        </>
      }
      groups={groups}
      onChoose={(key) => {
        const kind = kinds.find((known) => known === key);
        if (kind) onAdd(kind);
      }}
    />
  );
}
