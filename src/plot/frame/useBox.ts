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
