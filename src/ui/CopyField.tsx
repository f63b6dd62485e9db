import { Input, Label, TextField } from 'react-aria-components';
import './field.css';

export interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
}

/** A text that is there to be copied: focusing it selects it. */
export function CopyField({ label, value }: CopyFieldProps) {
  return (
    <TextField className="field stacked" value={value} isReadOnly autoFocus>
      <Label className="small strong">{label}</Label>
      <Input className="field-input" onFocus={(event) => event.currentTarget.select()} />
    </TextField>
  );
}
