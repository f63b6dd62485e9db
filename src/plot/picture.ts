/** Pictures of a chart that stand on their own: with its title, and below it where its figures come from. */
import { drawingOf, paint, svgElement } from './drawing.ts';

export interface PictureText {
  readonly title: string;
  /** What the chart shows, in a sentence. */
  readonly summary: string;
  /** Where its figures come from. */
  readonly about: readonly string[];
}

const MARGIN = 16;
const LINE_HEIGHT = 15;
const FONT_SIZE = 11;
const NARROWEST = 420;

/**
 * Breaks a line behind spaces, commas and the `&` of links where it is longer than `most`.
 *
 * @param lengthOf a piece of the line, in the unit of `most`; no shorter for a longer piece
 */
export function wrapped(line: string, most: number, lengthOf: (piece: string) => number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (lengthOf(rest) > most) {
    const fitting = longestPrefix(rest, most, lengthOf);
    const at = Math.max(...[' ', '&', ','].map((mark) => rest.lastIndexOf(mark, fitting - 1)));
    const end = at > fitting / 3 ? at + 1 : fitting;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end);
  }
  return [...lines, rest];
}

/** How many characters of a line fit, at least one. */
function longestPrefix(line: string, most: number, lengthOf: (piece: string) => number): number {
  let [fits, over] = [1, line.length];
  while (over - fits > 1) {
    const middle = Math.floor((fits + over) / 2);
    if (lengthOf(line.slice(0, middle)) <= most) fits = middle;
    else over = middle;
  }
  return fits;
}

/** Measures lines as the footer draws them, in pixels. */
function footerRuler(fontFamily: string): (line: string) => number {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return (line) => line.length * FONT_SIZE;
  context.font = `${FONT_SIZE}px ${fontFamily}`;
  return (line) => context.measureText(line).width;
}

/** An element as it stands, as an SVG document of its size. */
export function svgOf(element: HTMLElement, title: string, summary: string): string {
  const { width, height } = element.getBoundingClientRect();
  const svg = sheet(width, height, element, { title, desc: summary });
  svg.append(drawingOf(element).group);
  return new XMLSerializer().serializeToString(svg);
}

const rootStyle = () => getComputedStyle(document.documentElement);

/** An empty document on the page's paper, in the type of an element. */
function sheet(width: number, height: number, like: HTMLElement, words: { title: string; desc: string }): SVGElement {
  const svg = svgElement('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': getComputedStyle(like).fontFamily,
    role: 'img',
  });
  for (const [name, content] of Object.entries(words)) {
    svg.append(Object.assign(svgElement(name, {}), { textContent: content }));
  }
  const paper = paint('fill', rootStyle().getPropertyValue('--panel').trim() || '#ffffff');
  svg.append(svgElement('rect', { width, height, ...paper }));
  return svg;
}

/** A chart's figure as an SVG document. */
export function svgPicture(figure: HTMLElement, { title, summary, about }: PictureText): string {
  const box = figure.getBoundingClientRect();
  const style = getComputedStyle(figure);
  const width = Math.max(NARROWEST, Math.ceil(box.width)) + 2 * MARGIN;
  const lengthOf = footerRuler(style.fontFamily);
  const lines = about.flatMap((line) => wrapped(line, width - 2 * MARGIN, lengthOf));
  const drawing = drawingOf(figure);
  const footer = MARGIN + Math.ceil(drawing.height) + MARGIN;
  const height = footer + lines.length * LINE_HEIGHT + MARGIN;
  const svg = sheet(width, height, figure, { title, desc: [summary, ...about].join('\n') });
  drawing.group.setAttribute('transform', `translate(${MARGIN},${MARGIN})`);
  svg.append(drawing.group);
  const ink = paint('fill', rootStyle().getPropertyValue('--ink-soft').trim() || '#555555');
  for (const [index, line] of lines.entries()) {
    const y = footer + (index + 0.8) * LINE_HEIGHT;
    const text = svgElement('text', { x: MARGIN, y, ...ink, 'font-size': FONT_SIZE });
    text.textContent = line;
    svg.append(text);
  }
  return new XMLSerializer().serializeToString(svg);
}

/** Pixels per CSS pixel: sharp in print and on a projector. */
const SHARPNESS = 2;

/** An SVG document as a PNG file. */
export async function pngPicture(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * SHARPNESS;
  canvas.height = image.height * SHARPNESS;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('PNG'))), 'image/png');
  });
}
