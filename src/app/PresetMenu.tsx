import { keptSets } from '../data/keptSets.ts';
import { type ExperimentEntry, experimentEntries, experimentGroups } from '../experiment/chooser.ts';
import { isLikeCifar10 } from '../experiment/paper.ts';
import { text } from '../messages/messages.ts';
import { useCommands, useLab } from '../session/hooks.ts';
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
  const data = useLab(({ experiment }) => experiment.training.data);
  const choose = async ({ experiment, on }: ExperimentEntry): Promise<void> => {
    // On the visitor's own CIFAR-10, if it is at hand; else the page asks for it.
    const own =
      on && (isLikeCifar10(data) ? data : (await keptSets().all()).find(({ ref }) => isLikeCifar10(ref))?.ref);
    setExperiment(on && own ? on(own) : experiment);
    onChosen();
  };
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
        if (entry) void choose(entry);
      }}
    />
  );
}
