import type { CSSProperties } from 'react';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import { experimentText } from '../../experiment/experimentText.ts';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import { useLab } from '../../session/hooks.ts';
import { Checkbox } from '../../ui/Checkbox.tsx';
import { type Outcome, outcomesOf, spread } from './outcomes.ts';
import type { useKnownOutcomes } from './useKnownOutcomes.ts';
import {
  type Depth,
  type GroupKey,
  groupKeys,
  learningRates,
  type Published,
  type Variant,
  variantExperiment,
  variantsOf,
} from './variants.ts';

const words = text.instruments.shortcuts;

export interface VariantTableProps {
  readonly depth: Depth;
  readonly known: ReturnType<typeof useKnownOutcomes>;
  readonly chosen: readonly Variant[];
  readonly group: GroupKey;
  /** Rows that can be chosen at one time. */
  readonly most: number;
  readonly onTick: (variant: Variant, isTicked: boolean) => void;
}

/** Every variant: what its two paths do, the paper's figure, and what our runs of it have come to. */
export function VariantTable(props: VariantTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="shortcut-lab-scroll" aria-label={words.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {words.columns(props.depth).map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {groupKeys.map((group) => (
          <tbody key={group}>
            <tr>
              <th className="shortcut-lab-group" scope="rowgroup" colSpan={6}>
                {words.groups[group](learningRates[group])}
              </th>
            </tr>
            {variantsOf(group).map((variant, index) => (
              <VariantRow key={variant.key} variant={variant} isOriginal={index === 0} {...props} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
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
  const outcomes = outcomesOf(experiment, known);
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
      <td>{errorText(outcomes, 'train')}</td>
      <td>{errorText(outcomes, 'test')}</td>
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
function errorText(outcomes: readonly Outcome[], measure: 'train' | 'test'): string {
  if (outcomes.length === 0) return words.notRun;
  const errors = spread(outcomes, measure);
  const diverged = outcomes.flatMap(({ divergedAt }) => divergedAt ?? []);
  return words.errors(
    errors && [percent(errors.mean), percent(errors.low), percent(errors.high)],
    outcomes.length - diverged.length,
    diverged,
  );
}
