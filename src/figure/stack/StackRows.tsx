import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { NetworkId, NetworkSpec } from '../../experiment/experiment.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { LayerMeasurements, Quantity } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';
import { BarAxis } from '../bars/BarAxis.tsx';
import type { Lanes } from './lanes.ts';
import { OutsideRow } from './OutsideRow.tsx';
import { OverflowMark, SIGN } from './OverflowMark.tsx';
import { PredictedLine } from './PredictedLine.tsx';
import { rowAt } from './rows.ts';
import { Bars, Blocks, Labels } from './StackDrawing.tsx';
import type { RowCursor } from './useRowCursor.ts';
import type { Size } from './useSize.ts';
import { stepsShown } from './values.ts';

const NOTHING: readonly number[] = [];

/** Of the stacks side by side. */
export type RowCounts = readonly [fewest: number, most: number];

export interface StackChartProps {
  readonly id: NetworkId;
  /** Name of the network. */
  readonly name: string;
  readonly spec: NetworkSpec;
  readonly graph: NetworkGraph;
  /** The fewest and the most rows of the stacks side by side, this one among them. */
  readonly rowCounts: RowCounts;
  readonly run: Run | undefined;
  /** On view; 0 before the first. */
  readonly step: number;
  /** At that step; null before the first. */
  readonly measured: LayerMeasurements | null;
  readonly quantity: Quantity;
  readonly axis: ValueAxis;
}

/** How the rows of a graph are laid out in a column. */
export interface StackLayout extends Size {
  /** Height above the rows, in pixels. */
  readonly head: number;
  /** Height that the rows may take without being scrolled, in pixels. */
  readonly room: number;
  readonly rowHeight: number;
  readonly lanes: Lanes;
}

/** The nearest height at which a sign is not cut by the drawing's edge. */
function within(y: number, height: number): number {
  return Math.max(SIGN / 2, Math.min(height - SIGN / 2, y));
}

interface StackRowsProps extends StackChartProps {
  readonly layout: StackLayout;
  readonly cursor: RowCursor;
  /** While an editor is open the pointer moves nothing. */
  readonly isFrozen: boolean;
  /** While the keyboard moves the cursor, the rows scroll along. */
  readonly isFollowed: boolean;
}

/** The drawing of all rows. It is hidden from screen readers: they have the layer cursor. */
export function StackRows(props: StackRowsProps) {
  const { graph, run, step, measured, quantity, axis, layout, cursor, isFrozen, isFollowed } = props;
  const { rowHeight, lanes, width, scale } = layout;
  const { rows, layers } = graph;
  const height = rows.length * rowHeight;
  const rowOf = useMemo(() => layers.map((layer) => layer.row), [layers]);
  const mark = useRef<SVGRectElement>(null);
  useEffect(() => {
    if (isFollowed && cursor.row !== null) mark.current?.scrollIntoView({ block: 'nearest' });
  }, [isFollowed, cursor.row]);
  const under = (event: PointerEvent<SVGSVGElement>) =>
    rowAt(event.clientY - event.currentTarget.getBoundingClientRect().top, rowHeight, rows.length);
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const row = under(event);
    if (!isFrozen && row !== null) cursor.hover(row);
  };
  return (
    <svg
      className="stack-drawing"
      width={width}
      height={height}
      aria-hidden="true"
      onPointerMove={follow}
      onPointerDown={(event) => cursor.pin(under(event))}
    >
      <BarAxis axis={axis} x={lanes.bars.from} width={lanes.bars.to - lanes.bars.from} y={-4} bottom={height} />
      {cursor.row !== null && (
        <rect ref={mark} className="stack-cursor" width={width} y={cursor.row * rowHeight} height={rowHeight} />
      )}
      <OutsideRow id={props.id} rowOf={rowOf} width={width} rowHeight={rowHeight} />
      <Blocks rows={rows} rowHeight={rowHeight} blocks={lanes.blocks} shortcuts={lanes.arcs} />
      <Labels rows={rows} rowHeight={rowHeight} lanes={lanes} scale={scale} />
      <Bars
        values={measured?.[quantity] ?? NOTHING}
        rowOf={rowOf}
        axis={axis}
        rowHeight={rowHeight}
        lane={lanes.bars}
      />
      <PredictedLine
        spec={props.spec}
        graph={graph}
        steps={stepsShown(run, step)}
        values={measured?.[quantity] ?? NOTHING}
        axis={axis}
        rowHeight={rowHeight}
        lane={lanes.bars}
      />
      {run?.overflow && step >= run.overflow.step && (
        <OverflowMark
          x={width - 1}
          y={within(
            ((run.overflow.layer === null ? rows.length - 1 : (rowOf[run.overflow.layer] ?? 0)) + 0.5) * rowHeight,
            height,
          )}
        />
      )}
    </svg>
  );
}
