/**
 * A chart's figure as one SVG drawing. Charts are SVG and canvas inside HTML, which holds titles and legends; here
 * everything that is seen is written down where it is seen: text as text, canvases as pictures, backgrounds as
 * rectangles. So the drawing needs no second description of any chart.
 */
import { rgb } from 'd3-color';

/**
 * A colour as every program reads it. Browsers compute mixed colours as `oklab(…)` or `color(srgb …)`, which other
 * programs take for black or refuse, and some know no transparency inside a colour: hence six digits, and the opacity apart.
 */
interface PlainColor {
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

/** The looks of drawn elements are written onto copies of them, as an SVG file has no style sheet of the page. */
const properties = [
  'fill-opacity',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'shape-rendering',
  'font-size',
  'font-weight',
  'text-anchor',
  'dominant-baseline',
] as const;

function writeStyle(from: Element, to: Element): void {
  const computed = getComputedStyle(from);
  to.removeAttribute('class');
  to.removeAttribute('style');
  for (const property of properties) {
    const value = computed.getPropertyValue(property);
    if (value !== '') to.setAttribute(property, value);
  }
  for (const property of ['fill', 'stroke'] as const) {
    const { color, opacity } = plainColor(computed.getPropertyValue(property));
    to.setAttribute(property, color);
    if (opacity < 1) {
      const own = Number(computed.getPropertyValue(`${property}-opacity`));
      to.setAttribute(`${property}-opacity`, String(own * opacity));
    }
  }
}

/** A copy of an SVG element with everything in it, which looks the same without the page. */
function styledCopy(original: SVGElement): SVGElement {
  const copy = original.cloneNode(true) as SVGElement;
  const sources = [original, ...original.querySelectorAll('*')];
  const targets = [copy, ...copy.querySelectorAll('*')];
  for (const [index, source] of sources.entries()) {
    const target = targets[index];
    if (target) writeStyle(source, target);
  }
  return copy;
}

const SVG = 'http://www.w3.org/2000/svg';

/** Not part of the picture: controls, but for those that are what is shown, and what is there for screen readers only. */
const left = 'button:not([data-export="yes"]), .chart-actions, .visually-hidden, [data-export="no"]';

/** What is drawn, and where the figure's corner is on the screen. */
interface Canvas {
  readonly group: SVGGElement;
  readonly x: number;
  readonly y: number;
  /** How far down it goes from the corner, backgrounds left out: a figure may be higher than what is in it. */
  bottom: number;
}

/** A figure as it is seen, in a group whose corner is the figure's, and the height that is drawn on, in pixels. */
export interface Drawing {
  readonly group: SVGGElement;
  readonly height: number;
}

type Attributes = Readonly<Record<string, string | number>>;

export function svgElement(name: string, attributes: Attributes): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

const round = (value: number) => Math.round(value * 100) / 100;

function placed({ x, y }: Canvas, box: DOMRect): { x: number; y: number; width: number; height: number } {
  return { x: round(box.left - x), y: round(box.top - y), width: round(box.width), height: round(box.height) };
}

function reach(canvas: Canvas, { bottom }: DOMRect): void {
  canvas.bottom = Math.max(canvas.bottom, bottom - canvas.y);
}

/** One line of text inside a text node. */
interface Line {
  text: string;
  readonly box: DOMRect;
}

/** Words are gathered into the lines that the browser has broken them into. */
function linesOf(node: Text): Line[] {
  const lines: Line[] = [];
  const range = document.createRange();
  for (const { 0: word, index } of node.data.matchAll(/\S+\s*/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.trimEnd().length);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const last = lines.at(-1);
    if (last && Math.abs(last.box.top - box.top) < 2) last.text += word;
    else lines.push({ text: word, box });
  }
  return lines;
}

function drawText(canvas: Canvas, node: Text): void {
  const parent = node.parentElement;
  if (!parent) return;
  const style = getComputedStyle(parent);
  for (const { text, box } of linesOf(node)) {
    const { x, y, height } = placed(canvas, box);
    reach(canvas, box);
    const line = svgElement('text', {
      x,
      // The middle of the line's box is about the middle of its letters.
      y: round(y + height / 2),
      'dominant-baseline': 'central',
      ...paint('fill', style.color),
      'font-size': style.fontSize,
      'font-weight': style.fontWeight,
    });
    line.textContent = text.trimEnd();
    canvas.group.append(line);
  }
}

function drawSvg(canvas: Canvas, original: SVGSVGElement): void {
  const copy = styledCopy(original);
  const box = original.getBoundingClientRect();
  reach(canvas, box);
  for (const [key, value] of Object.entries(placed(canvas, box))) copy.setAttribute(key, String(value));
  canvas.group.append(copy);
}

function drawPixels(canvas: Canvas, picture: HTMLCanvasElement): void {
  if (picture.width === 0 || picture.height === 0) return;
  const box = picture.getBoundingClientRect();
  reach(canvas, box);
  const image = svgElement('image', {
    ...placed(canvas, box),
    href: picture.toDataURL('image/png'),
    preserveAspectRatio: 'none',
    style: 'image-rendering: pixelated',
  });
  canvas.group.append(image);
}

/** A ramp of colours, as its stops; they are evenly spaced. */
function gradientOf(background: string): SVGElement | null {
  const [, listed] = /^linear-gradient\(to right, (.*)\)$/.exec(background) ?? [];
  const stops = listed?.match(/[a-z]+\([^)]*\)/g);
  if (!stops) return null;
  const gradient = svgElement('linearGradient', { id: `ramp-${stops.length}` });
  for (const [index, color] of stops.entries()) {
    gradient.append(svgElement('stop', { offset: round(index / (stops.length - 1)), ...paint('stop', color) }));
  }
  return gradient;
}

function drawBackground(canvas: Canvas, element: HTMLElement): void {
  const { backgroundColor, backgroundImage } = getComputedStyle(element);
  const gradient = gradientOf(backgroundImage);
  if (!gradient && plainColor(backgroundColor).opacity === 0) return;
  if (gradient) canvas.group.append(gradient);
  const fill = paint('fill', gradient ? `url(#${gradient.id})` : backgroundColor);
  canvas.group.append(svgElement('rect', { ...placed(canvas, element.getBoundingClientRect()), ...fill }));
}

function drawNode(canvas: Canvas, node: Node): void {
  if (node instanceof Text) drawText(canvas, node);
  if (!(node instanceof Element) || node.matches(left)) return;
  if (node instanceof SVGSVGElement) drawSvg(canvas, node);
  else if (node instanceof HTMLCanvasElement) drawPixels(canvas, node);
  // A slider may lie over what it reads, unseen; it has a background all the same.
  else if (node instanceof HTMLElement && getComputedStyle(node).opacity !== '0') {
    drawBackground(canvas, node);
    for (const child of node.childNodes) drawNode(canvas, child);
  }
}

/** Everything that is seen of an element. */
export function drawingOf(element: HTMLElement): Drawing {
  const { left: x, top: y } = element.getBoundingClientRect();
  const canvas: Canvas = { group: svgElement('g', {}) as SVGGElement, x, y, bottom: 0 };
  drawNode(canvas, element);
  return { group: canvas.group, height: canvas.bottom };
}
