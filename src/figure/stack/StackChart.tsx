import { useContext, useEffect, useMemo, useState } from 'react';
import { createPortal } from 'react-dom';
import { text } from '../../messages/messages.ts';
import { exact } from '../../plot/format.ts';
import { usePointing } from '../../plot/pointed.ts';
import { AxisHead } from './AxisHead.tsx';
import { ItemPopover } from './ItemPopover.tsx';
import { LayerCursor } from './LayerCursor.tsx';
import { lanes } from './lanes.ts';
import { MoreAbove, MoreBelow } from './MoreRows.tsx';
import { chartName } from './OutsideRow.tsx';
import { Readout, spoken, TappedReadout } from './Readout.tsx';
import { hiddenRows, rowHeight } from './rows.ts';
import { type RowCounts, type StackChartProps, type StackLayout, StackRows } from './StackRows.tsx';
import { useEditor } from './stackEdits.ts';
import { TappedPlaceContext } from './tapped.ts';
import { useRowCursor } from './useRowCursor.ts';
import { type Size, useSize } from './useSize.ts';
import { layerValues } from './values.ts';

/** Heights above and below the rows, in pixels, where type has its usual size. */
const HEAD = 22;
const FOOT = 22;

/** How the rows of a graph are laid out in a column. */
function layoutOf(count: number, [fewest, most]: RowCounts, size: Size): StackLayout {
  const head = HEAD * size.scale;
  const room = Math.max(0, size.height - head - FOOT * size.scale);
  const own = rowHeight(room, count);
  const heights = { own, highest: rowHeight(room, fewest), lowest: rowHeight(room, most) };
  return { head, room, rowHeight: own, lanes: lanes(size.width, heights, size.scale), ...size };
}

/** The stack as a chart: every layer a row with its live bar, and a cursor that reads and edits. */
export function StackChart(props: StackChartProps) {
  const { id, name, graph, run, step, measured, quantity } = props;
  const [ref, size] = useSize<HTMLDivElement>();
  const cursor = useRowCursor(graph.rows);
  const [isFocused, setFocused] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [scrolled, setScrolled] = useState(0);
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
  const count = graph.rows.length;
  const [fewest, most] = props.rowCounts;
  const layout = useMemo(() => size && layoutOf(count, [fewest, most], size), [count, fewest, most, size]);
  const hidden = layout && hiddenRows(scrolled, layout.room, layout.rowHeight, count);
  const tapped = useContext(TappedPlaceContext);
  const { take } = tapped;
  useEffect(() => {
    if (row !== null) take(id);
  }, [row, id, take]);
  const shownRow = row === null ? null : (graph.rows[row] ?? null);
  const read = { values: row === null ? null : valuesOf(row), shown: quantity };
  const loss = run && step > 0 ? (run.loss[step - 1] ?? null) : null;
  return (
    <>
      <div className="stack-plot" ref={ref} onScroll={(event) => setScrolled(event.currentTarget.scrollTop)}>
        {layout && hidden && (
          <>
            <AxisHead layout={layout} axis={props.axis} />
            <MoreAbove rows={hidden.above} />
            <div className="stack-rows" data-focused={isFocused || undefined} onPointerLeave={() => cursor.hover(null)}>
              <StackRows {...props} layout={layout} cursor={cursor} isFrozen={isOpen} isFollowed={isFocused} />
              <LayerCursor
                network={name}
                rows={count}
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
            <MoreBelow rows={hidden.below} />
            <p className="stack-foot">
              {text.stack.loss} {loss !== null && <span className="stack-loss">{exact(loss)} </span>}
              <span className="stack-flow">{text.stack.gradientsFlow}</span>
            </p>
          </>
        )}
      </div>
      {tapped.element ? (
        tapped.owner === id &&
        row !== null &&
        shownRow &&
        createPortal(
          <TappedReadout
            {...read}
            row={shownRow}
            id={id}
            network={name}
            onMove={(by) => cursor.pin(Math.max(0, Math.min(count - 1, row + by)))}
            onClose={() => cursor.pin(null)}
          />,
          tapped.element,
        )
      ) : (
        <div className="stack-reading">
          <Readout {...read} row={shownRow} />
        </div>
      )}
    </>
  );
}
