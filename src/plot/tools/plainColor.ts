/**
 * Colours as every program reads them. Browsers compute mixed colours as `oklab(…)` or `color(srgb …)`, which other
 * programs take for black or refuse, and some know no transparency inside a colour: hence six digits, and the opacity apart.
 */
import { rgb } from 'd3';

export interface PlainColor {
  /** Hexadecimal. What is no colour (`none`, `url(…)`) stays as it is. */
  readonly color: string;
  /** 0 … 1. */
  readonly opacity: number;
}

const known = new Map<string, PlainColor>();

/** A computed colour, of whatever kind. */
export function plainColor(value: string): PlainColor {
  const found = known.get(value) ?? read(value);
  known.set(value, found);
  return found;
}

/** The opacity of a computed colour: behind a slash, or the fourth number of `rgba(…)`. */
const opacityIn = /^(?:rgba\(([^,]+,[^,]+,[^,]+),|([a-z]+\([^/]+)\/)([^)]+)\)$/;

function read(value: string): PlainColor {
  if (!CSS.supports('color', value)) return { color: value, opacity: 1 };
  const [, legacy, modern, opacity] = opacityIn.exec(value) ?? [];
  // Painted without it: what is stored of a colour that hardly shows has lost digits.
  const opaque = legacy !== undefined ? `rgb(${legacy})` : modern !== undefined ? `${modern})` : value;
  return { color: painted(opaque), opacity: opacity === undefined ? 1 : Number(opacity) };
}

/** Painting is how browsers turn any colour into red, green and blue. */
function painted(color: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) return color;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return rgb(red, green, blue).formatHex();
}

/** Attributes that paint with a colour, for instance `fill` and, where it lets something through, `fill-opacity`. */
export function paint(name: 'fill' | 'stroke' | 'stop', value: string): Record<string, string | number> {
  const { color, opacity } = plainColor(value);
  return { [name === 'stop' ? 'stop-color' : name]: color, ...(opacity < 1 && { [`${name}-opacity`]: opacity }) };
}
