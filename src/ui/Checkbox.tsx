import './field.css';

export interface CheckboxProps {
  /** The accessible name. */
  readonly label: string;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}

/** A checkbox that stands beside what it chooses. */
export function Checkbox({ label, isSelected, onChange, isDisabled = false }: CheckboxProps) {
  return (
    <input
      type="checkbox"
      className="checkbox"
      aria-label={label}
      checked={isSelected}
      disabled={isDisabled}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
