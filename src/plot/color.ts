/**
 * Values as colours: viridis is perceptually even and reads the same without colour vision. Signed values go from blue over
 * near white to red, which differ without colour vision, too.
 */
import { rgb } from 'd3-color';
import { interpolateRdBu, interpolateViridis } from 'd3-scale-chromatic';
import type { ValueAxis } from './axis.ts';
import { placer } from './scale.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Off the scale on purpose: neutral where viridis has hue, and red where it has none. */
export const zeroColor: Rgb = [220, 220, 220];
export const notFiniteColor: Rgb = [255, 64, 40];

const SHADES = 256;
function shadesOf(colorAt: (share: number) => string): readonly Rgb[] {
  return Array.from({ length: SHADES }, (_, index) => {
    const { r, g, b } = rgb(colorAt(index / (SHADES - 1)));
    return [r, g, b];
  });
}
const shades = shadesOf(interpolateViridis);
const signedShades = shadesOf((share) => interpolateRdBu(1 - share));

/** The colour of a position on the axis, 0 … 1. */
export function shade(at: number): Rgb {
  return shades[Math.round(at * (SHADES - 1))] ?? zeroColor;
}

/** The colour of a signed value's share of the largest magnitude, −1 … 1. */
export function signedShade(share: number): Rgb {
  return signedShades[Math.round(((share + 1) / 2) * (SHADES - 1))] ?? notFiniteColor;
}

/** The colour of a value; what lies beyond the axis has the colour of its end. */
export function colorOf(axis: ValueAxis, value: number): Rgb {
  return colorsOn(axis)(value);
}

/** The same for many values. */
export function colorsOn(axis: ValueAxis): (value: number) => Rgb {
  const placed = placer(axis);
  return (value) => {
    const { at, mark } = placed(value);
    if (mark === 'notFinite') return notFiniteColor;
    return mark === 'zero' && axis.kind === 'log' ? zeroColor : shade(at);
  };
}

export function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}

function rampOf(colorAt: (share: number) => Rgb): string {
  return `linear-gradient(to right, ${Array.from({ length: 17 }, (_, i) => css(colorAt(i / 16))).join(', ')})`;
}

/** The scales from left to right, as a CSS background. */
export const ramp = rampOf(shade);
export const signedRamp = rampOf((share) => signedShade(2 * share - 1));
