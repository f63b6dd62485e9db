/**
 * Where everything of a stack stands in the box that it is given. All of its rows do, however many there are: what gives way is, in this
 * order, the names of the layers, the labels of the stages, and the numbers of the axis.
 */
import type { Row } from '../../network/graph.ts';
import { sameShape } from '../../ops/shapes.ts';

/** A stretch of a width, in pixels. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A box in CSS pixels, and how large type and the pixels of the screen are in it. */
export interface StackBox {
  readonly width: number;
  readonly height: number;
  /** Pixels of a rem. */
  readonly rem: number;
  /** CSS pixels of a pixel of the screen: 0.5 where there are two. */
  readonly pixel: number;
}

/** What the stacks that stand side by side have in common: all have the same lanes. */
export interface Together {
  /** Rows of the stacks that have the fewest and the most. */
  readonly fewest: number;
  readonly most: number;
  /** Characters of the longest name of a row. */
  readonly longest: number;
}

/** Of stacks side by side. */
export function together(stacks: readonly { readonly rows: readonly Pick<Row, 'kind' | 'name'>[] }[]): Together {
  const counts = stacks.map(({ rows }) => rows.length);
  // Every stack has a classifier, which has room.
  const names = stacks.flatMap(({ rows }) => rows.map(({ kind, name }) => (kind === 'classifier' ? 0 : name.length)));
  return { fewest: Math.min(...counts), most: Math.max(...counts), longest: Math.max(...names) };
}

/** Those, and the rows of the stack that is laid out. */
export interface StackRows extends Together {
  readonly own: number;
}

/** What stands beside the blocks: each row's name and shape, its name only, a label for each stage, or nothing. */
export type Labelling = 'shapes' | 'names' | 'stages' | 'none';

export interface Lanes {
  readonly arcs: Span;
  readonly blocks: Span;
  readonly labels: Span;
  readonly bars: Span;
  readonly labelling: Labelling;
}

export interface StackLayout extends StackBox {
  /** Height of the axis' numbers above the first row; 0 where they are left out. */
  readonly head: number;
  readonly rowHeight: number;
  readonly lanes: Lanes;
}

/** Above this a small network would look like a different chart than a deep one. */
const MAX_ROW_HEIGHT = 28;
/** The least height at which a row can be told from its neighbours: the numbers of the axis give way for it. */
const CLEAR_ROW = 2;
/** Where rows cannot be told apart anyway, the numbers leave them as much as this. */
const LEAST_ROW = 1;
/** Lower rows have no gaps between them. */
const GAPPED_ROW = 3;
/** The least height at which a row's name can be read beside it, in rem. */
const NAMED_ROW = 0.875;
/** Of the axis' numbers, in rem. */
const HEAD = 1.375;

/** The layout of a stack. Stacks side by side share one axis, so their bars are equally long for equal values: all have the same lanes. */
export function stackLayout(box: StackBox, rows: StackRows): StackLayout {
  const withNumbers = Math.max(0, box.height - HEAD * box.rem);
  const lowest = (room: number) => rowHeight(room, rows.most, box.pixel);
  const canBeClear = lowest(box.height) >= CLEAR_ROW;
  const hasNumbers = lowest(withNumbers) >= (canBeClear ? CLEAR_ROW : LEAST_ROW);
  const room = hasNumbers ? withNumbers : box.height;
  const [own, highest] = [rowHeight(room, rows.own, box.pixel), rowHeight(room, rows.fewest, box.pixel)];
  return {
    ...box,
    head: hasNumbers ? HEAD * box.rem : 0,
    rowHeight: own,
    lanes: lanes(box, { own, highest, lowest: lowest(room) }, rows.longest),
  };
}

/** The height of each of `count` rows that share `room` pixels: whole pixels of the screen where there are gaps between them, so that all look alike. */
export function rowHeight(room: number, count: number, pixel = 1): number {
  const share = Math.min(MAX_ROW_HEIGHT, Math.max(0, room) / Math.max(1, count));
  // A division may leave a hair less than a whole number.
  return share < GAPPED_ROW ? share : Math.floor(share / pixel + 1e-6) * pixel;
}

/** The row at a height `y` above or below the first row's top, or null outside of all rows. */
export function rowAt(y: number, height: number, count: number): number | null {
  const row = Math.floor(y / height);
  return row >= 0 && row < count ? row : null;
}

/** What is drawn of a row: `height` pixels at `top`, the gap to its neighbours left out. */
export interface Band {
  readonly top: number;
  readonly height: number;
}

/** The drawn part of a row. Rows of a few pixels give up their gaps first. */
export function band(row: number, height: number): Band {
  const gap = height >= 6 ? 2 : height >= GAPPED_ROW ? 1 : 0;
  return { top: row * height + gap / 2, height: height - gap };
}

/** Heights in pixels of the rows of stacks that stand side by side: of the one that is laid out, and of those of the fewest and the most rows. */
interface RowHeights {
  readonly own: number;
  readonly highest: number;
  readonly lowest: number;
}

/** In rem: of names that are as short as they mostly are, and of what stands behind them. */
const NAMES = 4.125;
const SHAPES = 3.375;
const STAGES = 1.125;
/** About how long a character of a label is, in rem. */
const CHARACTER = 0.44;
/** Between the texts of two stages, in rem. */
const GAP = 0.5;
/** Bars get at least this share of the width, as they are what the chart is about. */
const BARS = 0.45;
/** Room for half of the axis' last number, and for marks behind the longest bar, in rem. */
const RIGHT = 0.95;

/** All stacks side by side keep as much room for labels as the one that needs the most of it. */
function lanes({ width, rem }: StackBox, { own, highest, lowest }: RowHeights, longest: number): Lanes {
  const isNamed = (height: number) => height >= NAMED_ROW * rem;
  const arcs = Math.min(22, Math.max(7, width * 0.07));
  const blocks = Math.min(52, Math.max(14, width * 0.16));
  const left = arcs + blocks;
  const names = Math.max(NAMES, longest * CHARACTER + 0.25);
  const labels: Readonly<Record<Labelling, number>> = { shapes: names + SHAPES, names, stages: STAGES, none: 0 };
  const fits = (labelling: Labelling) => width - left - labels[labelling] * rem >= width * BARS;
  // Shapes beside names are worth their room where every stack has them.
  const inFull: Labelling = isNamed(lowest) && fits('shapes') ? 'shapes' : 'names';
  const small: Labelling = width >= 8.5 * rem ? 'stages' : 'none';
  const room = isNamed(highest) && fits(inFull) ? inFull : small;
  const gap = room === 'none' ? 0 : 4;
  const bars = left + labels[room] * rem + Math.max(3, gap);
  return {
    arcs: { from: 0, to: arcs },
    blocks: { from: arcs, to: left },
    labels: { from: left + gap, to: Math.max(left + gap, bars - 4) },
    bars: { from: bars, to: Math.max(bars + 10, width - RIGHT * rem) },
    labelling: isNamed(own) ? room : small,
  };
}

/** What the label of a stage is made from. */
export type StageRow = Pick<Row, 'kind' | 'shape' | 'kernel'>;

/** Neighbouring rows of one kind, map and width. `last` is included. */
export interface Stage extends StageRow {
  readonly first: number;
  readonly last: number;
}

/** The stages of a stack: where rows are too small for names, one label stands for all alike neighbours. */
export function stages(rows: readonly StageRow[]): Stage[] {
  const found: Stage[] = [];
  rows.forEach((row, index) => {
    const open = found.at(-1);
    const isAlike = open?.kind === row.kind && open.kernel === row.kernel && sameShape(open.shape, row.shape);
    if (open && isAlike) found[found.length - 1] = { ...open, last: index };
    else found.push({ ...row, first: index, last: index });
  });
  return found;
}

const lengthOf = ({ first, last }: Stage) => last - first + 1;

/**
 * What stands along each stage: the longest of its texts that fits, or null. Stages of about one length all have their first, second or third text, or
 * none has any.
 * @param textsOf longest first
 */
export function stageTexts(
  all: readonly Stage[],
  rowHeight: number,
  textsOf: (stage: Stage) => readonly string[],
  rem: number,
): readonly (string | null)[] {
  const longest = Math.max(...all.map(lengthOf));
  const staged = all.map((stage) => {
    const length = lengthOf(stage);
    const texts = textsOf(stage);
    const fits = (text: string) => (text.length * CHARACTER + GAP) * rem <= length * rowHeight;
    return { isLong: length >= 0.6 * longest, texts, fits };
  });
  const long = staged.filter(({ isLong }) => isLong);
  const most = Math.max(...long.map(({ texts }) => texts.length));
  /** Stages that have fewer texts keep their last. */
  const at = (texts: readonly string[], tier: number) => texts[tier] ?? texts.at(-1);
  const tiers = Array.from({ length: most }, (_, tier) => tier);
  const common = tiers.find((tier) =>
    long.every(({ texts, fits }) => {
      const text = at(texts, tier);
      return text !== undefined && fits(text);
    }),
  );
  return staged.map(({ isLong, texts, fits }) => {
    if (!isLong) return texts.find(fits) ?? null;
    return common === undefined ? null : (at(texts, common) ?? null);
  });
}
