import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components';
import { ChevronIcon } from './icons.tsx';
import type { Option } from './Segmented.tsx';
import './field.css';
import './overlay.css';

export interface SelectFieldProps<K extends string> {
  readonly label: string;
  readonly options: readonly Option<K>[];
  readonly value: K;
  readonly onChange: (key: K) => void;
  readonly isLabelHidden?: boolean;
  readonly isDisabled?: boolean;
}

/** One choice out of a list that opens. */
export function SelectField<K extends string>(props: SelectFieldProps<K>) {
  const { label, options, value, onChange, isLabelHidden = false, isDisabled = false } = props;
  const named = isLabelHidden ? { 'aria-label': label } : {};
  return (
    <Select
      {...named}
      className="field"
      value={value}
      isDisabled={isDisabled}
      onChange={(key) => key !== null && onChange(key as K)}
    >
      {!isLabelHidden && <Label className="field-label">{label}</Label>}
      <Button className="field-input field-select">
        <SelectValue />
        <ChevronIcon />
      </Button>
      <Popover className="popover popover-list">
        <ListBox className="list" items={options}>
          {(option) => (
            <ListBoxItem id={option.key} className="list-item">
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
