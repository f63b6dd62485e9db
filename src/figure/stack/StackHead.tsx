/** The head of a network's column: two lines at most, whatever there is to say. */
import { memo, type ReactNode, useMemo } from 'react';
import type { NetworkId, NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import { hasShortcuts } from '../../experiment/stack.ts';
import { text } from '../../messages/messages.ts';
import { costOf } from '../../network/cost.ts';
import { useBox } from '../../plot/area.ts';
import { LineKey, ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { gradientQuantities, type Quantity } from '../../records/records.ts';
import { factorPerLayer } from '../../records/summary.ts';
import { Button } from '../../ui/Button.tsx';
import { InShort } from '../../ui/InShort.tsx';
import { EditIcon, HelpIcon, WarningIcon } from '../../ui/icons.tsx';
import { PopoverButton } from '../../ui/PopoverButton.tsx';
import { fitting, textWidth } from '../fit.ts';
import { usePrediction } from './PredictedLine.tsx';
import { type Remark, remarksOf } from './remarks.ts';
import type { ShownNetwork } from './StackDrawing.tsx';
import { isDeadAt, overflowText, stepsShown } from './values.ts';
import './column.css';

/** Sizes of type, in rem. */
const NAME = 1;
const TINY = 0.8125;

interface StackHeadProps {
  readonly id: NetworkId;
  readonly headingId: string;
  /** Of the networks side by side, each longest first. */
  readonly names: readonly (readonly string[])[];
  /** Which of them this one is. */
  readonly index: number;
  readonly isEditing: boolean;
  readonly onEditing: (isEditing: boolean) => void;
  /** Menus and settings of the network. */
  readonly children?: ReactNode;
}

/** The network's sign and name, and what can be done with it. */
export const StackHead = memo(function StackHead(props: StackHeadProps) {
  const { id, headingId, names, index, isEditing, onEditing, children } = props;
  const [ref, box] = useBox();
  const own = names[index] ?? [];
  const [name = ''] = own;
  const room = { width: box.width, size: NAME * box.rem, isBold: true };
  // Heads side by side are of one width, and say their names alike as far as there is such a form; where none fits, the style sheet shortens the last.
  const isAlike = (form: number) =>
    names.every((each) => fitting(each.slice(form, form + 1), room, textWidth) !== null);
  const shown = own.find((_, form) => isAlike(form)) ?? fitting(own, room, textWidth) ?? own.at(-1);
  return (
    <div className="stack-head">
      <ShapeKey look={networkLooks[id]} />
      <div className="stack-name" ref={ref}>
        <h3 id={headingId} className="text tight cut">
          <InShort shown={shown}>{name}</InShort>
        </h3>
      </div>
      <div className="row rigid stack-tools">
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

/** How fast the gradient that the bars show vanishes or explodes from layer to layer; null where they show none, or no factor can be fitted. */
function factorOf({ graph, measured, quantity }: Pick<ShownNetwork, 'graph' | 'measured' | 'quantity'>): number | null {
  if (!measured || !gradientQuantities.includes(quantity)) return null;
  const convs = graph.layers.filter((layer) => layer.kind === 'conv');
  const fitted = convs.length > 1 ? convs : graph.layers.filter(({ kind }) => kind === 'dense').slice(0, -1);
  return factorPerLayer(fitted.map((layer) => measured[quantity][layer.index] ?? 0));
}

interface Fact {
  readonly key: string;
  /** Longest first. */
  readonly texts: readonly string[];
  readonly look?: 'strong' | 'danger';
  /** Before the words, and how wide it is, in rem. */
  readonly sign?: { readonly width: number; readonly drawn: ReactNode };
}

interface StackFactsProps extends ShownNetwork {
  readonly training: Pick<TrainingSpec, 'batch'>;
  /** Whether parameters, arithmetic and memory stand in the line; they are behind the button anyway. */
  readonly hasCosts?: boolean;
}

/** What is to be known of a stack, the most needed first; what a line has no room for is behind the button at its end. */
export function StackFacts({ training, hasCosts = true, ...shown }: StackFactsProps) {
  const [ref, { width, rem }] = useBox();
  const { parameters, trainingFlops } = useMemo(() => costOf(shown.graph), [shown.graph]);
  const costs: Costs = [parameters, trainingFlops, shown.run?.memory ?? null];
  const remarks = useMemo(
    () => remarksOf(shown.graph, shown.spec, training.batch),
    [shown.graph, shown.spec, training.batch],
  );
  const facts = useFacts(shown, costs, remarks).filter(({ key }) => hasCosts || key !== 'costs');
  let left = width;
  const fitted = facts.flatMap(({ texts, sign, ...fact }) => {
    const room = { width: left - (sign?.width ?? 0) * rem, size: TINY * rem, isBold: fact.look !== undefined };
    const words = fitting(texts, room, textWidth);
    if (words === null) return [];
    left -= textWidth(`${words} · `, room.size, room.isBold) + (sign?.width ?? 0) * rem;
    return { ...fact, sign, words };
  });
  return (
    <div className="stack-facts">
      <p className="note" ref={ref}>
        {fitted.map(({ key, look, sign, words }, index) => (
          <span key={key} className={`stack-fact${look ? ` stack-fact-${look}` : ''}`} data-fact={key}>
            {index > 0 && <span aria-hidden="true"> · </span>}
            {sign?.drawn}
            <span>{words}</span>
          </span>
        ))}
      </p>
      <Meaning name={shown.name} quantity={shown.quantity} isDead={isDeadAt(shown.run, shown.step)} facts={facts}>
        {text.stack.factsInFull(...costs)}
      </Meaning>
    </div>
  );
}

/** Memory is null before an engine has said what it takes: each takes another. */
type Costs = readonly [parameters: number, flops: number, memory: number | null];

function useFacts(shown: ShownNetwork, costs: Costs, remarks: readonly Remark[]): readonly Fact[] {
  const { spec, graph, run, step, measured, quantity, axis } = shown;
  const steps = stepsShown(run, step);
  const theory = usePrediction({ spec, graph, steps });
  const words = text.stack;
  const blocks = blockWords(spec);
  const showing = words.showing(text.quantities[quantity].symbol, axis.kind === 'log', measured ? steps : null);
  const state = stateOf(shown);
  const noted = remarks.map((remark) => ({ key: remark.key, texts: remarkTexts(remark), sign: warningSign }));
  return [
    // That no factor can be fitted is the least to be known.
    ...(state.some(({ look }) => look) ? [...state, ...noted] : [...noted, ...state]),
    ...(theory
      ? [{ key: 'theory', texts: [theory.holds ? words.marks.theory : words.marks.theoryAtStart], sign: theorySign }]
      : []),
    ...(measured?.[quantity].includes(0) ? [{ key: 'zero', texts: [words.marks.zero], sign: zeroSign }] : []),
    { key: 'showing', texts: [showing, text.quantities[quantity].symbol] },
    { key: 'costs', texts: [words.facts(...costs), words.parameters(costs[0])] },
    ...(blocks === '' ? [] : [{ key: 'blocks', texts: [text.stack.blocks(blocks)] }]),
  ];
}

function remarkTexts(remark: Remark): readonly string[] {
  const words = text.stack.remarks;
  switch (remark.key) {
    case 'oneImage':
      return words.oneImage;
    case 'oneNumber':
      return words.oneNumber(remark);
    case 'staysZero':
      return words.staysZero(remark.layer);
    case 'fewerGroups':
      return words.fewerGroups(remark);
    case 'padding':
      return words.padding(remark);
  }
}

/** What is not as in the original residual block, where there is any. */
const blockWords = (spec: NetworkSpec): string => (hasShortcuts(spec.stack) ? text.names.blocksInFull(spec) : '');

/** That a network's numbers have stopped being finite, that it has died, or else its factor. */
function stateOf(shown: ShownNetwork): readonly Fact[] {
  const { graph, run, step, measured, quantity } = shown;
  const overflow = overflowText(graph, run, step);
  if (overflow) return [{ key: 'state', texts: overflow, look: 'danger', sign: warningSign }];
  if (isDeadAt(run, step)) return [{ key: 'state', texts: [text.stack.died, text.stack.diedShort], look: 'strong' }];
  if (!gradientQuantities.includes(quantity)) return [];
  const factor = factorOf(shown);
  if (factor !== null) return [{ key: 'state', texts: text.stack.factor(factor), look: 'strong' }];
  return measured ? [{ key: 'state', texts: [text.stack.factorUndefined] }] : [];
}

const warningSign = { width: 1.1, drawn: <WarningIcon /> };
const theorySign = { width: 1.5, drawn: <LineKey kind="theory" /> };
/** What the rings beside the axis are. */
const zeroSign = {
  width: 0.9,
  drawn: (
    <svg className="stack-key" viewBox="0 0 10 10" aria-hidden="true">
      <circle
        className="stack-mark"
        fill="var(--panel)"
        stroke="var(--accent)"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
        cx="5"
        cy="5"
        r="3"
      />
    </svg>
  ),
};

interface MeaningProps {
  /** Of the network. */
  readonly name: string;
  /** What the bars show. */
  readonly quantity: Quantity;
  readonly isDead: boolean;
  readonly facts: readonly Fact[];
  readonly children: ReactNode;
}

/** Opens all facts about a stack, and what they mean. */
function Meaning({ name, quantity, isDead, facts, children }: MeaningProps) {
  const title = text.stack.meaning(name);
  return (
    <PopoverButton title={title} name={title} look="icon" className="button-help" face={<HelpIcon />}>
      <ul className="stack-all-facts plain-list small">
        {facts
          .filter(({ key }) => key !== 'costs')
          .map(({ key, sign, texts }) => (
            <li key={key}>
              {sign?.drawn} {texts[0]}
            </li>
          ))}
      </ul>
      <p className="settings-note">{children}</p>
      {gradientQuantities.includes(quantity) && (
        <p className="settings-note">{text.stack.factorMeaning(text.quantities[quantity].label)}</p>
      )}
      {isDead && <p className="settings-note">{text.stack.diedMeaning}</p>}
    </PopoverButton>
  );
}

interface FootProps {
  /** Whether a column that is too narrow for a line of facts has the first of them here. */
  readonly hasFacts?: boolean;
  readonly shown: ShownNetwork;
  readonly width: number;
  readonly rem: number;
}

/** Narrower than this a head has no line for facts, in rem. */
const FACTS = 15;

/** The line below the rows: the loss and where gradients go; in a column too narrow for facts, the first of them. */
export function StackFoot({ shown, width, rem, hasFacts = true }: FootProps) {
  const { run, step } = shown;
  const loss = run && step > 0 ? (run.loss[step - 1] ?? null) : null;
  const [state] = hasFacts && width < FACTS * rem ? stateOf(shown) : [];
  const room = { width, size: TINY * rem, isBold: state?.look !== undefined };
  const words = fitting(state?.texts ?? text.stack.foot(loss), room, textWidth);
  return <span className={state?.look ? `stack-fact-${state.look}` : ''}>{words}</span>;
}
