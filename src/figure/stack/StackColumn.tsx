import { type CSSProperties, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import type { NetworkId, NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import { costOf } from '../../network/cost.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { ChartTools, useContent } from '../../plot/ChartTools.tsx';
import type { Quantity } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';
import { OverflowLine } from './OverflowMark.tsx';
import { PredictedKey } from './PredictedLine.tsx';
import { Refusal } from './Refusal.tsx';
import { StackChart } from './StackChart.tsx';
import { BlockFacts, Factor, Meaning, NetworkFacts, StackHead, ZeroKey } from './StackHead.tsx';
import { StackList } from './StackList.tsx';
import type { RowCounts } from './StackRows.tsx';
import { StackSummary } from './StackSummary.tsx';
import { StackEditorProvider, type StackEdits, useStackEditor } from './stackEdits.ts';
import { summaryOf, tableOf } from './table.ts';
import { useKeyedItems } from './useKeyedItems.ts';
import { measuredAt, stepShown, stepsShown } from './values.ts';
import './stack.css';

export interface StackColumnProps {
  readonly id: NetworkId;
  /** Name of the network, for instance "Plain, 38 layers". */
  readonly name: string;
  readonly spec: NetworkSpec;
  /** Of `spec`. */
  readonly graph: NetworkGraph;
  /** The fewest and the most rows of the stacks side by side, this one among them; left out where it stands alone. */
  readonly rowCounts?: RowCounts;
  readonly training: Pick<TrainingSpec, 'batch' | 'opt'>;
  readonly run: Run | undefined;
  /** The step on view; null follows the newest. */
  readonly viewStep: number | null;
  /** What the bars show. */
  readonly quantity: Quantity;
  /** Of `quantity`, shared by all networks. */
  readonly axis: ValueAxis;
  readonly edits: StackEdits;
  /** Menus and settings of the network, beside its name; the same element while they do not change. */
  readonly children?: ReactNode;
}

/** One network: its stack, input on top and loss below, which is also the chart of its layers. */
export function StackColumn(props: StackColumnProps) {
  const { id, name, spec, graph, training, run, quantity, axis, children } = props;
  const [isEditing, setEditing] = useState(false);
  const heading = useId();
  const editor = useStackEditor(spec.stack, props.edits);
  const items = useKeyedItems(spec.stack);
  const cost = useMemo(() => costOf(graph), [graph]);
  const step = stepShown(run, props.viewStep);
  const [from, to] = stepsShown(run, step);
  const layers = graph.layers.length;
  const measured = useMemo(() => measuredAt(run, step, layers), [run, step, layers]);
  const overflow = run?.overflow && step >= run.overflow.step ? run.overflow : null;
  const isDead = step > 0 && step >= (run?.diedAt ?? Number.POSITIVE_INFINITY);
  const costs = { cost, training, memory: run?.memory ?? null };
  const column = useRef<HTMLElement>(null);
  const content = useContent(() => ({
    title: text.stack.chartTitle(name, text.quantities[quantity].label, step),
    summary: measured ? summaryOf({ graph, values: measured[quantity], quantity, from, to, isDead }) : '',
    table: measured ? tableOf(graph, measured) : { columns: [], rows: [] },
  }));
  const hasTools = measured !== null;
  const tools = useMemo(
    () => (
      <>
        {!isEditing && (
          <span className={`stack-menu${hasTools ? '' : ' stack-menu-later'}`}>
            <ChartTools name={name} content={content} figure={column} />
          </span>
        )}
        {children}
      </>
    ),
    [isEditing, hasTools, name, content, children],
  );
  const color = { '--accent': `var(--network-${id})` } as CSSProperties;
  return (
    <section className="panel stack" aria-labelledby={heading} style={color} data-network={id} ref={column}>
      <StackEditorProvider value={editor}>
        <div className="stack-top">
          <StackHead headingId={heading} name={name} isEditing={isEditing} onEditing={setEditing}>
            {tools}
          </StackHead>
          <BlockFacts spec={spec} />
          <NetworkFacts {...costs} />
          <Meaning {...{ name, quantity, isDead }} {...costs} />
          <Factor {...{ graph, measured, quantity, isDead }} isBroken={overflow !== null} />
          {overflow && (
            <OverflowLine overflow={{ ...overflow, name: graph.layers[overflow.layer ?? -1]?.name ?? '' }} />
          )}
          <Refusal />
          <p className="stack-fact stack-showing">
            {text.stack.showing(text.quantities[quantity].symbol, axis.kind === 'log', from, to)}
            {measured?.[quantity].includes(0) && <ZeroKey />}
            <PredictedKey spec={spec} graph={graph} steps={[from, to]} />
          </p>
        </div>
        {isEditing ? (
          <StackList name={name} items={items} graph={graph} values={measured?.[quantity] ?? []} axis={axis} />
        ) : (
          <>
            <StackChart
              id={id}
              name={name}
              spec={spec}
              graph={graph}
              rowCounts={props.rowCounts ?? [graph.rows.length, graph.rows.length]}
              run={run}
              step={step}
              measured={measured}
              quantity={quantity}
              axis={axis}
            />
            {measured && <StackSummary {...{ graph, quantity, from, to, isDead }} values={measured[quantity]} />}
          </>
        )}
      </StackEditorProvider>
    </section>
  );
}
