/** Values as colours: viridis is perceptually even and reads the same without colour vision. */
import { interpolateViridis, rgb } from 'd3';
import type { ValueAxis } from './axis.ts';
import { placer } from './place.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Off the scale on purpose: neutral where viridis has hue, and red where it has none. */
export const zeroColor: Rgb = [220, 220, 220];
export const notFiniteColor: Rgb = [255, 64, 40];

const SHADES = 256;
const shades: readonly Rgb[] = Array.from({ length: SHADES }, (_, index) => {
  const { r, g, b } = rgb(interpolateViridis(index / (SHADES - 1)));
  return [r, g, b];
});

/** The colour of a position on the axis, 0 … 1. */
export function shade(at: number): Rgb {
  return shades[Math.round(at * (SHADES - 1))] ?? zeroColor;
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

/** The scale from left to right, as a CSS background. */
export const ramp = `linear-gradient(to right, ${Array.from({ length: 17 }, (_, i) => css(shade(i / 16))).join(', ')})`;
