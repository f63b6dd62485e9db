/** What tests read in the markup of charts. */

/** Numbers in attributes: coordinates must be finite, whatever was measured. */
export function coordinates(markup: string): string {
  return [...markup.matchAll(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|width|height|transform)="([^"]*)"/g)]
    .map((m) => m[1])
    .join(' ');
}
