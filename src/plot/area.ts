import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The size of a plot in CSS pixels, and of a rem, by which its margins grow with the type. */
export interface Box {
  readonly width: number;
  readonly height: number;
  readonly rem: number;
}

/** Before the first layout, and where there is none. */
const unmeasured: Box = { width: 360, height: 160, rem: 16 };

/** Measures an element now and whenever it changes its size. */
export function useBox<E extends HTMLElement = HTMLDivElement>(): [RefObject<E | null>, Box] {
  const ref = useRef<E>(null);
  const [box, setBox] = useState(unmeasured);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const width = element.clientWidth;
      const height = element.clientHeight;
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setBox((old) => (old.width === width && old.height === height && old.rem === rem ? old : { width, height, rem }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, box];
}

/** The rectangle inside a plot's margins, in CSS pixels. */
export interface PlotArea {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** In rem. */
export interface Margins {
  readonly left?: number | undefined;
  readonly right?: number | undefined;
  readonly top?: number | undefined;
  readonly bottom?: number | undefined;
  /** The largest square that there is room for: both axes have the same scale. */
  readonly isSquare?: boolean | undefined;
}

/** Room for the numbers and the labels of the axes. The same in all charts, so that steps stand below steps. */
export const usualMargins = { left: 3.7, right: 0.6, top: 0.6, bottom: 2.3 };

/** What the margins leave of the box, the usual ones where no others are given; never inside out, however small the box. */
export function plotArea({ width, height, rem }: Box, margins: Margins = {}): PlotArea {
  const { left: before, right: behind, top: above, bottom: below } = usualMargins;
  const left = (margins.left ?? before) * rem;
  const top = (margins.top ?? above) * rem;
  const right = Math.max(left + 1, width - (margins.right ?? behind) * rem);
  const bottom = Math.max(top + 1, height - (margins.bottom ?? below) * rem);
  if (!margins.isSquare) return { left, top, right, bottom };
  const side = Math.min(right - left, bottom - top);
  return { left, top, right: left + side, bottom: top + side };
}
