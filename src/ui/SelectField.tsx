import {
  Button,
  FieldError,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components';
import { ChevronIcon } from './icons.tsx';
import type { Option } from './Segmented.tsx';
import './field.css';
import './overlay.css';

export interface SelectFieldProps<K extends string> {
  readonly label: string;
  readonly options: readonly Option<K>[];
  readonly value: K;
  readonly onChange: (key: K) => void;
  /** What the choice is about, in a sentence. */
  readonly meaning?: string;
  /** Why the last choice was not taken, in words. */
  readonly error?: string | null;
  readonly isLabelHidden?: boolean;
  readonly isDisabled?: boolean;
}

/** One option of a list that opens. */
export function SelectField<K extends string>(props: SelectFieldProps<K>) {
  const { label, options, value, onChange, meaning, isLabelHidden = false, isDisabled = false, error = null } = props;
  const named = isLabelHidden ? { 'aria-label': label } : {};
  return (
    <Select
      {...named}
      className="field stacked"
      value={value}
      isDisabled={isDisabled}
      isInvalid={error !== null}
      onChange={(key) => key !== null && key !== value && onChange(key as K)}
    >
      {!isLabelHidden && <Label className="small strong">{label}</Label>}
      <Button className="field-input field-select">
        <SelectValue />
        <ChevronIcon />
      </Button>
      {meaning && (
        <Text slot="description" className="field-meaning note">
          {meaning}
        </Text>
      )}
      <FieldError className="field-error tiny strong">{error}</FieldError>
      <Popover className="popover popover-list">
        <ListBox className="list" items={options}>
          {(option) => (
            <ListBoxItem id={option.key} className="list-item small">
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}
