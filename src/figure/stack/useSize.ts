import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** Inner size of an element in pixels, and how large type is: 1 where a rem is 16 pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

function measure(element: Element): Size {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return { width: element.clientWidth, height: element.clientHeight, scale: rem / 16 };
}

/** The size of the element that gets the ref, kept up to date; null until it is drawn. */
export function useSize<E extends Element>(): readonly [RefObject<E | null>, Size | null] {
  const ref = useRef<E>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize(measure(element)));
    observer.observe(element);
    setSize(measure(element));
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
