/** What of a transport has room on its line. What gives way, in this order: the words of buttons, the longer forms, the menu, the step button. */
import type { TextWidth } from '../fit.ts';

/** What is to be shown. Where there are several texts, the longest comes first. */
export interface TransportWish {
  /** Whether it has buttons; else it is the position alone. */
  readonly hasButtons: boolean;
  /** Each of the faces that the button has in turn, by length. */
  readonly train: readonly (readonly string[])[];
  /** What the other buttons say, beside their icons where there is room. */
  readonly others: readonly string[];
  readonly positions: readonly string[];
  /** What stands behind it: the widths of its forms, in rem. */
  readonly ends: readonly number[];
}

export interface TransportPlace {
  readonly hasButtons: boolean;
  /** The face of the button, by the index of its turn. */
  readonly train: readonly string[];
  readonly trainWidth: number;
  readonly hasStep: boolean;
  /** Whether the other buttons have words. */
  readonly hasWords: boolean;
  /** The menu of data and pictures. */
  readonly hasMenu: boolean;
  /** Which form of the position has room; null for none. */
  readonly position: number | null;
  readonly positionWidth: number;
  /** Which form of what stands behind it has room; null for none. */
  readonly end: number | null;
}

/** Of the type of buttons, in rem. */
const CONTROL = 0.875;
/** Widths of what stands in a transport, in rem. */
const SLIDER = 5;
const SPACE = 0.5;

/** What has room in a line of this width, and in which of its forms. @param control of a button, in pixels. @param widthOf measures text */
export function transportPlace(
  width: number,
  { rem, control }: { readonly rem: number; readonly control: number },
  wish: TransportWish,
  widthOf: TextWidth,
): TransportPlace {
  const wide = (text: string) => widthOf(text, CONTROL * rem);
  // Icon, gap, padding, border.
  const faceOf = (index: number) => wish.train.map((forms) => forms[Math.min(index, forms.length - 1)] ?? '');
  const faceWidth = (faces: readonly string[]) => Math.max(0, ...faces.map(wide)) + 2.75 * rem + 2;
  const forms = Math.max(...wish.train.map(({ length }) => length));
  const fixed = control + (SLIDER + 2 * SPACE) * rem;
  const faces = Array.from({ length: forms }, (_, index) => faceOf(index));
  const shortest = faces.at(-1) ?? [];
  const { hasButtons } = wish;
  let left = width - (hasButtons ? fixed + faceWidth(shortest) : SLIDER * rem);
  /** Takes room, if there is as much. */
  const take = (wanted: number) => {
    const fits = wanted + SPACE * rem <= left;
    if (fits) left -= wanted + SPACE * rem;
    return fits;
  };
  const { ends, positions } = wish;
  const last = ends.length - 1;
  let end = last >= 0 && take((ends[last] ?? 0) * rem) ? last : null;
  const shortPosition = positions.length - 1;
  let position = shortPosition >= 0 && take(wide(positions[shortPosition] ?? '')) ? shortPosition : null;
  const hasStep = hasButtons && take(control);
  const hasMenu = take(control);
  const train = (hasButtons && faces.find((each) => faceWidth(each) - faceWidth(shortest) <= left)) || shortest;
  left -= faceWidth(train) - faceWidth(shortest);
  /** The longest form that fits in place of the shortest, which has its room already. */
  const longest = (now: number | null, widths: readonly number[]): number | null => {
    if (now === null) return null;
    const better = widths.findIndex((each) => each - (widths[now] ?? 0) <= left);
    if (better < 0) return now;
    left -= (widths[better] ?? 0) - (widths[now] ?? 0);
    return better;
  };
  position = longest(position, positions.map(wide));
  end = longest(
    end,
    ends.map((each) => each * rem),
  );
  // A gap, the wider padding, and what a button has no need of where it is as wide as high.
  const hasWords = hasStep && take(wish.others.reduce((sum, word) => sum + wide(word) + 1.5 * rem, 0));
  return {
    hasButtons,
    train,
    trainWidth: faceWidth(train),
    hasStep,
    hasWords,
    hasMenu,
    position,
    positionWidth: position === null ? 0 : wide(positions[position] ?? ''),
    end,
  };
}
