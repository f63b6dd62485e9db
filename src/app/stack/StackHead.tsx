import { memo, type ReactNode } from 'react';
import type { LayerMeasurements } from '../../measurements/records.ts';
import { factorPerLayer } from '../../measurements/summary.ts';
import { text } from '../../messages/messages.ts';
import { type Cost, memoryNeed } from '../../network/cost.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { NetworkSpec, TrainingSpec } from '../../spec/experiment.ts';
import { hasShortcuts } from '../../spec/stack.ts';
import { Button } from '../../ui/Button.tsx';
import { EditIcon } from './icons.tsx';

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

/** What the network costs. */
export const NetworkFacts = memo(function NetworkFacts({ cost, training, memory }: NetworkFactsProps) {
  const { fixed, perImage } = memoryNeed([cost], training.opt);
  const numbers = [cost.parameters, cost.trainingFlops, memory ?? fixed + perImage * training.batch] as const;
  return (
    <p className="stack-fact" title={text.stack.factsInFull(...numbers)}>
      {text.stack.facts(...numbers)}
    </p>
  );
});

interface FactorProps {
  readonly graph: NetworkGraph;
  /** At the step on view; null before the first. */
  readonly measured: LayerMeasurements | null;
}

/** How fast the gradient vanishes or explodes, as one number. */
export function Factor({ graph, measured }: FactorProps) {
  const convs = graph.layers.filter((layer) => layer.kind === 'conv');
  const factor = measured && factorPerLayer(convs.map((layer) => measured.signalGradient[layer.index] ?? 0));
  return (
    <p className="stack-fact" title={text.stack.factorMeaning}>
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
