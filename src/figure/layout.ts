/**
 * Where the parts of a figure stand in the box that it is given, and what it leaves out to fit. Every layer of every network keeps its row;
 * nothing is cut, nothing scrolls, and only the sentence breaks into lines. What gives way, roughly in this order: charts besides the curves,
 * the words below the titles, the step button, the longer forms of names and sentences, the test curve's values and the curve itself, the
 * sentence, the curves.
 */
import { fitting, lineCount, type TextWidth } from './fit.ts';
import { rowHeight } from './stack/layout.ts';
import { type TransportPlace, type TransportWish, transportPlace } from './transport/layout.ts';

/** What a figure is made of. */
export const figureParts = ['bars', 'error', 'sentence', 'transport'] as const;
export type Part = (typeof figureParts)[number];

/** In pixels, from the top left corner of the figure. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is to be shown. Where there are several texts, the longest comes first. */
export interface FigureWish {
  readonly parts: readonly Part[];
  readonly networks: readonly {
    readonly names: readonly string[];
    readonly rows: number;
    readonly notes: readonly string[];
  }[];
  /** What stands beside a network's name where there are no curves, at its longest; empty for nothing. */
  readonly value: string;
  /** Whether a button beside the first name says what the bars are. */
  readonly isExplained: boolean;
  /** How many charts stand with the curves, or in their place. */
  readonly charts: number;
  readonly error: {
    readonly titles: readonly string[];
    readonly notes: readonly string[];
    readonly value: string;
    /** What stands at dashed lines' ends behind the name of a network, or behind a value and its network's mark. */
    readonly unseen: { readonly named: readonly string[]; readonly marked: readonly string[] };
  };
  /** The same thing said at different lengths; none where there is nothing to say. */
  readonly sayings: readonly string[];
  readonly transport: TransportWish;
}

export interface FigureBox {
  readonly width: number;
  readonly height: number;
  /** Pixels of a rem. */
  readonly rem: number;
  /** Pixels of a button: fingers need more. */
  readonly control: number;
}

export interface StackPlace {
  readonly rect: Rect;
  /** Null where not even the shortest forms of all names have room beside the networks' marks. */
  readonly name: string | null;
  /** Whether the names are set smaller, to have room at all. */
  readonly isSmall: boolean;
  /** Whether the network's error stands beside its name. */
  readonly hasValue: boolean;
  /** Whether there is a button beside the name. */
  readonly isExplained: boolean;
  /** Below the name. */
  readonly note: string | null;
  /** Of its axis and its rows. */
  readonly chart: Rect;
}

/** What stands behind the values at lines' ends. */
export interface EndWords {
  /** A text a network; none where there is no room. */
  readonly texts: readonly string[];
  /** The networks' marks stand in the place of their names. */
  readonly isMarked: boolean;
}

export interface ErrorPlace {
  readonly rect: Rect;
  readonly title: string | null;
  readonly note: string | null;
  readonly plot: Rect;
  /** Room at the right of the plot for the values at the lines' ends, in rem. */
  readonly right: number;
  readonly trained: EndWords;
  /** Whether there is room for the error on test images, too. */
  readonly hasTest: boolean;
  /** Null where the values of the error on test images are left out. */
  readonly unseen: EndWords | null;
}

export interface FigureLayout {
  readonly stacks: readonly StackPlace[];
  readonly error: ErrorPlace | null;
  /** As many of the charts as have room. */
  readonly charts: readonly Rect[];
  readonly saying: { readonly rect: Rect; readonly form: number } | null;
  readonly transport: (TransportPlace & { readonly rect: Rect }) | null;
}

/** Sizes of type, in rem: of names and sentences, and of what stands beside marks. */
export const type = { name: 0.9375, title: 0.9375, text: 0.9375, tiny: 0.8125 } as const;

/** Heights of lines and gaps, in rem. */
const NAME = 1.5;
const NOTE = 1.125;
const LINE = 1.35;
const CONTROLS_AROUND = 0.75;
const GAP = 0.75;
/** Around a sentence, beside and above it. */
const SAYING = { x: 0.75, y: 0.375 };
/** The mark beside a network's name, with the gap to it. */
const MARK = 1.125;
/** By so much less where names are small. */
const SMALL_MARK = 0.125;
/** The button beside a name, with the gap to it. */
const EXPLAIN = 1.75;

/** A stack narrower than `least` shows no bars worth the name, and than `roomy` no names of layers; one wider than `most` only looks lost. */
const STACK = { least: 4.5, roomy: 11, most: 28 };
/** Curves smaller than this say less than their last values beside the names. */
const ERROR = { least: 8, leastHeight: 5.5, most: 40, perValue: 2.5, mark: 1 };
/** Curves below the stacks are as high as this at least, and beside another chart as wide as `row`. */
const BELOW = { least: 9, row: 14 };
/** The least of a box in which stacks that would be narrow have the curves below them. */
const HIGH = 30;
/** The least room of a chart with its title and its legend. */
const CHART = { width: 15, height: 11 };
/** Rows of fewer pixels than this let the words between name and axis go. */
const NOTED_ROW = 5;
/** Rows, in pixels, that the sentence and the curves below the stacks leave them. */
const LEAST_ROW = 2;
/** In rem: the numbers of an axis of bars. */
const BAR_AXIS = 1.375;

const inner = ({ left, top, width, height }: Rect, by: number): Rect => ({
  left: left + by,
  top: top + by,
  width: Math.max(0, width - 2 * by),
  height: Math.max(0, height - 2 * by),
});

/** Whole pixels, so that rows of whole pixels begin at one. */
function whole({ left, top, width, height }: Rect): Rect {
  const [x, y] = [Math.round(left), Math.round(top)];
  return { left: x, top: y, width: Math.round(left + width) - x, height: Math.round(top + height) - y };
}

/** The layout of a figure. @param widthOf measures text */
export function figureLayout(box: FigureBox, wish: FigureWish, widthOf: TextWidth): FigureLayout {
  const { rem } = box;
  const has = (part: Part) => wish.parts.includes(part);
  const pad = Math.min(GAP * rem, Math.max(4, 0.02 * box.width));
  const all = inner({ left: 0, top: 0, width: box.width, height: box.height }, pad);
  const hasControls = has('transport') && all.height >= 3 * box.control;
  const controls = hasControls ? box.control + CONTROLS_AROUND * rem : 0;
  const area = { ...all, height: all.height - controls };
  const line = whole({ ...all, top: all.top + all.height - box.control, height: box.control });
  const transport = hasControls ? { rect: line, ...transportPlace(line.width, box, wish.transport, widthOf) } : null;
  const body = has('bars') ? withBars(area, rem, wish, widthOf) : withoutBars(area, rem, wish, widthOf);
  return { ...body, transport };
}

type Body = Omit<FigureLayout, 'transport'>;

/** A sentence across the bottom of an area, and what is left above it. */
function sentenceBelow(area: Rect, rem: number, sayings: readonly string[], most: number, widthOf: TextWidth) {
  const room = { width: area.width - 2 * SAYING.x * rem, size: type.text * rem };
  for (const [form, saying] of sayings.entries()) {
    const height = (lineCount(saying, room, widthOf) * LINE + 2 * SAYING.y) * rem;
    if (height > most) continue;
    const rect = whole({ ...area, top: area.top + area.height - height, height });
    return { saying: { rect, form }, rest: { ...area, height: area.height - height - 0.5 * GAP * rem } };
  }
  return { saying: null, rest: area };
}

function withoutBars(area: Rect, rem: number, wish: FigureWish, widthOf: TextWidth): Body {
  const hasError = wish.parts.includes('error');
  const sayings = wish.parts.includes('sentence') ? wish.sayings : [];
  const most = hasError ? area.height - (ERROR.leastHeight + NAME) * rem : area.height;
  const { saying, rest } = sentenceBelow(area, rem, sayings, most, widthOf);
  const { error, charts } = panes(rest, rem, wish, GAP * rem, rest.width > rest.height);
  return { stacks: [], error: error && errorPlace(error, rem, wish, widthOf), charts, saying };
}

function withBars(area: Rect, rem: number, wish: FigureWish, widthOf: TextWidth): Body {
  const sayings = wish.parts.includes('sentence') ? wish.sayings : [];
  const gap = Math.min(GAP * rem, 0.02 * area.width + 4);
  const count = wish.networks.length;
  const least = count * STACK.least * rem + (count - 1) * gap;
  const most = Math.max(...wish.networks.map(({ rows }) => rows));
  // What the stacks need before anything else may take of their height.
  const stackNeed = (NAME + BAR_AXIS) * rem + LEAST_ROW * most;
  const hasError = wish.parts.includes('error');
  const beside = area.width - least - gap;
  const leastBeside = (hasError ? ERROR.least : CHART.width) * rem;
  const widest = count * STACK.most * rem + (count - 1) * gap;
  const share = Math.max(leastBeside, Math.min(ERROR.most * rem, 0.36 * area.width, beside));
  const width = Math.max(share, Math.min(ERROR.most * rem, area.width - widest - gap));
  const isNarrow = (area.width - width - count * gap) / count < STACK.roomy * rem && area.height >= HIGH * rem;
  const isTall = area.height > 1.15 * area.width || isNarrow;
  const isBelow = isTall && area.height - stackNeed >= BELOW.least * rem;
  const column = { ...area, left: area.left + area.width - width, width };
  const hasPanes = (rect: Rect, isRow: boolean) => panes(rect, rem, wish, gap, isRow).count > 0;
  if (!isBelow && beside >= leastBeside && hasPanes(column, false)) {
    const stacks = { ...area, width: area.width - width - gap };
    const roomInColumn = Math.min(0.4 * column.height, column.height - (9 + NAME + NOTE) * rem);
    const inColumn = sentenceBelow(column, rem, sayings, roomInColumn, widthOf);
    if (inColumn.saying?.form === 0) return { ...placed(stacks, inColumn.rest), saying: inColumn.saying };
    const across = sentenceBelow(area, rem, sayings, Math.min(0.3 * area.height, area.height - stackNeed), widthOf);
    const form = across.saying?.form ?? Number.POSITIVE_INFINITY;
    if (inColumn.saying && inColumn.saying.form <= form) {
      return { ...placed(stacks, inColumn.rest), saying: inColumn.saying };
    }
    const { height } = across.rest;
    return { ...placed({ ...stacks, height }, { ...column, height }), saying: across.saying };
  }
  const { saying, rest } = sentenceBelow(
    area,
    rem,
    sayings,
    Math.min(0.3 * area.height, area.height - stackNeed),
    widthOf,
  );
  const height = Math.max(BELOW.least * rem, Math.min(0.42 * rest.height, rest.height - stackNeed));
  const row = { ...rest, top: rest.top + rest.height - height, height };
  if (isBelow && hasPanes(row, true)) {
    return { ...placed({ ...rest, height: rest.height - height - gap }, row, true), saying };
  }
  return { ...placed(rest, null), saying };

  function placed(stacks: Rect, column: Rect | null, isRow = false): Omit<Body, 'saying'> {
    const room = column && panes(column, rem, wish, gap, isRow);
    const error = (room?.error && errorPlace(room.error, rem, wish, widthOf)) ?? null;
    return {
      stacks: stackPlaces(stacks, rem, gap, wish, hasError && !error, widthOf),
      error,
      charts: room?.charts ?? [],
    };
  }
}

/** The curves and as many of the charts as fit, beside each other or below each other. */
function panes(area: Rect, rem: number, { parts, charts }: FigureWish, gap: number, isRow: boolean) {
  const hasError = parts.includes('error');
  const [along, across] = isRow ? [area.width, area.height] : [area.height, area.width];
  const [least, leastAcross] = isRow ? [CHART.width, CHART.height] : [CHART.height, CHART.width];
  const ofError = hasError ? (isRow ? BELOW.row : BELOW.least) * rem + gap : 0;
  const fit = across < leastAcross * rem ? 0 : Math.floor((along - ofError + gap) / (least * rem + gap));
  const count = Math.max(0, Math.min(charts, fit));
  const all = count + (hasError ? 1 : 0);
  const size = (along - (all - 1) * gap) / Math.max(1, all);
  const rects = Array.from({ length: all }, (_, index) => {
    const from = index * (size + gap);
    return whole(
      isRow ? { ...area, left: area.left + from, width: size } : { ...area, top: area.top + from, height: size },
    );
  });
  return { count: all, error: (hasError && rects[0]) || null, charts: hasError ? rects.slice(1) : rects };
}

function stackPlaces(
  area: Rect,
  rem: number,
  gap: number,
  { networks, value, isExplained }: FigureWish,
  areValued: boolean,
  widthOf: TextWidth,
): StackPlace[] {
  const width = Math.min(STACK.most * rem, (area.width - (networks.length - 1) * gap) / networks.length);
  const most = Math.max(...networks.map(({ rows }) => rows));
  const valueWidth = areValued && value !== '' ? widthOf(value, type.name * rem, true) + 0.4 * rem : 0;
  const inside = area.height - NAME * rem;
  const isNoted = rowHeight(inside - (NOTE + BAR_AXIS) * rem, most) >= NOTED_ROW;
  // Of one width, to the pixel: stacks side by side have the same lanes.
  const { top, height } = whole(area);
  const rects = networks.map((_, index) => ({
    left: Math.ceil(area.left + index * (width + gap)),
    top,
    width: Math.floor(width),
    height,
  }));
  const room = Math.floor(width) - MARK * rem;
  const fits = (name: string, within: number, size: number = type.name) => widthOf(name, size * rem, true) <= within;
  const headings = (valued: number) => {
    const left = room - valued;
    const hasButton = isExplained && networks[0]?.names.some((name) => fits(name, left - EXPLAIN * rem)) === true;
    const namesOf = (size: number) =>
      namesAlike(networks, (name, index) => {
        const within =
          left + (size === type.tiny ? SMALL_MARK * rem : 0) - (hasButton && index === 0 ? EXPLAIN * rem : 0);
        return fits(name, within, size);
      });
    const large = namesOf(type.name);
    const isSmall = large.every((name) => name === null);
    return { hasButton, isSmall, hasValue: valued > 0, named: isSmall ? namesOf(type.tiny) : large };
  };
  const isNamed = ({ named }: ReturnType<typeof headings>) => named.some((name) => name !== null);
  // Whose stack it is counts for more than the value, which is told elsewhere, too; a value without a name for more than neither.
  const valued = headings(valueWidth <= room ? valueWidth : 0);
  const bare = headings(0);
  const { hasButton, isSmall, hasValue, named } = isNamed(valued) || !isNamed(bare) ? valued : bare;
  return networks.map(({ notes }, index) => {
    const rect = rects[index] ?? area;
    const note = isNoted ? fitting(notes, { width: rect.width, size: type.tiny * rem }, widthOf) : null;
    // All stacks keep the line where one has words in it: layers that are alike are at one height.
    const chartTop = top + Math.round((NAME + (isNoted ? NOTE : 0)) * rem);
    return {
      rect,
      name: named[index] ?? null,
      isSmall,
      hasValue,
      isExplained: hasButton && index === 0,
      note,
      chart: { ...rect, top: chartTop, height: Math.max(0, top + height - chartTop) },
    };
  });
}

function errorPlace(area: Rect, rem: number, wish: FigureWish, widthOf: TextWidth): ErrorPlace | null {
  const { titles, notes, value } = wish.error;
  if (area.width < ERROR.least * rem || area.height < (ERROR.leastHeight + NAME) * rem) return null;
  const rect = whole(area);
  const title = fitting(titles, { width: rect.width, size: type.title * rem, isBold: true }, widthOf);
  const isNoted = title !== null && rect.height >= 13 * rem;
  const note = isNoted ? fitting(notes, { width: rect.width, size: type.tiny * rem }, widthOf) : null;
  const top = rect.top + Math.round(((title === null ? 0 : NAME) + (note === null ? 0 : NOTE)) * rem);
  const plot = { ...rect, top, height: rect.top + rect.height - top };
  const figures = widthOf(value, type.tiny * rem, true) + 0.75 * rem;
  const forNames = rect.width >= 14 * rem ? 0.44 * rect.width - figures : 0;
  const widthOfEnd = ({ texts, isMarked }: EndWords) =>
    Math.max(0, ...texts.map((words) => widthOf(words, type.tiny * rem) + 0.3 * rem)) +
    (isMarked ? ERROR.mark * rem : 0);
  const hasTest = plot.height >= 7 * rem && rect.width >= 9 * rem;
  // Values that take more of the height than this stand far from the ends of their lines.
  const areWritten = hasTest && plot.height >= 2 * wish.networks.length * ERROR.perValue * rem;
  const trained = endWords([''], []) ?? { texts: [], isMarked: true };
  const unseen = areWritten ? endWords(wish.error.unseen.named, wish.error.unseen.marked) : null;
  const right = (figures + Math.max(widthOfEnd(trained), unseen ? widthOfEnd(unseen) : 0)) / rem;
  return { rect, title, note, plot, right, trained, hasTest, unseen };

  /** The names with words behind them, in the longest form that fits, or words behind marks. */
  function endWords(named: readonly string[], marked: readonly string[]): EndWords | null {
    for (const words of named) {
      // A depth alone is not to be read with the value before it.
      const names = namesAlike(
        wish.networks,
        (name) => !/^\d+$/.test(name) && widthOfEnd({ texts: [name + words], isMarked: false }) <= forNames,
      );
      if (!names.includes(null)) return { texts: names.map((name) => name + words), isMarked: false };
    }
    const words = marked.find((each) => widthOfEnd({ texts: [each], isMarked: true }) <= forNames);
    return words === undefined ? null : { texts: wish.networks.map(() => words), isMarked: true };
  }
}

/** The names of all networks in the longest form in which each has room, or none of them. */
function namesAlike(
  networks: FigureWish['networks'],
  fits: (name: string, index: number) => boolean,
): readonly (string | null)[] {
  const forms = Math.max(...networks.map(({ names }) => names.length));
  for (let form = 0; form < forms; form++) {
    const names = networks.map((network) => network.names[Math.min(form, network.names.length - 1)] ?? '');
    if (names.every(fits)) return names;
  }
  return networks.map(() => null);
}
