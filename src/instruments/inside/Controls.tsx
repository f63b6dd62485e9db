import { useMemo } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';
import { rangeText, readNumber, settingText } from '../../figure/settings/reading.ts';
import { laterText } from '../../messages/laterText.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { useClasses, useTestImages } from '../../session/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { NumberField } from '../../ui/EntryField.tsx';
import type { Option } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import type { InsideAsk, LookedAt } from './report.ts';

const words = laterText.inside;

const places = (['output', 'response'] as const).map((key) => ({ key, label: words.wheres[key] }));
const ANY = 'any';

/** What is looked at, and among which images one walks. */
export interface InsideChoice extends InsideAsk {
  readonly network: NetworkId;
  /** A class, or null for any. */
  readonly label: number | null;
}

interface InsideControlsProps {
  readonly choice: InsideChoice;
  readonly onChange: (changes: Partial<InsideChoice>) => void;
  readonly networks: readonly Option<NetworkId>[];
  readonly graph: NetworkGraph;
  /** Of the test images; null before they are known. */
  readonly labels: Uint8Array | null;
}

/** Which network, image and layer. */
export function InsideControls({ choice, onChange, networks, graph, labels }: InsideControlsProps) {
  const { network, layer, at } = choice;
  const layers = useMemo(() => layerOptions(graph), [graph]);
  return (
    <div className="row at-top">
      <SelectField
        label={words.network}
        options={networks}
        value={network}
        onChange={(key) => onChange({ network: key })}
      />
      <ImageControls choice={choice} onChange={onChange} labels={labels} />
      <SelectField
        label={words.layer}
        options={layers}
        value={String(layer)}
        onChange={(key) => onChange({ layer: Number(key) })}
      />
      <SelectField<LookedAt>
        label={words.where}
        options={places}
        value={at}
        onChange={(key) => onChange({ at: key })}
      />
    </div>
  );
}

function layerOptions({ layers, nodes }: NetworkGraph): readonly Option<string>[] {
  return layers.map(({ index, name, z }) => {
    const [height, width, channels] = nodes[z]?.shape ?? [0, 0, 0];
    return { key: String(index), label: words.layerOption(name, height, width, channels) };
  });
}

/** An image by its number, or the next one of a class. */
function ImageControls({ choice, onChange, labels }: Pick<InsideControlsProps, 'choice' | 'onChange' | 'labels'>) {
  const { image, label } = choice;
  const classes = useClasses();
  const classOptions = useMemo(
    () => [{ key: ANY, label: words.anyClass }, ...classes.map((name, index) => ({ key: String(index), label: name }))],
    [classes],
  );
  const range = { min: 1, max: useTestImages(), integer: true };
  const walk = (direction: 1 | -1) => onChange({ image: neighbour(labels ?? [], image, direction, label) });
  const chooseClass = (key: string) => {
    const chosen = key === ANY ? null : Number(key);
    const isOther = labels !== null && chosen !== null && labels[image] !== chosen;
    onChange({ label: chosen, ...(isOther && { image: neighbour(labels, image, 1, chosen) }) });
  };
  return (
    <>
      <SelectField
        label={words.classes}
        options={classOptions}
        value={label === null ? ANY : String(label)}
        onChange={chooseClass}
        isDisabled={labels === null}
      />
      <div className="in-line at-top inside-walk">
        <Button aria-label={words.previous} isDisabled={labels === null} onPress={() => walk(-1)}>
          ‹
        </Button>
        <NumberField
          label={words.image}
          range={rangeText(range)}
          value={image + 1}
          format={settingText}
          read={(typed) => readNumber(typed, range)}
          onCommit={(value) => {
            onChange({ image: value - 1 });
            return null;
          }}
        />
        <Button aria-label={words.next} isDisabled={labels === null} onPress={() => walk(1)}>
          ›
        </Button>
      </div>
    </>
  );
}

/**
 * The next image of a class, or the one before; beyond the last comes the first.
 *
 * @param labels of all images
 * @param label the class; null for any
 * @returns the same image where there is no other
 */
export function neighbour(labels: ArrayLike<number>, image: number, direction: 1 | -1, label: number | null): number {
  const count = labels.length;
  for (let steps = 1; steps < count; steps++) {
    const at = (image + direction * steps + count * steps) % count;
    if (label === null || labels[at] === label) return at;
  }
  return image;
}
