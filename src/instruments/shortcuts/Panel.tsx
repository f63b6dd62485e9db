import { type CSSProperties, useMemo, useState } from 'react';
import { limits } from '../../experiment/limits.ts';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { type NetworkRun, summaryOf } from '../../session/runs.ts';
import { Button } from '../../ui/Button.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { Table } from '../../ui/Table.tsx';
import { runsOfVariant, useKnownRuns } from './outcomes.ts';
import {
  type Depth,
  depths,
  type GroupKey,
  groupKeys,
  learningRates,
  type Published,
  type Variant,
  variantExperiment,
  variants,
  variantsOf,
} from './variants.ts';
import './shortcuts.css';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import { experimentText } from '../../experiment/experimentText.ts';
import { percent } from '../../messages/format.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';

const words = laterText.instruments.shortcuts;

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
  const known = useKnownRuns();
  const experiment = useMemo(() => {
    // In the order of the table, whatever the order of ticking, so that colours go down the rows.
    const rows = variants.filter((variant) => choice.chosen.includes(variant));
    return variantExperiment(choice.group, [...variantsOf(choice.group).slice(0, 1), ...rows], depth);
  }, [choice, depth]);
  return (
    <>
      <h2 className="text tight">{words.title}</h2>
      <p className="view-text">{words.explanation}</p>
      <div className="row at-bottom">
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
      <p className="view-text linked">
        <a href="https://arxiv.org/abs/1603.05027">{words.source}</a>
      </p>
    </>
  );
}

export interface VariantTableProps {
  readonly depth: Depth;
  readonly known: readonly NetworkRun[];
  readonly chosen: readonly Variant[];
  readonly group: GroupKey;
  /** Rows that can be chosen at one time. */
  readonly most: number;
  readonly onTick: (variant: Variant, isTicked: boolean) => void;
}

/** Every variant: what its two paths do, the paper's figure, and what our runs of it have come to. */
function VariantTable(props: VariantTableProps) {
  return (
    <Table columns={words.columns(props.depth)} region={words.table}>
      {groupKeys.map((group) => (
        <tbody key={group}>
          <tr>
            <th scope="rowgroup" colSpan={6}>
              {words.groups[group](learningRates[group])}
            </th>
          </tr>
          {variantsOf(group).map((variant, index) => (
            <VariantRow key={variant.key} variant={variant} isOriginal={index === 0} {...props} />
          ))}
        </tbody>
      ))}
    </Table>
  );
}

interface VariantRowProps extends VariantTableProps {
  readonly variant: Variant;
  /** It stands beside whatever is chosen. */
  readonly isOriginal: boolean;
}

function VariantRow({ variant, isOriginal, depth, known, chosen, group, most, onTick }: VariantRowProps) {
  const { name, block } = words.variants[variant.key];
  const isTicked = chosen.includes(variant);
  const isFull = chosen.length >= most && variant.group === group;
  const experiment = variantExperiment(variant.group, [variant], depth);
  const runs = runsOfVariant(experiment, known);
  return (
    <tr>
      <td>
        {isOriginal ? (
          words.always
        ) : (
          <Checkbox
            label={words.compare(name)}
            isSelected={isTicked}
            isDisabled={!isTicked && isFull}
            onChange={(ticked) => onTick(variant, ticked)}
          />
        )}
      </td>
      <th scope="row">
        {name} <InLab of={experimentText(experiment)} />
      </th>
      <td>{block}</td>
      <td>{publishedText(variant.published)}</td>
      <td>{errorText(runs, 'trainError')}</td>
      <td>{errorText(runs, 'testError')}</td>
    </tr>
  );
}

/** The place of a network in the lab, if it is there: its letter, in its colour. */
function InLab({ of }: { readonly of: string }) {
  const { networks, training } = useLab((state) => state.experiment);
  const index = networks.findIndex((network) => experimentText({ networks: [network], training }) === of);
  const id: NetworkId | undefined = networkIds[index];
  if (id === undefined) return null;
  return (
    <span className="shortcut-lab-place" style={{ '--accent': `var(--network-${id})` } as CSSProperties}>
      {words.inLab(id)}
    </span>
  );
}

function publishedText(published: Published | null): string {
  if (published === null) return text.charts.none;
  return published.kind === 'fails' ? words.fails : words.published(published.percent, published.source);
}

/** The errors of all runs, and what became of those that have none. */
function errorText(runs: readonly NetworkRun[], measure: 'trainError' | 'testError'): string {
  if (runs.length === 0) return words.notRun;
  const errors = summaryOf(runs, measure);
  const diverged = runs.flatMap(({ divergedAt }) => divergedAt ?? []);
  return words.errors(
    errors && [percent(errors.mean), percent(errors.low), percent(errors.high)],
    runs.length - diverged.length,
    diverged,
  );
}
