import { pathRound, type SymbolType } from 'd3';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** What d3's shapes are drawn with: they use no other commands than these. */
type Pen = Parameters<SymbolType['draw']>[0];

/**
 * One of d3's shapes at many places, as the data of a single SVG path: so a new step changes one attribute, however many
 * marks there are.
 *
 * @param area of each, in square pixels
 */
export function marksPath(shape: SymbolType, area: number, places: readonly Point[]): string {
  const path = pathRound(1);
  for (const { x, y } of places) {
    const pen: Partial<Pen> = {
      moveTo: (dx, dy) => path.moveTo(x + dx, y + dy),
      lineTo: (dx, dy) => path.lineTo(x + dx, y + dy),
      rect: (dx, dy, width, height) => path.rect(x + dx, y + dy, width, height),
      arc: (dx, dy, ...arc) => path.arc(x + dx, y + dy, ...arc),
      closePath: () => path.closePath(),
    };
    shape.draw(pen as Pen, area);
  }
  return path.toString();
}
