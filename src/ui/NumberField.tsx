import { EntryField, type EntryFieldProps } from './EntryField.tsx';

export type NumberFieldProps = Omit<EntryFieldProps<number>, 'inputMode'>;

/** A number typed as text. */
export function NumberField(props: NumberFieldProps) {
  return <EntryField {...props} inputMode="decimal" />;
}
