import { listNumbers, type Setting, type SettingValue } from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { EntryField, NumberField } from '../../ui/EntryField.tsx';
import { ChoiceControl } from './ChoiceControl.tsx';
import { rangeText, readList, readNumber, settingText } from './reading.ts';

export interface SettingControlProps {
  readonly setting: Setting;
  readonly words: {
    readonly label: string;
    /** What it is and what it changes, in one sentence. */
    readonly meaning: string;
    /** By their value. */
    readonly choices?: Readonly<Record<string, string>>;
    /** Said after the range. */
    readonly remark?: string;
    /** Said instead, where it is of no use. */
    readonly unused?: string;
  };
  readonly value: SettingValue;
  /** Takes the value, or returns the sentence that says why it cannot. */
  readonly onChange: (value: SettingValue) => string | null;
  readonly isUnused?: boolean;
}

/** The control of one entry of the settings table: a choice, or a number or several with their range. */
export function SettingControl({ setting, words, value, onChange, isUnused = false }: SettingControlProps) {
  const { label, meaning, choices } = words;
  const remark = isUnused ? words.unused : words.remark;
  if (setting.kind === 'choice') {
    const options = setting.choices.map((choice) => ({
      key: String(choice),
      label: choices?.[choice] ?? String(choice),
    }));
    return (
      <ChoiceControl
        label={label}
        meaning={meaning}
        options={options}
        value={String(value)}
        isDisabled={isUnused}
        onChange={(key) => {
          const chosen = setting.choices.find((choice) => String(choice) === key);
          return chosen === undefined ? null : onChange(chosen);
        }}
      />
    );
  }
  const { range } = setting;
  if (setting.kind === 'list') {
    return (
      <EntryField
        label={label}
        meaning={meaning}
        range={[rangeText(range), remark].filter(Boolean).join('; ')}
        value={String(value)}
        format={(list) => listNumbers(list).join(', ')}
        read={(typed) => readList(typed, setting)}
        onCommit={onChange}
        isDisabled={isUnused}
      />
    );
  }
  const remarks = [
    rangeText(range),
    remark ?? (range.min === 0 && !range.integer && !range.above && text.app.settings.off),
  ];
  return (
    <NumberField
      label={label}
      meaning={meaning}
      range={remarks.filter(Boolean).join('; ')}
      value={Number(value)}
      format={settingText}
      read={(typed) => readNumber(typed, range)}
      onCommit={onChange}
      isDisabled={isUnused}
    />
  );
}
