/** The looks of drawn elements, written onto copies of them, as an SVG file has no style sheet of the page. */
import { plainColor } from './plainColor.ts';

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
