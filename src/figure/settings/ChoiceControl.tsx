import { useState } from 'react';
import { SelectField, type SelectFieldProps } from '../../ui/SelectField.tsx';

export interface ChoiceControlProps<K extends string> extends Omit<SelectFieldProps<K>, 'onChange' | 'error'> {
  /** Takes the choice, or returns the sentence that says why it cannot. */
  readonly onChange: (key: K) => string | null;
}

/** A list of choices that says so when one of them cannot be taken, until another is. */
export function ChoiceControl<K extends string>({ onChange, ...props }: ChoiceControlProps<K>) {
  const [refused, setRefused] = useState<{ readonly error: string | null; readonly at: K } | null>(null);
  const error = refused?.at === props.value ? refused.error : null;
  return (
    <SelectField {...props} error={error} onChange={(key) => setRefused({ error: onChange(key), at: props.value })} />
  );
}
