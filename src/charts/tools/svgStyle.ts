/** The looks of drawn elements, written onto copies of them, as an SVG file has no style sheet of the page. */

const properties = [
  'fill',
  'fill-opacity',
  'stroke',
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

/** Colours may be computed in forms that other programs do not read, such as `color(srgb …)`. */
function plainColor(value: string): string {
  const srgb = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)$/.exec(value);
  if (!srgb) return value;
  const [red, green, blue] = srgb.slice(1, 4).map((part) => Math.round(Number(part) * 255));
  return srgb[4] === undefined ? `rgb(${red}, ${green}, ${blue})` : `rgba(${red}, ${green}, ${blue}, ${srgb[4]})`;
}

function writeStyle(from: Element, to: Element): void {
  const computed = getComputedStyle(from);
  to.removeAttribute('class');
  to.removeAttribute('style');
  for (const property of properties) {
    const value = computed.getPropertyValue(property);
    if (value !== '') to.setAttribute(property, plainColor(value));
  }
}

/** A copy of an SVG element with everything in it, which looks the same without the page. */
export function styledCopy(original: SVGElement): SVGElement {
  const copy = original.cloneNode(true) as SVGElement;
  const sources = [original, ...original.querySelectorAll('*')];
  const targets = [copy, ...copy.querySelectorAll('*')];
  for (const [index, source] of sources.entries()) {
    const target = targets[index];
    if (target) writeStyle(source, target);
  }
  return copy;
}
