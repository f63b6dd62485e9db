import { useMemo, useState } from 'react';
import { text } from '../../messages/messages.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { exact } from '../../plot/format/number.ts';
import { usePointing } from '../../plot/frame/usePointed.ts';
import { AxisHead } from './AxisHead.tsx';
import { ItemPopover } from './ItemPopover.tsx';
import { LayerCursor } from './LayerCursor.tsx';
import { lanes } from './lanes.ts';
import { chartName } from './OutsideRow.tsx';
import { Readout, spoken } from './Readout.tsx';
import { rowHeight } from './rows.ts';
import { type StackChartProps, type StackLayout, StackRows } from './StackRows.tsx';
import { useEditor } from './stackEdits.ts';
import { useRowCursor } from './useRowCursor.ts';
import { type Size, useSize } from './useSize.ts';
import { layerValues } from './values.ts';

/** Heights above and below the rows, in pixels, where type has its usual size. */
const HEAD = 22;
const FOOT = 22;

/** How the rows of a graph are laid out in a column. */
function layoutOf(graph: NetworkGraph, size: Size): StackLayout {
  const head = HEAD * size.scale;
  const height = rowHeight(size.height - head - FOOT * size.scale, graph.rows.length);
  return { head, rowHeight: height, lanes: lanes(size.width, height, size.scale), ...size };
}

/** The stack as a chart: every layer a row with its live bar, and a cursor that reads and edits. */
export function StackChart(props: StackChartProps) {
  const { id, name, graph, run, step, measured, quantity } = props;
  const [ref, size] = useSize<HTMLDivElement>();
  const cursor = useRowCursor(graph.rows);
  const [isFocused, setFocused] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const { stack } = useEditor();
  const { row } = cursor;
  const layer = row === null ? null : (graph.rows[row]?.layer ?? null);
  usePointing(chartName(id), layer === null ? null : { layers: { [id]: layer }, step: null });
  const valuesOf = (index: number) => layerValues(measured, graph.rows[index]?.layer ?? null);
  const wordsFor = (index: number) => {
    const found = graph.rows[index];
    return found ? spoken(found, valuesOf(index), quantity) : '';
  };
  const index = row === null ? null : (graph.rows[row]?.item ?? null);
  const item = index === null ? undefined : stack[index];
  const layout = useMemo(() => size && layoutOf(graph, size), [graph, size]);
  const loss = run && step > 0 ? (run.loss[step - 1] ?? null) : null;
  return (
    <>
      <div className="stack-plot" ref={ref}>
        {layout && (
          <>
            <AxisHead layout={layout} axis={props.axis} />
            <div className="stack-rows" data-focused={isFocused || undefined} onPointerLeave={() => cursor.hover(null)}>
              <StackRows {...props} layout={layout} cursor={cursor} isFrozen={isOpen} isFollowed={isFocused} />
              <LayerCursor
                network={name}
                rows={graph.rows.length}
                row={row}
                onRow={cursor.pin}
                onEdit={() => setOpen(item !== undefined)}
                wordsFor={wordsFor}
                onFocus={setFocused}
              />
              {row !== null && index !== null && item && (
                <div
                  className="stack-edit-place"
                  style={{ insetBlockStart: `clamp(0.8rem, ${(row + 0.5) * layout.rowHeight}px, 100% - 0.8rem)` }}
                >
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
              )}
            </div>
            <p className="stack-foot">
              {text.stack.loss} {loss !== null && <span className="stack-loss">{exact(loss)} </span>}
              {text.stack.gradientsFlow}
            </p>
          </>
        )}
      </div>
      <Readout
        row={row === null ? null : (graph.rows[row] ?? null)}
        values={row === null ? null : valuesOf(row)}
        shown={quantity}
      />
    </>
  );
}
