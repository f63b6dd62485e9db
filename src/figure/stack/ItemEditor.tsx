import { useState } from 'react';
import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import { type Item, type ItemKind, itemKinds, type Kernel } from '../../experiment/experiment.ts';
import { networkSettings } from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { AddIcon, EditIcon, LessIcon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/MenuButton.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { asKind, newItem, nextWidth, widthAt, withKernel } from './items.ts';
import { Refusal, useEditor } from './stackEdits.tsx';
import '../../ui/overlay.css';
import './edit.css';

interface ItemPopoverProps {
  readonly index: number;
  readonly item: Item;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** After an edit that took the item away or elsewhere. */
  readonly onMoved: (item: number) => void;
  readonly className?: string;
}

/** Where there is no room for the editor beside its item: it would be as wide as what is left there. */
const narrow = () => matchMedia('(width < 48rem)');

/** A button that opens the editor of an item beside itself, or on a narrow page below. */
export function ItemPopover({ index, item, isOpen, onOpenChange, onMoved, className = '' }: ItemPopoverProps) {
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
      <Button
        look="icon"
        className={`item-edit ${className}`}
        aria-label={text.stack.editItem(text.stack.itemInFull(item))}
      >
        <EditIcon />
      </Button>
      <Popover className="popover" placement={narrow().matches ? 'bottom start' : 'right top'} offset={8}>
        <Dialog className="popover-dialog">
          <Heading slot="title" level={4} className="popover-title">
            {text.stack.item(item)}
          </Heading>
          <ItemEditor
            index={index}
            item={item}
            onMoved={(next) => {
              onOpenChange(false);
              onMoved(next);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

const kindOptions = itemKinds.map((key) => ({ key, label: text.spec.items[key].label }));
const strideOptions = ([1, 2] as const).map((stride) => ({ key: `${stride}`, label: text.stack.strides[stride] }));

const kernels = networkSettings.kernel.choices;

/** @param ofNetwork what an item has that does not say its own */
function kernelOptions(ofNetwork: Kernel) {
  const own = kernels.map((kernel) => ({ key: `${kernel}`, label: text.stack.kernels(kernel) }));
  return [{ key: 'network', label: text.stack.kernelOfNetwork(ofNetwork) }, ...own];
}

interface ItemEditorProps {
  readonly index: number;
  readonly item: Item;
  /** After an edit that took the item away or elsewhere; `item` is the index to go on from. */
  readonly onMoved: (item: number) => void;
}

/** Everything that can be changed about one item of a stack. */
function ItemEditor({ index, item, onMoved }: ItemEditorProps) {
  return (
    <div className="column item-editor">
      <ItemFields index={index} item={item} />
      <ItemActions index={index} item={item} onMoved={onMoved} />
      <Refusal />
    </div>
  );
}

function ItemFields({ index, item }: Omit<ItemEditorProps, 'onMoved'>) {
  const { stack, kernel, set } = useEditor();
  const name = text.stack.item(item);
  return (
    <>
      <SelectField
        label={text.stack.kind}
        meaning={text.spec.items[item.kind].meaning}
        options={kindOptions}
        value={item.kind}
        onChange={(kind: ItemKind) => set(index, asKind(item, kind, widthAt(stack, index)))}
      />
      <div className="row">
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
          <SelectField
            label={text.stack.kernel}
            meaning={text.settings.kernel.meaning}
            options={kernelOptions(kernel)}
            value={`${item.kernel ?? 'network'}`}
            onChange={(key) =>
              set(
                index,
                withKernel(
                  item,
                  kernels.find((known) => key === `${known}`),
                ),
              )
            }
          />
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
      {'width' in item && <p className="note">{'stride' in item ? text.stack.widthAndStride : text.stack.widthOnly}</p>}
    </>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="field stacked">
      <span className="small strong">{label}</span>
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
    <div className="row">
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

const kindsByGroup = {
  layers: ['conv', 'dirac', 'identity', 'dense'],
  blocks: ['plain', 'residual', 'zeroresidual'],
  pools: ['maxpool', 'avgpool'],
} as const satisfies Record<keyof typeof text.stack.addGroups, readonly ItemKind[]>;

const groupKeys = ['layers', 'blocks', 'pools'] as const;

const groups = groupKeys.map((key) => ({
  key,
  label: text.stack.addGroups[key],
  entries: kindsByGroup[key].map((kind) => ({ key: kind, label: text.spec.items[kind].label })),
}));
const kinds = groupKeys.flatMap((key): readonly ItemKind[] => kindsByGroup[key]);

interface AddLayerMenuProps {
  readonly label: string;
  readonly onAdd: (kind: ItemKind) => void;
}

/** A button that opens the kinds of items that a stack is made of. */
export function AddLayerMenu({ label, onAdd }: AddLayerMenuProps) {
  return (
    <MenuButton
      face={
        <>
          <AddIcon />
          {label}
        </>
      }
      groups={groups}
      onChoose={(key) => {
        const kind = kinds.find((known) => known === key);
        if (kind) onAdd(kind);
      }}
    />
  );
}

interface StepperProps {
  /** What is counted, for instance "Width". */
  readonly label: string;
  /** Whose it is, for screen readers, where several steppers are in sight. */
  readonly owner: string;
  readonly value: string;
  /** Values beyond the limits are refused with a sentence, so the buttons never go dead under a finger. */
  readonly onStep: (direction: -1 | 1) => void;
  /** Takes what was typed in place of the value; without it, the value can only be stepped. */
  readonly onType?: (typed: string) => void;
}

/** A value between a button for less and one for more. */
function Stepper({ label, owner, value, onStep, onType }: StepperProps) {
  return (
    <div className="stepper">
      <Button look="icon" aria-label={text.stack.ofItem(text.stack.less(label), owner)} onPress={() => onStep(-1)}>
        <LessIcon />
      </Button>
      {onType ? (
        <Typed name={text.stack.ofItem(label, owner)} value={value} onType={onType} />
      ) : (
        <output className="stepper-value">{value}</output>
      )}
      <Button look="icon" aria-label={text.stack.ofItem(text.stack.more(label), owner)} onPress={() => onStep(1)}>
        <AddIcon />
      </Button>
    </div>
  );
}

interface TypedProps {
  readonly name: string;
  readonly value: string;
  readonly onType: (typed: string) => void;
}

/** A value that counts once Enter is pressed or the field is left. */
function Typed({ name, value, onType }: TypedProps) {
  /** Counts until the value is another one. */
  const [draft, setDraft] = useState<{ readonly text: string; readonly over: string } | null>(null);
  const typed = draft?.over === value ? draft.text : value;
  const commit = () => {
    if (typed !== value) onType(typed);
  };
  return (
    <input
      className="stepper-value stepper-typed"
      aria-label={name}
      inputMode="numeric"
      autoComplete="off"
      value={typed}
      onChange={(event) => setDraft({ text: event.target.value, over: value })}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  );
}
