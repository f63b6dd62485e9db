import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { BarAxis } from '../bars/BarAxis.tsx';
import { OutsideRow } from './OutsideRow.tsx';
import { OverflowMark } from './OverflowMark.tsx';
import { PredictedLine } from './PredictedLine.tsx';
import { rowAt } from './rows.ts';
import type { StackChartProps, StackLayout } from './StackChart.tsx';
import { Bars, Blocks, Labels } from './StackDrawing.tsx';
import type { RowCursor } from './useRowCursor.ts';
import { stepsShown } from './values.ts';

const NOTHING: readonly number[] = [];

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
          x={lanes.labels.to}
          y={((run.overflow.layer === null ? rows.length - 1 : (rowOf[run.overflow.layer] ?? 0)) + 0.5) * rowHeight}
        />
      )}
    </svg>
  );
}
