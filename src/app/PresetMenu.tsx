import { experimentEntries, experimentGroups } from '../experiment/chooser.ts';
import { text } from '../messages/messages.ts';
import { useCommands } from '../session/hooks.ts';
import { ChevronIcon } from '../ui/icons.tsx';
import { MenuButton } from '../ui/MenuButton.tsx';

const words = text.app.presets;

const groups = experimentGroups.map((group) => ({
  key: group,
  label: words.groups[group],
  entries: experimentEntries
    .filter((entry) => entry.group === group)
    .map(({ key }) => ({ key, label: words.entries[key] })),
}));

/** Loads one of the calibrated experiments. */
export default function PresetMenu({ onChosen }: { readonly onChosen: () => void }) {
  const { setExperiment } = useCommands();
  return (
    <MenuButton
      look="chip"
      face={
        <>
          {words.open}
          <ChevronIcon />
        </>
      }
      groups={groups}
      onChoose={(chosen) => {
        const entry = experimentEntries.find(({ key }) => key === chosen);
        if (!entry) return;
        setExperiment(entry.experiment);
        onChosen();
      }}
    />
  );
}
