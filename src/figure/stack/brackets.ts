/** Stages of a stack: where rows are too small for names, one label stands for all alike neighbours. */
import type { StackRow } from './blocks.ts';

/** Neighbouring rows of one kind, map and width. `last` is included. */
export interface Stage {
  readonly first: number;
  readonly last: number;
  readonly kind: StackRow['kind'];
  readonly shape: StackRow['shape'];
}

export function stages(rows: readonly StackRow[]): Stage[] {
  const found: Stage[] = [];
  rows.forEach((row, index) => {
    const open = found.at(-1);
    if (open && isAlike(open, row)) found[found.length - 1] = { ...open, last: index };
    else found.push({ first: index, last: index, kind: row.kind, shape: row.shape });
  });
  return found;
}

function isAlike(stage: Stage, row: StackRow): boolean {
  return stage.kind === row.kind && stage.shape.every((side, axis) => side === row.shape[axis]);
}

/** About how long a character of a bracket's text is, in pixels, where type has its usual size. */
const CHARACTER_WIDTH = 7;

/**
 * The longest of the texts that fits along a stage, or null.
 * @param texts longest first
 * @param scale of the type: 1 where a rem is 16 pixels
 */
export function bracketText(stage: Stage, rowHeight: number, texts: readonly string[], scale = 1): string | null {
  const room = (stage.last - stage.first + 1) * rowHeight;
  return texts.find((text) => text.length * CHARACTER_WIDTH * scale <= room) ?? null;
}
