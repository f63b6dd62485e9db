import { setFamily, setLayers, setWidth } from '../../experiment/edit.ts';
import type { Item } from '../../experiment/experiment.ts';
import {
  type Family,
  type FamilyKind,
  familyKinds,
  familyLayers,
  type PresetName,
  presetNames,
  recognizeFamily,
} from '../../experiment/families.ts';
import { familyWidthSetting } from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { useEdit } from '../../session/hooks.ts';
import { NumberField } from '../../ui/EntryField.tsx';
import { ChoiceControl } from '../settings/ChoiceControl.tsx';
import { rangeText, readNumber, settingText } from '../settings/reading.ts';

const words = text.app.networks;
const { settings } = text;

/** More stops than this are typed instead of chosen from a list. */
const LONGEST_LIST = 20;
/** Stands for a stack that is no family. */
const CUSTOM = 'custom';

const labels: Readonly<Record<PresetName, Partial<Record<FamilyKind, string>>>> = words.families;

const families = presetNames.flatMap((preset) =>
  familyKinds.flatMap((kind) => {
    const label = labels[preset][kind];
    return label === undefined ? [] : [{ key: `${preset} ${kind}`, preset, kind, label }];
  }),
);

/** What a change of family starts from where the stack is none: He et al.'s depth 20. */
const fallback: Family = { preset: 't7', kind: 'plain', layers: 20, width: familyWidthSetting.usual };

/** The family with its number of layers moved to the nearest that the family has. */
function nearest(family: Family): Family {
  const possible = familyLayers(family.preset, family.kind);
  const layers = possible.reduce((best, n) =>
    Math.abs(n - family.layers) < Math.abs(best - family.layers) ? n : best,
  );
  return { ...family, layers };
}

export interface FamilyControlsProps {
  readonly index: number;
  readonly stack: readonly Item[];
}

/** Family, depth and width: three numbers from which a whole stack follows. */
export function FamilyControls({ index, stack }: FamilyControlsProps) {
  const edit = useEdit();
  const family = recognizeFamily(stack);
  const custom = family ? [] : [{ key: CUSTOM, label: words.customStack }];
  return (
    <>
      <div className="whole-line">
        <ChoiceControl
          {...settings.family}
          options={[...custom, ...families]}
          value={family ? `${family.preset} ${family.kind}` : CUSTOM}
          onChange={(chosen) => {
            const found = families.find(({ key }) => key === chosen);
            if (!found) return null;
            const { preset, kind } = found;
            return edit((experiment) =>
              setFamily(experiment, index, nearest({ ...(family ?? fallback), preset, kind })),
            );
          }}
        />
      </div>
      {family ? (
        <>
          <LayersControl index={index} family={family} />
          <NumberField
            {...settings.width}
            range={rangeText(familyWidthSetting.range)}
            value={family.width}
            format={settingText}
            read={(typed) => readNumber(typed, familyWidthSetting.range)}
            onCommit={(width) => edit((experiment) => setWidth(experiment, index, width))}
          />
        </>
      ) : (
        <p className="note whole-line">{words.customFamily}</p>
      )}
    </>
  );
}

function LayersControl({ index, family }: { readonly index: number; readonly family: Family }) {
  const edit = useEdit();
  const about = family.kind.startsWith('base') ? settings.added : settings.depth;
  const possible = familyLayers(family.preset, family.kind);
  const change = (layers: number) => edit((experiment) => setLayers(experiment, index, layers));
  if (possible.length <= LONGEST_LIST) {
    return (
      <ChoiceControl
        {...about}
        options={possible.map((layers) => ({ key: String(layers), label: String(layers) }))}
        value={String(family.layers)}
        onChange={(chosen) => change(Number(chosen))}
      />
    );
  }
  const range = { min: Math.min(...possible), max: Math.max(...possible), integer: true };
  return (
    <NumberField
      {...about}
      range={rangeText(range)}
      value={family.layers}
      format={settingText}
      read={(typed) => readNumber(typed, range)}
      onCommit={change}
    />
  );
}
