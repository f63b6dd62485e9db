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
export function useBox(): [RefObject<HTMLDivElement | null>, Box] {
  const ref = useRef<HTMLDivElement>(null);
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

/** Margins in rem: room for the numbers and the labels of the axes. The same in all charts, so that steps stand below steps. */
const LEFT = 3.7;
const RIGHT = 0.6;
const TOP = 0.6;
const BOTTOM = 2.3;

/**
 * What the margins leave of the box; never inside out, however small the box.
 *
 * @param margins in rem: more room above, and what stands in place of the usual room at the left and below
 */
export function plotArea(
  box: Box,
  { top: more = 0, left: atLeft = LEFT, bottom = BOTTOM }: { top?: number; left?: number; bottom?: number } = {},
): PlotArea {
  const left = atLeft * box.rem;
  const top = (TOP + more) * box.rem;
  return {
    left,
    top,
    right: Math.max(left + 1, box.width - RIGHT * box.rem),
    bottom: Math.max(top + 1, box.height - bottom * box.rem),
  };
}
