import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Option } from './Segmented.tsx';
import './toggles.css';

export interface TogglesProps<K extends string> {
  readonly label: string;
  readonly options: readonly Option<K>[];
  readonly value: readonly K[];
  /** Told what is on, in the options' order. */
  readonly onChange: (keys: readonly K[]) => void;
}

/** Any number of choices out of a few that are all in sight: buttons that stay pressed. A sign, always as wide, says which are. */
export function Toggles<K extends string>({ label, options, value, onChange }: TogglesProps<K>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className="toggles"
      selectionMode="multiple"
      selectedKeys={value}
      onSelectionChange={(keys) => onChange(options.map(({ key }) => key).filter((key) => keys.has(key)))}
    >
      {options.map((option) => (
        <ToggleButton key={option.key} id={option.key} className="toggle">
          {({ isSelected }) => (
            <>
              <span className="toggle-sign" aria-hidden="true">
                {isSelected ? '✓' : '+'}
              </span>
              {option.label}
            </>
          )}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
