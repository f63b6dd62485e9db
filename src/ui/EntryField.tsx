import { useState } from 'react';
import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';
import './field.css';

/** The value of a text, or the sentence that says why it has none. */
export type Reading<T> = { readonly value: T } | { readonly error: string };

export interface EntryFieldProps<T> {
  readonly label: string;
  /** Which values are allowed, in words. */
  readonly range: string;
  /** What the value is about, in a sentence. */
  readonly meaning?: string;
  readonly value: T;
  readonly format: (value: T) => string;
  readonly read: (text: string) => Reading<T>;
  /** Takes the value, or returns the sentence that says why it cannot. */
  readonly onCommit: (value: T) => string | null;
  readonly isDisabled?: boolean;
  /** Which keys a touch screen offers. */
  readonly inputMode?: 'decimal' | 'text';
}

interface Draft {
  readonly text: string;
  readonly error: string | null;
  /** What was shown when typing began; something else from outside replaces the draft. */
  readonly over: string;
}

/**
 * A value typed as text. Enter, or leaving the field, commits it. A text that cannot be read stays in the
 * field, and the sentence that says why replaces the range, so that nothing below moves.
 */
export function EntryField<T>(props: EntryFieldProps<T>) {
  const { label, range, meaning, format, read, onCommit, isDisabled = false, inputMode = 'text' } = props;
  const value = format(props.value);
  const [typed, setTyped] = useState<Draft | null>(null);
  const draft = typed?.over === value ? typed : null;

  const type = (text: string): void => {
    const reading = read(text);
    const error = draft?.error && 'error' in reading ? reading.error : null;
    setTyped({ text, error, over: value });
  };
  const commit = (): void => {
    if (!draft) return;
    const reading = read(draft.text);
    const error = 'error' in reading ? reading.error : format(reading.value) === value ? null : onCommit(reading.value);
    setTyped(error === null ? null : { ...draft, error });
  };

  return (
    <TextField
      className="field stacked"
      value={draft?.text ?? value}
      onChange={type}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        // Escape is for the popover around the field.
        else event.continuePropagation();
      }}
      isInvalid={Boolean(draft?.error)}
      isDisabled={isDisabled}
    >
      <Label className="small strong">{label}</Label>
      <Input className="field-input" inputMode={inputMode} autoComplete="off" spellCheck={false} />
      <Text slot="description" className="field-description if-any stacked note">
        {!draft?.error && <span>{range}</span>}
        {meaning && <span className="field-meaning">{meaning}</span>}
      </Text>
      <FieldError className="field-error tiny strong">{draft?.error}</FieldError>
    </TextField>
  );
}

export type NumberFieldProps = Omit<EntryFieldProps<number>, 'inputMode'>;

/** A number typed as text. */
export function NumberField(props: NumberFieldProps) {
  return <EntryField {...props} inputMode="decimal" />;
}
