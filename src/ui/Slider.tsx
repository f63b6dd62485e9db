import type { CSSProperties } from 'react';
import './slider.css';

export interface SliderProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number | 'any';
  readonly value: number;
  /** The value in words, for screen readers. */
  readonly valueText: string;
  readonly onChange: (value: number) => void;
  /** How far the track is filled, and the thumb may go; `value` where it is left out. */
  readonly reach?: number;
  readonly isDisabled?: boolean;
}

/**
 * A slider. The browser's own range input is underneath, as it takes a value text of its own: on a
 * logarithmic scale the position is not the value.
 */
export function Slider(props: SliderProps) {
  const { label, min, max, step, value, valueText, onChange, reach, isDisabled = false } = props;
  const filled = max > min ? ((reach ?? value) - min) / (max - min) : 0;
  return (
    <input
      type="range"
      className="slider"
      aria-label={label}
      aria-valuetext={valueText}
      min={min}
      max={max}
      step={step}
      value={value}
      disabled={isDisabled}
      style={{ '--filled': filled } as CSSProperties}
      onChange={(event) => onChange(Math.min(event.currentTarget.valueAsNumber, reach ?? max))}
    />
  );
}
