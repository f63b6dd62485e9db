/** Pictures of a chart that stand on their own: with its title, and below it where its figures come from. */
import { drawingOf, svgElement } from './drawing.ts';
import { paint } from './plainColor.ts';

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
/** Width of a character of that size, about. */
const CHARACTER = 5.6;
const NARROWEST = 420;

/** Breaks lines at spaces, and at the `&` of links, where they are longer than a number of characters. */
export function wrapped(line: string, most: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const at = Math.max(rest.lastIndexOf(' ', most), rest.lastIndexOf('&', most), rest.lastIndexOf(',', most));
    const end = at > most / 3 ? at + 1 : most;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end);
  }
  return [...lines, rest];
}

/** A chart's figure as an SVG document. */
export function svgPicture(figure: HTMLElement, { title, summary, about }: PictureText): string {
  const box = figure.getBoundingClientRect();
  const style = getComputedStyle(figure);
  const width = Math.max(NARROWEST, Math.ceil(box.width)) + 2 * MARGIN;
  const lines = about.flatMap((line) => wrapped(line, Math.floor((width - 2 * MARGIN) / CHARACTER)));
  const footer = MARGIN + Math.ceil(box.height) + MARGIN;
  const height = footer + lines.length * LINE_HEIGHT + MARGIN;
  const svg = svgElement('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': style.fontFamily,
    role: 'img',
  });
  const words = [
    ['title', title],
    ['desc', [summary, ...about].join('\n')],
  ] as const;
  for (const [name, content] of words) svg.append(Object.assign(svgElement(name, {}), { textContent: content }));
  const root = getComputedStyle(document.documentElement);
  const paper = paint('fill', root.getPropertyValue('--panel').trim() || '#ffffff');
  svg.append(svgElement('rect', { width, height, ...paper }));
  const drawing = drawingOf(figure);
  drawing.setAttribute('transform', `translate(${MARGIN},${MARGIN})`);
  svg.append(drawing);
  const ink = paint('fill', root.getPropertyValue('--ink-soft').trim() || '#555555');
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
