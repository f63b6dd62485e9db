import { memo, type ReactNode } from 'react';
import { css, type Rgb, ramp } from './color.ts';
import type { Tick } from './scale.ts';

export interface ColorScaleProps {
  readonly ticks: readonly Tick[];
  /** The colours from left to right. */
  readonly background?: string;
  /** Colours that are not on the scale. */
  readonly swatches?: readonly { readonly color: Rgb; readonly label: string }[];
  /** Beside them. */
  readonly children?: ReactNode;
}

/** The colours of a heat map: the scale from the axis' lowest to its highest value, and what stands beside it. */
export function ColorScale({ ticks, background = ramp, swatches = [], children }: ColorScaleProps) {
  return (
    <div className="flow at-top chart-colors">
      <Ramp ticks={ticks} background={background} />
      <div className="chart-swatches">
        {swatches.map(({ color, label }) => (
          <span key={label} className="chart-swatch">
            <span className="chart-swatch-color" style={{ background: css(color) }} /> {label}
          </span>
        ))}
      </div>
      {children}
    </div>
  );
}

const Ramp = memo(function Ramp({ ticks, background }: Required<Pick<ColorScaleProps, 'ticks' | 'background'>>) {
  return (
    <div className="chart-scale">
      <div className="chart-ramp" style={{ background }} />
      {ticks.map((tick) => (
        <span key={tick.value} className="chart-scale-tick" style={{ left: `${tick.at * 100}%` }}>
          {tick.label}
        </span>
      ))}
    </div>
  );
});
