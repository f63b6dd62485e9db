import type { Look } from '../network.ts';

/** The mark of a series, in colour and shape, at a place in a plot. */
export function Shape({ look, x, y }: { readonly look: Look; readonly x: number; readonly y: number }) {
  return <path className="chart-shape" d={look.shape} fill={look.color} transform={`translate(${x},${y})`} />;
}

/** The same in a line of text. */
export function ShapeKey({ look }: { readonly look: Look }) {
  return (
    <svg className="chart-key-shape" viewBox="-6 -6 12 12" aria-hidden="true">
      <path d={look.shape} fill={look.color} />
    </svg>
  );
}

/** A cross where a run diverged. */
export function Cross({ look, x, y }: { readonly look: Look; readonly x: number; readonly y: number }) {
  return (
    <path className="chart-cross" d="M-4,-4l8,8m0,-8l-8,8" stroke={look.color} transform={`translate(${x},${y})`} />
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
