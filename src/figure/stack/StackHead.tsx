import { memo, type ReactNode } from 'react';
import type { NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import { hasShortcuts } from '../../experiment/stack.ts';
import { text } from '../../messages/messages.ts';
import { type Cost, memoryNeed } from '../../network/cost.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { gradientQuantities, type LayerMeasurements, type Quantity } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';
import { factorPerLayer } from '../../records/summary.ts';
import { Button } from '../../ui/Button.tsx';
import { EditIcon, HelpIcon, WarningIcon } from '../../ui/icons.tsx';
import { PopoverButton } from '../../ui/PopoverButton.tsx';

interface StackHeadProps {
  readonly headingId: string;
  readonly name: string;
  readonly isEditing: boolean;
  readonly onEditing: (isEditing: boolean) => void;
  /** Menus and settings of the network. */
  readonly children?: ReactNode;
}

/** The network's colour and name, and what can be done with it. */
export const StackHead = memo(function StackHead({ headingId, name, isEditing, onEditing, children }: StackHeadProps) {
  return (
    <div className="stack-head">
      <h3 id={headingId} className="stack-name">
        <span className="stack-dot" />
        {name}
      </h3>
      <div className="stack-tools">
        <Button
          look="chip"
          aria-label={isEditing ? text.stack.editDoneName(name) : text.stack.editName(name)}
          onPress={() => onEditing(!isEditing)}
        >
          <EditIcon />
          <span className="stack-edit-words">{isEditing ? text.stack.editDone : text.stack.edit}</span>
        </Button>
        {children}
      </div>
    </div>
  );
});

/** What is not as in the original residual block, where there is any. */
export function BlockFacts({ spec }: { readonly spec: NetworkSpec }) {
  const words = hasShortcuts(spec.stack) ? text.blocks.inFull(spec) : '';
  return words === '' ? null : <p className="stack-fact">{text.blocks.title(words)}</p>;
}

interface NetworkFactsProps {
  readonly cost: Cost;
  readonly training: Pick<TrainingSpec, 'batch' | 'opt'>;
  /** What the engine says it takes; null before it has looked at the network. */
  readonly memory: number | null;
}

function costsOf({ cost, training, memory }: NetworkFactsProps) {
  const { fixed, perImage } = memoryNeed([cost], training.opt);
  return [cost.parameters, cost.trainingFlops, memory ?? fixed + perImage * training.batch] as const;
}

/** What the network costs. */
export const NetworkFacts = memo(function NetworkFacts(props: NetworkFactsProps) {
  return <p className="stack-fact stack-costs">{text.stack.facts(...costsOf(props))}</p>;
});

interface MeaningProps extends NetworkFactsProps {
  /** Of the network. */
  readonly name: string;
  /** What the bars show. */
  readonly quantity: Quantity;
  readonly isDead: boolean;
}

/** Opens what the numbers above a stack mean, in full. */
export const Meaning = memo(function Meaning({ name, quantity, isDead, ...costs }: MeaningProps) {
  const title = text.stack.meaning(name);
  return (
    <PopoverButton title={title} name={title} look="icon" className="stack-meaning" face={<HelpIcon />}>
      <p className="note">{text.stack.factsInFull(...costsOf(costs))}</p>
      {hasFactor(quantity) && <p className="note">{text.stack.factorMeaning(text.quantities[quantity].label)}</p>}
      {isDead && <p className="note">{text.stack.diedMeaning}</p>}
    </PopoverButton>
  );
});

/** A factor from layer to layer is one of gradients: other quantities are not handed on. */
function hasFactor(quantity: Quantity): boolean {
  return gradientQuantities.includes(quantity);
}

interface FactorProps {
  readonly graph: NetworkGraph;
  /** At the step on view; null before the first. */
  readonly measured: LayerMeasurements | null;
  /** What the bars show. */
  readonly quantity: Quantity;
  readonly isDead: boolean;
  /** Whether its numbers have stopped being finite, which is said elsewhere. */
  readonly isBroken: boolean;
}

/** How fast the gradient that the bars show vanishes or explodes, as one number, or that there is none. */
export function Factor({ graph, measured, quantity, isDead, isBroken }: FactorProps) {
  if (isDead) {
    return (
      <p className="stack-fact">
        <strong>{text.stack.died}</strong>
      </p>
    );
  }
  if (!hasFactor(quantity) || isBroken) return null;
  const convs = graph.layers.filter((layer) => layer.kind === 'conv');
  const factor = measured && factorPerLayer(convs.map((layer) => measured[quantity][layer.index] ?? 0));
  return (
    <p className="stack-fact">
      {factor !== null ? (
        <strong>{text.stack.factor(factor)}</strong>
      ) : measured ? (
        text.stack.factorUndefined
      ) : (
        text.stack.noFactor
      )}
    </p>
  );
}

/** What the rings beside the axis are. */
export function ZeroKey() {
  return (
    <>
      {' · '}
      <svg className="stack-key" viewBox="0 0 10 10" aria-hidden="true">
        <circle className="stack-mark stack-mark-zero" cx="5" cy="5" r="3" />
      </svg>{' '}
      {text.stack.marks.zero}
    </>
  );
}

/** When and where the numbers stopped being finite, and the network with them. */
export function OverflowLine({ overflow }: { readonly overflow: NonNullable<Run['overflow']> & { name: string } }) {
  const { where, step, name } = overflow;
  const place = where === 'loss' ? text.stack.overflowOf.loss : text.stack.overflowOf[where](name);
  return (
    <p className="stack-overflow">
      <WarningIcon />
      {text.stack.overflow(step, place)}
    </p>
  );
}
