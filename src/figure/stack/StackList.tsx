import { createContext, useContext, useMemo, useState } from 'react';
import { Button as AriaButton, GridList, GridListItem, useDragAndDrop } from 'react-aria-components';
import type { Item } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import type { NetworkGraph, Row } from '../../network/graph.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Button } from '../../ui/Button.tsx';
import { DragIcon, RemoveIcon } from '../../ui/icons.tsx';
import { AddLayerMenu, CountStepper, ItemPopover } from './ItemEditor.tsx';
import { type KeyedItem, landing, newItem } from './items.ts';
import { Bars, Blocks } from './StackDrawing.tsx';
import { useEditor } from './stackEdits.tsx';
import './edit.css';

interface Live {
  readonly graph: NetworkGraph;
  readonly values: ArrayLike<number>;
  readonly axis: ValueAxis;
}

/** The list draws its items from a cache; what changes with every step reaches them through here. */
const LiveContext = createContext<Live | null>(null);

interface StackListProps extends Live {
  readonly name: string;
  readonly items: readonly KeyedItem[];
}

/** The stack as a list: its items at a size that can be taken hold of, to reorder, repeat, add and remove. */
export function StackList({ name, items, graph, values, axis }: StackListProps) {
  const { stack, move, insert } = useEditor();
  const keys = items.map(({ key }) => key);
  const { dragAndDropHooks } = useDragAndDrop<ListEntry>({
    getItems: (dragged) =>
      items.filter(({ key }) => dragged.has(key)).map(({ item }) => ({ 'text/plain': text.stack.itemInFull(item) })),
    onReorder: ({ keys: dragged, target }) => {
      const [from, to] = landing(keys, [...dragged].map(String), String(target.key), target.dropPosition === 'after');
      if (from !== to) move(from, to);
    },
  });
  const entries = useMemo(() => items.map(({ key, item }, index) => ({ id: key, item, index })), [items]);
  return (
    <div className="column stack-list">
      <p className="note">{text.stack.listHint}</p>
      <LiveContext.Provider value={{ graph, values, axis }}>
        <GridList
          className="column stack-items"
          aria-label={text.stack.list(name)}
          items={entries}
          dragAndDropHooks={dragAndDropHooks}
          keyboardNavigationBehavior="tab"
        >
          {(entry) => <StackListItem {...entry} />}
        </GridList>
      </LiveContext.Provider>
      <p className="stack-item stack-item-fixed">{text.stack.classifier}</p>
      <AddLayerMenu label={text.stack.add} onAdd={(kind) => insert(stack.length, newItem(stack, stack.length, kind))} />
    </div>
  );
}

interface ListEntry {
  readonly id: string;
  readonly item: Item;
  readonly index: number;
}

function StackListItem({ id, item, index }: ListEntry) {
  const { remove } = useEditor();
  const [isOpen, setOpen] = useState(false);
  const name = text.stack.itemInFull(item);
  return (
    <GridListItem id={id} textValue={name} className="stack-item">
      <AriaButton slot="drag" className="button button-icon stack-drag" aria-label={text.stack.drag(name)}>
        <DragIcon />
      </AriaButton>
      <ItemBlocks index={index} />
      <span className="stack-item-name strong">{text.stack.item(item)}</span>
      <div className="row stack-item-tools">
        <CountStepper index={index} item={item} />
        {/* After an edit that moves the item, focus comes back to its button. */}
        <ItemPopover index={index} item={item} isOpen={isOpen} onOpenChange={setOpen} onMoved={() => setOpen(false)} />
        <Button look="icon" aria-label={text.stack.remove(name)} onPress={() => remove(index)}>
          <RemoveIcon />
        </Button>
      </div>
      <ItemBars index={index} />
    </GridListItem>
  );
}

const BLOCKS = { from: 12, to: 40 };
const SHORTCUTS = { from: 0, to: 12 };
const BARS = { from: 0, to: 100 };
/** Pixels that the rows of one item share in the list. */
const ITEM_HEIGHT = 48;
const MAX_LIST_ROW = 12;

/** The rows of one item, numbered from its own first. */
function useItemRows(index: number) {
  const live = useContext(LiveContext);
  const all = live?.graph.rows ?? [];
  const first = all.findIndex((row) => row.item === index);
  const rows = all
    .filter((row) => row.item === index)
    .map((row): Row => ({ ...row, shortcutTo: row.shortcutTo === null ? null : row.shortcutTo - first }));
  const rowHeight = Math.min(MAX_LIST_ROW, Math.max(2, ITEM_HEIGHT / Math.max(1, rows.length)));
  return { live, rows, rowHeight, height: rowHeight * rows.length };
}

function ItemBlocks({ index }: { readonly index: number }) {
  const { rows, rowHeight, height } = useItemRows(index);
  return (
    <svg className="stack-item-blocks" width={BLOCKS.to} height={height} aria-hidden="true">
      <Blocks rows={rows} rowHeight={rowHeight} blocks={BLOCKS} shortcuts={SHORTCUTS} />
    </svg>
  );
}

function ItemBars({ index }: { readonly index: number }) {
  const { live, rows, rowHeight, height } = useItemRows(index);
  if (!live) return null;
  const measured = rows.flatMap((row, at) => (row.layer === null ? [] : [{ at, value: live.values[row.layer] }]));
  const values = measured.flatMap(({ value }) => (value === undefined ? [] : [value]));
  return (
    <svg
      className="stack-item-bars"
      height={height}
      viewBox={`0 0 ${BARS.to} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <Bars values={values} rowOf={measured.map(({ at }) => at)} axis={live.axis} rowHeight={rowHeight} lane={BARS} />
    </svg>
  );
}
