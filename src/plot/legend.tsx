import { memo, type ReactNode } from 'react';
import { css, type Rgb, ramp } from './color.ts';
import type { Look } from './looks.ts';
import type { Tick } from './scale.ts';

export interface ColorScaleProps {
  readonly ticks: readonly Tick[];
  /** The colours from left to right. */
  readonly background?: string;
  /** Colours that are not on the scale. */
  readonly swatches: readonly { readonly color: Rgb; readonly label: string }[];
  /** Beside them. */
  readonly children?: ReactNode;
}

/** The colours of a heat map: the scale from the axis' lowest to its highest value, and what stands beside it. */
export function ColorScale({ ticks, background = ramp, swatches, children }: ColorScaleProps) {
  return (
    <div className="chart-colors">
      <Scale ticks={ticks} background={background} />
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

const Scale = memo(function Scale({ ticks, background }: Required<Pick<ColorScaleProps, 'ticks' | 'background'>>) {
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

/** The shape of a series in a line of text. */
export function ShapeKey({ look }: { readonly look: Look }) {
  return (
    <svg className="chart-key-shape" viewBox="-6 -6 12 12" aria-hidden="true">
      <path d={look.shape} fill={look.color} />
    </svg>
  );
}

/** Lines whose pattern says what they are; each has a class of this name. */
type LineKind = 'train' | 'test' | 'fit' | 'theory' | 'chance' | 'white' | 'brown' | 'pin-1' | 'pin-2' | 'pin-3';

/** A piece of line as a key to its pattern. */
export function LineKey({ kind }: { readonly kind: LineKind }) {
  return (
    <svg className="chart-key-line" viewBox="0 0 18 10" aria-hidden="true">
      <path className={`chart-line chart-line-${kind}`} d="M1,5H17" stroke="currentColor" />
    </svg>
  );
}
