import { useMemo, useState } from 'react';
import { limits } from '../../experiment/limits.ts';
import { text } from '../../messages/messages.ts';
import { useCommands } from '../../session/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useKnownOutcomes } from './useKnownOutcomes.ts';
import { VariantTable } from './VariantTable.tsx';
import {
  type Depth,
  depths,
  type GroupKey,
  type Variant,
  variantExperiment,
  variants,
  variantsOf,
} from './variants.ts';
import './shortcuts.css';

const words = text.instruments.shortcuts;

/** Beside the original. */
const MOST_CHOSEN = limits.networks - 1;

interface Choice {
  readonly group: GroupKey;
  readonly chosen: readonly Variant[];
}

/** The choice after ticking or clearing a row: rows of another group have another original, so they take the place of these. */
function afterTick({ group, chosen }: Choice, variant: Variant, isTicked: boolean): Choice {
  if (!isTicked) return { group, chosen: chosen.filter(({ key }) => key !== variant.key) };
  return { group: variant.group, chosen: variant.group === group ? [...chosen, variant] : [variant] };
}

/** What a shortcut may do, from the papers: each row against the original, in the lab, beside the paper's figure. */
export default function ShortcutLab() {
  const { setExperiment } = useCommands();
  const [depth, setDepth] = useState<Depth>(38);
  const [choice, setChoice] = useState<Choice>({ group: 'normalized', chosen: [] });
  const known = useKnownOutcomes();
  const experiment = useMemo(() => {
    // In the order of the table, whatever the order of ticking, so that colours go down the rows.
    const rows = variants.filter((variant) => choice.chosen.includes(variant));
    return variantExperiment(choice.group, [...variantsOf(choice.group).slice(0, 1), ...rows], depth);
  }, [choice, depth]);
  return (
    <>
      <h2 className="chart-title">{words.title}</h2>
      <p className="view-text">{words.explanation}</p>
      <div className="shortcut-lab-bar">
        <SelectField
          label={words.depth}
          options={depths.map((key) => ({ key: String(key), label: words.depthChoice(key) }))}
          value={String(depth)}
          onChange={(key) => setDepth(depths.find((each) => String(each) === key) ?? depth)}
        />
        <Button look="primary" isDisabled={choice.chosen.length === 0} onPress={() => setExperiment(experiment)}>
          {words.load(choice.chosen.length)}
        </Button>
        <p className="view-text" role="status">
          {choice.chosen.length === 0 ? words.tick(MOST_CHOSEN) : words.trains(experiment.training)}
        </p>
      </div>
      <VariantTable
        depth={depth}
        known={known}
        chosen={choice.chosen}
        group={choice.group}
        most={MOST_CHOSEN}
        onTick={(variant, isTicked) => setChoice((before) => afterTick(before, variant, isTicked))}
      />
      <p className="view-text">{words.theirs}</p>
      <p className="view-text">{words.measured}</p>
      <p className="view-text">
        <a href="https://arxiv.org/abs/1603.05027">{words.source}</a>
      </p>
    </>
  );
}
