import { type Item, type ItemKind, itemKinds } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { AddLayerMenu } from './AddLayerMenu.tsx';
import { asKind, newItem, nextWidth, widthAt } from './itemForms.ts';
import { Refusal } from './Refusal.tsx';
import { Stepper } from './Stepper.tsx';
import { useEditor } from './stackEdits.ts';

const kindOptions = itemKinds.map((key) => ({ key, label: text.spec.items[key] }));
const strideOptions = ([1, 2] as const).map((stride) => ({ key: `${stride}`, label: text.stack.strides[stride] }));

interface ItemEditorProps {
  readonly index: number;
  readonly item: Item;
  /** After an edit that took the item away or elsewhere; `item` is the index to go on from. */
  readonly onMoved: (item: number) => void;
}

/** Everything that can be changed about one item of a stack. */
export function ItemEditor({ index, item, onMoved }: ItemEditorProps) {
  return (
    <div className="item-editor">
      <ItemFields index={index} item={item} />
      <ItemActions index={index} item={item} onMoved={onMoved} />
      <Refusal />
    </div>
  );
}

function ItemFields({ index, item }: Omit<ItemEditorProps, 'onMoved'>) {
  const { stack, set } = useEditor();
  const name = text.stack.item(item);
  return (
    <>
      <SelectField
        label={text.stack.kind}
        options={kindOptions}
        value={item.kind}
        onChange={(kind: ItemKind) => set(index, asKind(item, kind, widthAt(stack, index)))}
      />
      <div className="item-fields">
        <Labelled label={text.stack.repeat}>
          <CountStepper index={index} item={item} isTyped />
        </Labelled>
        {'width' in item && (
          <Labelled label={text.stack.width}>
            <Stepper
              label={text.stack.width}
              owner={name}
              value={String(item.width)}
              onStep={(direction) => set(index, { ...item, width: nextWidth(item.width, direction) })}
            />
          </Labelled>
        )}
        {'stride' in item && (
          <Segmented
            label={text.stack.stride}
            options={strideOptions}
            value={`${item.stride}`}
            onChange={(key) => set(index, { ...item, stride: key === '2' ? 2 : 1 })}
          />
        )}
      </div>
    </>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="field">
      <span className="field-label">{label}</span>
      {children}
    </div>
  );
}

interface CountStepperProps extends Omit<ItemEditorProps, 'onMoved'> {
  /** Whether the count can be typed, too: a list of items has its own use for keys. */
  readonly isTyped?: boolean;
}

/** How often an item is repeated. */
export function CountStepper({ index, item, isTyped = false }: CountStepperProps) {
  const { set } = useEditor();
  const setCount = (count: number) => set(index, { ...item, count });
  return (
    <Stepper
      label={text.stack.repeat}
      owner={text.stack.item(item)}
      value={isTyped ? String(item.count) : text.stack.times(item.count)}
      onStep={(direction) => setCount(item.count + direction)}
      {...(isTyped && { onType: (typed: string) => setCount(Number(typed.replace('×', ''))) })}
    />
  );
}

function ItemActions({ index, item, onMoved }: ItemEditorProps) {
  const { stack, insert, remove, move } = useEditor();
  const then = (applied: boolean, next: number) => {
    if (applied) onMoved(next);
  };
  const last = stack.length - 1;
  return (
    <div className="item-actions">
      <Button isDisabled={index === 0} onPress={() => then(move(index, index - 1), index - 1)}>
        {text.stack.up}
      </Button>
      <Button isDisabled={index === last} onPress={() => then(move(index, index + 1), index + 1)}>
        {text.stack.down}
      </Button>
      <Button onPress={() => then(insert(index + 1, item), index + 1)}>{text.stack.duplicate}</Button>
      <AddLayerMenu
        label={text.stack.addBelow}
        onAdd={(kind) => then(insert(index + 1, newItem(stack, index + 1, kind)), index + 1)}
      />
      <Button onPress={() => then(remove(index), Math.min(index, last - 1))}>{text.stack.removeShort}</Button>
    </div>
  );
}
