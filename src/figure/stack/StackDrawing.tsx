/** A stack as a drawing. All but the bars stay as they are while the network trains. It is hidden from screen readers, who have the layer cursor. */
import { memo, useMemo } from 'react';
import type { NetworkId, NetworkSpec } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import type { NetworkGraph, Row } from '../../network/graph.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { declutter } from '../../plot/labels.ts';
import { linkedLayer, useLinkedHover } from '../../plot/linkedHover.ts';
import { axisTicks } from '../../plot/scale.ts';
import type { LayerMeasurements, Quantity } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';
import { type StackLayout, stages, stageTexts } from './layout.ts';
import { PredictedLine } from './PredictedLine.tsx';
import { arcSigns, arcs, barPaths, blockGroups, type DrawnRow } from './shapes.ts';
import { stepsShown } from './values.ts';
import '../../plot/charts.css';
import './stack.css';

/** A network and what is shown of it. */
export interface ShownNetwork {
  readonly id: NetworkId;
  /** For instance "Plain, 38 layers". */
  readonly name: string;
  readonly spec: NetworkSpec;
  /** Of `spec`. */
  readonly graph: NetworkGraph;
  readonly run: Run | undefined;
  /** On view; 0 before the first. */
  readonly step: number;
  /** At that step; null where nothing was measured. */
  readonly measured: LayerMeasurements | null;
  /** What the bars show. */
  readonly quantity: Quantity;
  /** Of `quantity`, shared by all networks. */
  readonly axis: ValueAxis;
}

const NOTHING: readonly number[] = [];

interface StackDrawingProps extends ShownNetwork {
  readonly layout: StackLayout;
  /** The row under the cursor, or null. */
  readonly row: number | null;
}

/** All of a stack: the numbers of its axis, and below them its rows, input first. */
export function StackDrawing({ layout, row, ...shown }: StackDrawingProps) {
  const { id, spec, graph, run, step, quantity, axis } = shown;
  const { width, rowHeight, lanes } = layout;
  const { rows, layers } = graph;
  const rowOf = useMemo(() => layers.map((layer) => layer.row), [layers]);
  const values = shown.measured?.[quantity] ?? NOTHING;
  const onRows = { axis, rowHeight, lane: lanes.bars };
  return (
    <>
      <BarAxis layout={layout} axis={axis} rows={rows.length} />
      <g transform={`translate(0,${layout.head})`}>
        {row !== null && (
          <rect
            className="stack-cursor"
            {...pointed}
            strokeOpacity={0.5}
            width={width}
            y={row * rowHeight}
            height={rowHeight}
          />
        )}
        <OutsideRow id={id} rowOf={rowOf} width={width} rowHeight={rowHeight} />
        <Blocks rows={rows} rowHeight={rowHeight} blocks={lanes.blocks} shortcuts={lanes.arcs} />
        <Labels rows={rows} layout={layout} />
        <Bars values={values} rowOf={rowOf} {...onRows} />
        <PredictedLine spec={spec} graph={graph} steps={stepsShown(run, step)} values={values} {...onRows} />
        {run?.overflow && step >= run.overflow.step && (
          <OverflowMark
            x={width - 1}
            row={run.overflow.layer === null ? rows.length - 1 : (rowOf[run.overflow.layer] ?? 0)}
            rows={rows.length}
            rowHeight={rowHeight}
          />
        )}
      </g>
    </>
  );
}

/** Room that one of the axis' numbers takes, in rem: powers of ten are narrow. */
const NUMBER = 2.4;
/** The widest of them, as 10⁻¹². */
const WIDEST = 2.1;
/** About how long a character of a label is, and how far the first number reaches to the left of the axis, in rem. */
const CHARACTER = 0.44;
const HALF_NUMBER = 1.25;

/** A row that is pointed at. */
const pointed = { fill: 'var(--ink)', fillOpacity: 0.12, stroke: 'var(--ink)' };

interface BarAxisProps {
  readonly layout: StackLayout;
  readonly axis: ValueAxis;
  readonly rows: number;
}

/** Numbers above and grid lines behind the bars, and where the input is. */
const BarAxis = memo(function BarAxis({ layout, axis, rows }: BarAxisProps) {
  const { head, lanes, rem, rowHeight } = layout;
  const { from, to } = lanes.bars;
  const baseline = head - 0.5 * rem;
  const { input, inputShort } = text.stack;
  const room = from - HALF_NUMBER * rem;
  const word = [input, inputShort].find((each) => each.length * CHARACTER * rem <= room);
  const ticks = axisTicks(axis, Math.floor((to - from) / (NUMBER * rem)) + 1);
  const numbered = ticks.filter(({ label }) => label !== '');
  const fits = declutter(
    numbered.map((tick) => tick.at * (to - from)),
    WIDEST * rem,
  );
  const labelled = new Set(numbered.filter((_, index) => fits[index]));
  return (
    <g>
      {head > 0 && word !== undefined && (
        <text
          className="stack-label"
          fill="var(--ink-soft)"
          x={word === inputShort ? Math.min(lanes.blocks.from, room - CHARACTER * rem) : 0}
          y={baseline}
        >
          {word}
        </text>
      )}
      {ticks.map((tick) => (
        <g key={tick.value} transform={`translate(${from + tick.at * (to - from)},0)`}>
          <line className="chart-grid" y1={Math.max(0, baseline + 4)} y2={head + rows * rowHeight} />
          {head > 0 && labelled.has(tick) && (
            <text className="chart-tick" y={baseline} textAnchor="middle">
              {tick.label}
            </text>
          )}
        </g>
      ))}
    </g>
  );
});

interface BlocksProps {
  readonly rows: readonly DrawnRow[];
  readonly rowHeight: number;
  readonly blocks: StackLayout['lanes']['blocks'];
  readonly shortcuts: StackLayout['lanes']['arcs'];
}

/** Blocks coloured by width, and shortcuts as arcs with signs for what lies on them. */
export const Blocks = memo(function Blocks({ rows, rowHeight, blocks, shortcuts }: BlocksProps) {
  return (
    <g>
      {blockGroups(rows, rowHeight, blocks).map(({ tint, path }) =>
        tint === null ? (
          <path key="outline" className="stack-outline" fill="none" stroke="var(--accent)" d={path} />
        ) : (
          <path
            key={tint}
            className="stack-block"
            fill={`color-mix(in oklab, var(--accent) ${tint}%, var(--panel))`}
            d={path}
          />
        ),
      )}
      <path
        className="stack-arc"
        fill="none"
        stroke="var(--accent)"
        strokeWidth={1.25}
        d={arcs(rows, rowHeight, shortcuts)}
      />
      <path className="stack-sign" fill="var(--panel)" stroke="var(--ink)" d={arcSigns(rows, rowHeight, shortcuts)} />
    </g>
  );
});

interface LabelsProps {
  readonly rows: readonly Row[];
  readonly layout: StackLayout;
}

/** Each row's name, or one text along each stage where the rows are too small for names. */
const Labels = memo(function Labels(props: LabelsProps) {
  const { labelling } = props.layout.lanes;
  if (labelling === 'none') return null;
  return labelling === 'stages' ? <StageLabels {...props} /> : <RowLabels {...props} />;
});

function RowLabels({ rows, layout: { lanes, rowHeight } }: LabelsProps) {
  const { labelling, labels } = lanes;
  return rows.map((row, index) => (
    <text
      key={row.name}
      className="stack-label"
      fill="var(--ink)"
      x={labels.from}
      y={(index + 0.5) * rowHeight}
      dy="0.35em"
    >
      {row.name}
      {labelling === 'shapes' && row.kind !== 'classifier' && (
        <tspan fill="var(--ink-soft)" x={labels.to} textAnchor="end">
          {text.stack.shape(...row.shape)}
        </tspan>
      )}
    </text>
  ));
}

function StageLabels({ rows, layout: { lanes, rowHeight, rem } }: LabelsProps) {
  const { labels } = lanes;
  const all = stages(rows);
  const texts = stageTexts(all, rowHeight, ({ kind, shape, kernel }) => text.stack.stage(kind, shape, kernel), rem);
  return all.map((stage, index) => {
    const label = texts[index] ?? null;
    if (label === null) return null;
    const middle = ((stage.first + stage.last + 1) / 2) * rowHeight;
    return (
      <text
        key={stage.first}
        className="stack-label"
        fill="var(--ink-soft)"
        transform={`translate(${(labels.from + labels.to) / 2},${middle}) rotate(90)`}
        textAnchor="middle"
        dy="0.35em"
      >
        {label}
      </text>
    );
  });
}

interface BarsProps {
  readonly values: ArrayLike<number>;
  readonly rowOf: readonly number[];
  readonly axis: ValueAxis;
  readonly rowHeight: number;
  readonly lane: StackLayout['lanes']['bars'];
}

/** A mark of a value that has no bar. */
const mark = { fill: 'none', stroke: 'var(--accent)', strokeWidth: 1.5, vectorEffect: 'non-scaling-stroke' } as const;

/** The live bars. */
export const Bars = memo(function Bars({ values, rowOf, axis, rowHeight, lane }: BarsProps) {
  const paths = barPaths(values, rowOf, axis, rowHeight, lane);
  return (
    <g data-bars>
      <path className="stack-bars" fill="var(--accent)" d={paths.value} />
      <path className="stack-mark stack-mark-above" {...mark} stroke="var(--panel)" strokeWidth={2} d={paths.above} />
      <path className="stack-mark stack-mark-below" {...mark} d={paths.below} />
      <path className="stack-mark stack-mark-zero" {...mark} fill="var(--panel)" d={paths.zero} />
      {/* A thick dashed line is a hatched bar: nobody takes it for a length. */}
      <path
        className="stack-mark stack-mark-broken"
        {...mark}
        stroke="var(--danger)"
        strokeDasharray="1.5 4.5"
        strokeWidth={Math.max(1, rowHeight - 2)}
        d={paths.notFinite}
      />
    </g>
  );
});

/** What the other charts know a network's stack as. */
export function chartName(id: NetworkId): string {
  return `stack ${id}`;
}

interface OutsideRowProps {
  readonly id: NetworkId;
  /** The row of each weight layer. */
  readonly rowOf: readonly number[];
  readonly width: number;
  readonly rowHeight: number;
}

/** The row of the layer that is pointed at in another chart. */
function OutsideRow({ id, rowOf, width, rowHeight }: OutsideRowProps) {
  const layer = useLinkedHover((all) => linkedLayer(all, chartName(id), id));
  const row = layer === null ? undefined : rowOf[layer];
  return row === undefined ? null : (
    <rect
      className="stack-outside"
      {...pointed}
      strokeDasharray="2 3"
      width={width}
      y={row * rowHeight}
      height={rowHeight}
    />
  );
}

/** Height of the warning sign, in pixels. */
const SIGN = 16;

interface OverflowMarkProps {
  /** Its right end. */
  readonly x: number;
  readonly row: number;
  readonly rows: number;
  readonly rowHeight: number;
}

/** A warning sign beside the layer whose numbers stopped being finite first; the drawing's edge does not cut it. */
function OverflowMark({ x, row, rows, rowHeight }: OverflowMarkProps) {
  const y = Math.max(SIGN / 2, Math.min(rows * rowHeight - SIGN / 2, (row + 0.5) * rowHeight));
  return (
    <path
      className="stack-overflow-mark"
      fill="var(--panel)"
      stroke="var(--danger)"
      strokeWidth={1.5}
      strokeLinejoin="round"
      transform={`translate(${x - 14},${y - 7})`}
      d="M7 1l6.5 12h-13zM7 5v4M7 10.8v.4"
    />
  );
}
