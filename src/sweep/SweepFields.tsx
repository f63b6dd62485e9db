import type { DataRef } from '../experiment/dataRef.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Result } from '../experiment/result.ts';
import { isBlockSetting, type SettingValue, trainingSettings } from '../experiment/settings.ts';
import { sweepCells } from '../experiment/sweep/cells.ts';
import {
  axisSetting,
  type Sweep,
  type SweepKind,
  sweepAxes,
  sweepKinds,
  usualValues,
} from '../experiment/sweep/sweep.ts';
import { readSeeds, readValues } from '../experiment/sweep/text.ts';
import { ChoiceControl } from '../figure/settings/ChoiceControl.tsx';
import { rangeText } from '../figure/settings/reading.ts';
import { SettingControl } from '../figure/settings/SettingControl.tsx';
import { laterText } from '../messages/laterText.ts';
import { sentence, text } from '../messages/messages.ts';
import { EntryField, type Reading } from '../ui/EntryField.tsx';

const words = laterText.sweep.fields;

export interface SweepFieldsProps {
  readonly base: Experiment;
  readonly sweep: Sweep;
  readonly onChange: (sweep: Sweep) => void;
  /** Takes the steps of every run, or returns the sentence that says why it cannot; not given where they are not to be set here. */
  readonly onSteps?: (steps: number) => string | null;
}

const kindOptions = ['both', ...sweepKinds] as const;
type KindOption = (typeof kindOptions)[number];

function readingOf<T>(result: Result<T>): Reading<T> {
  return result.ok ? { value: result.value } : { error: sentence(result.problem) };
}

function listText(values: readonly SettingValue[]): string {
  return values.join(', ');
}

/** What an axis can be set to, in words. */
function rangeOf(axis: Sweep['axis'], data?: DataRef): string {
  const setting = axisSetting(axis, data);
  switch (setting.kind) {
    case 'choice':
      return words.choices(setting.choices.map(String));
    case 'list':
      return words.lists(rangeText(setting.range), setting.usual);
    case 'number':
      return words.range(rangeText(setting.range));
  }
}

/** What varies, over which values, in which kinds of network, from which seeds. */
export function SweepFields({ base, sweep, onChange, onSteps }: SweepFieldsProps) {
  /** Takes a change whose cells can be trained, or says why it cannot be. */
  const change = (changes: Partial<Sweep>): string | null => {
    const next = { ...sweep, ...changes };
    const cells = sweepCells(base, next);
    if (!cells.ok) return sentence(cells.problem);
    onChange(next);
    return null;
  };
  /** The same for a choice. From a sweep without cells, it may take more than one choice to one that has some. */
  const choose = (changes: Partial<Sweep>): string | null => {
    if (sweepCells(base, sweep).ok) return change(changes);
    onChange({ ...sweep, ...changes });
    return null;
  };
  const kind: KindOption = sweep.kinds.length === 2 ? 'both' : (sweep.kinds[0] ?? 'both');
  return (
    <div className="sweep-fields">
      <ChoiceControl
        label={words.axis}
        options={sweepAxes.map((key) => ({ key, label: text.settings[key].label }))}
        value={sweep.axis}
        onChange={(axis) => {
          // A plain network has no blocks that would differ.
          const kinds = isBlockSetting(axis) ? (['residual'] as const) : sweep.kinds;
          return choose({ axis, values: usualValues(axis, base), kinds });
        }}
      />
      <EntryField<readonly SettingValue[]>
        label={words.values(text.settings[sweep.axis].label)}
        range={rangeOf(sweep.axis, base.training.data)}
        value={sweep.values}
        format={listText}
        read={(typed) => readingOf(readValues(sweep.axis, typed.replaceAll('−', '-'), base.training.data))}
        onCommit={(values) => change({ values })}
      />
      <ChoiceControl
        label={words.kinds}
        options={kindOptions.map((key) => ({ key, label: words.kindChoices[key] }))}
        value={kind}
        onChange={(chosen) => choose({ kinds: chosen === 'both' ? sweepKinds : [chosen satisfies SweepKind] })}
      />
      <EntryField<readonly number[]>
        label={words.seeds}
        range={words.seedsNote}
        value={sweep.seeds}
        format={listText}
        read={(typed) => readingOf(readSeeds(typed))}
        onCommit={(seeds) => change({ seeds })}
      />
      {onSteps && sweep.axis !== 'steps' && (
        <SettingControl
          words={{ ...text.settings.steps, remark: words.steps }}
          setting={trainingSettings.steps}
          value={base.training.steps}
          onChange={(steps) => onSteps(Number(steps))}
        />
      )}
    </div>
  );
}
