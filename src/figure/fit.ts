/** How much room words take, so that those are chosen that fit. */

/** The width of a text in pixels, set in bold or not. @param size of the type, in pixels */
export type TextWidth = (text: string, size: number, isBold?: boolean) => number;

let context: CanvasRenderingContext2D | null = null;

/** Figures all have the width of the widest, and no two browsers round alike: a little more than the canvas says. */
const SLACK = 1.02;

/** What has been measured: a figure asks for the same words at every step. */
const measured = new Map<string, number>();
const MOST_MEASURED = 5000;

function measure(text: string, size: number, isBold: boolean): number {
  context ??= document.createElement('canvas').getContext('2d');
  if (!context) return text.length * size * 0.6;
  context.font = `${isBold ? 700 : 400} ${size}px ${getComputedStyle(document.documentElement).fontFamily}`;
  return Math.ceil(SLACK * context.measureText(text.replaceAll(/\d/g, '0')).width) + 1;
}

/** As the browser sets it, in the type of the page. */
export const textWidth: TextWidth = (text, size, isBold = false) => {
  const key = `${isBold} ${size} ${text}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  if (measured.size >= MOST_MEASURED) measured.clear();
  const width = measure(text, size, isBold);
  measured.set(key, width);
  return width;
};

/** Where words have to fit. */
export interface Room {
  readonly width: number;
  /** Of the type, in pixels. */
  readonly size: number;
  readonly isBold?: boolean;
}

/** The first of the texts that fits on one line, or null. @param texts longest first */
export function fitting(texts: readonly string[], { width, size, isBold }: Room, widthOf: TextWidth): string | null {
  return texts.find((text) => widthOf(text, size, isBold) <= width) ?? null;
}

/** How many lines a text takes, broken between words; infinitely many where a word is too long for a line. */
export function lineCount(text: string, { width, size, isBold }: Room, widthOf: TextWidth): number {
  let lines = 1;
  let line = '';
  for (const word of text.split(' ')) {
    if (widthOf(word, size, isBold) > width) return Number.POSITIVE_INFINITY;
    const longer = line === '' ? word : `${line} ${word}`;
    const fits = widthOf(longer, size, isBold) <= width;
    line = fits ? longer : word;
    if (!fits) lines++;
  }
  return lines;
}

/** Of a name, a first word that has an abbreviation. */
const LONG_WORD = /^(\p{L}{3})\p{L}{3,}, /u;

/**
 * For each of the names of networks side by side its forms, longest first: "Residual, 38 layers", "Residual, 38", "Residual", "Res. 38"; "tanh (Plain, 38
 * layers)", "tanh, Plain", "tanh"; "Plain, 20 layers, 7×7 maps", "Plain, 20, 7×7 maps", "Plain, 7×7", "7×7"; "Base + 18 conv", "+18 conv", "conv". A form that would be that of
 * several is none of theirs. The forms that all have come first, so that networks side by side have names of a kind.
 */
export function shorter(names: readonly string[]): readonly (readonly string[])[] {
  const bare = (name: string) => name.replace(/ \(.*$/, '');
  const isLong = names.some((name) => LONG_WORD.test(name));
  const abbreviated = (name: string) =>
    bare(name)
      .replace(/ layers?\b/, '')
      .replace(LONG_WORD, '$1. ')
      .replace(', ', ' ');
  const forms = [
    (name: string) => name,
    (name: string) => name.replace(/ \(([^),]*).*$/, ', $1'),
    bare,
    (name: string) => bare(name).replace(/ layers?\b/, ''),
    (name: string) =>
      bare(name)
        .replace(/, \d+ layers?(?=,)/, '')
        .replace(/ maps$/, ''),
    (name: string) => bare(name).replace(/ \+ .*$/, ''),
    (name: string) =>
      bare(name)
        .replace(/^.* \+ (?=\d)/, '+')
        .replace(/ layers?\b/, ''),
    (name: string) =>
      bare(name)
        .replace(/^.* \+ \d+ /, '')
        .replace(/,.*$/, ''),
    (name: string) => bare(name).replace(/,.*$/, ''),
    ...(isLong ? [abbreviated] : []),
    (name: string) =>
      bare(name)
        .replace(/^.*, (\d+×\d+) maps$/, '$1')
        .replace(/,.*$/, ''),
    (name: string) => bare(name).replace(/^.*, (\d+ layers?)$/, '$1'),
    (name: string) => bare(name).replace(/^.*, (\d+) layers?$/, '$1'),
  ];
  const formed = forms
    .map((form) => names.map(form))
    .filter((all, index, every) => every.findIndex((other) => other.join() === all.join()) === index);
  const apart = formed.filter((all) => new Set(all).size === names.length);
  const alone = formed.filter((all) => !apart.includes(all));
  return names.map((name, index) => {
    const own = (all: readonly string[]) => all[index] ?? name;
    const isAlone = (all: readonly string[]) => all.filter((other) => other === own(all)).length === 1;
    return [...apart.map(own), ...alone.filter(isAlone).map(own)];
  });
}
