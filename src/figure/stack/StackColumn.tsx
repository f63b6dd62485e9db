import { type CSSProperties, type ReactNode, useContext, useId, useMemo, useRef, useState } from 'react';
import type { NetworkId, NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { ChartTools, useContent } from '../../plot/ChartTools.tsx';
import type { Quantity } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';
import { useRowCursor } from './cursor.ts';
import { ItemPopover } from './ItemEditor.tsx';
import { useKeyedItems } from './items.ts';
import { type Together, together } from './layout.ts';
import { StackReading } from './Readout.tsx';
import { StackChart } from './StackChart.tsx';
import type { ShownNetwork } from './StackDrawing.tsx';
import { StackFacts, StackFoot, StackHead } from './StackHead.tsx';
import { StackList } from './StackList.tsx';
import { Refusal, StackEditorProvider, type StackEdits, useEditor, useStackEditor } from './stackEdits.tsx';
import { barsShown, measuredAt, stepShown, summaryOf, tableOf, UntrainedContext } from './values.ts';

export interface StackColumnProps {
  readonly id: NetworkId;
  /** Name of the network, for instance "Plain, 38 layers". */
  readonly name: string;
  /** The same and its shorter forms, longest first, of each of the networks side by side; the same array while they do not change. */
  readonly names?: readonly (readonly string[])[];
  /** Which of these networks it is; the first unless given. */
  readonly index?: number;
  readonly spec: NetworkSpec;
  /** Of `spec`. */
  readonly graph: NetworkGraph;
  /** Of the stacks side by side, this one among them; left out where it stands alone. */
  readonly beside?: Together;
  readonly training: Pick<TrainingSpec, 'batch'>;
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
  const editor = useStackEditor(spec, props.edits);
  const items = useKeyedItems(spec.stack);
  const names = useMemo(() => props.names ?? [[name]], [props.names, name]);
  const beside = useMemo(() => props.beside ?? together([graph]), [props.beside, graph]);
  const step = stepShown(run, props.viewStep);
  const layers = graph.layers.length;
  const isShown = useContext(UntrainedContext) || step > 0;
  const measured = useMemo(() => (isShown ? measuredAt(run, step, layers) : null), [isShown, run, step, layers]);
  const shown = { id, name, spec, graph, run, step, measured, quantity, axis };
  const bars = barsShown(shown);
  const column = useRef<HTMLElement>(null);
  const content = useContent(() => ({
    title: text.stack.chartTitle(name, text.quantities[quantity].label, step),
    summary: bars ? summaryOf(bars) : '',
    table: measured ? tableOf(graph, measured) : { columns: [], rows: [] },
  }));
  const hasTools = measured !== null;
  const tools = useMemo(
    () => (
      <>
        {!isEditing && (
          <span className={`stack-menu${hasTools ? '' : ' unseen'}`}>
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
          <StackHead
            {...{ id, names }}
            index={props.index ?? 0}
            headingId={heading}
            isEditing={isEditing}
            onEditing={setEditing}
          >
            {tools}
          </StackHead>
          <StackFacts {...shown} training={training} />
          <Refusal />
        </div>
        {isEditing ? (
          <StackList name={name} items={items} graph={graph} values={measured?.[quantity] ?? []} axis={axis} />
        ) : (
          <EditedChart {...shown} beside={beside} />
        )}
      </StackEditorProvider>
    </section>
  );
}

type EditedChartProps = ShownNetwork & Required<Pick<StackColumnProps, 'beside'>>;

/** The stack as a chart, a button at the layer under the cursor that edits its item, and the numbers of the layer. */
function EditedChart({ beside, ...shown }: EditedChartProps) {
  const { graph } = shown;
  const { stack } = useEditor();
  const cursor = useRowCursor(graph.rows);
  const [isOpen, setOpen] = useState(false);
  const { row } = cursor;
  const index = row === null ? null : (graph.rows[row]?.item ?? null);
  const item = index === null ? undefined : stack[index];
  return (
    <>
      <StackChart
        {...shown}
        beside={beside}
        cursor={cursor}
        enter={{ act: () => setOpen(item !== undefined), help: text.stack.enterHelp }}
        isFrozen={isOpen}
        over={(y) =>
          index !== null &&
          item && (
            <div className="stack-edit-place" style={{ insetBlockStart: `clamp(0.8rem, ${y}px, 100% - 0.8rem)` }}>
              <ItemPopover
                index={index}
                item={item}
                isOpen={isOpen}
                onOpenChange={(open) => {
                  if (open) cursor.pin(row);
                  setOpen(open);
                }}
                onMoved={cursor.pinItem}
              />
            </div>
          )
        }
        foot={(width, rem) => <StackFoot {...{ shown, width, rem }} />}
      />
      <StackReading {...shown} cursor={cursor} />
    </>
  );
}
