import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Option } from './Segmented.tsx';
import './toggles.css';

export interface TogglesProps<K extends string> {
  readonly label: string;
  readonly options: readonly Option<K>[];
  readonly value: readonly K[];
  /** Gets the keys that are on, in the options' order. */
  readonly onChange: (keys: readonly K[]) => void;
}

/** Buttons that stay pressed: any number of a few options. A sign of constant width marks the pressed ones. */
export function Toggles<K extends string>({ label, options, value, onChange }: TogglesProps<K>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      className="flow toggles"
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
