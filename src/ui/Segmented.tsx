import { Label, Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import './segmented.css';

export interface Option<K extends string> {
  readonly key: K;
  readonly label: string;
}

export interface SegmentedProps<K extends string> {
  readonly label: string;
  readonly options: readonly Option<K>[];
  /** Null where nothing has been chosen yet. */
  readonly value: K | null;
  readonly onChange: (key: K) => void;
  readonly isLabelHidden?: boolean;
}

/** One of a few options, all in sight: a radio group drawn as joined buttons. */
export function Segmented<K extends string>({ label, options, value, onChange, isLabelHidden }: SegmentedProps<K>) {
  const named = isLabelHidden ? { 'aria-label': label } : {};
  return (
    <RadioGroup
      {...named}
      className="segmented stacked"
      orientation="horizontal"
      value={value}
      onChange={(key) => onChange(key as K)}
    >
      {!isLabelHidden && <Label className="small strong">{label}</Label>}
      <div className="flow segmented-options">
        {options.map((option) => (
          <Radio key={option.key} value={option.key} className="segmented-option">
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
