import { useCallback, useLayoutEffect, useRef } from 'react';
import type { ChartContent } from './ChartTools.tsx';

/** A function that makes what a chart showed last, and stays the same function. */
export function useContent(make: () => ChartContent): () => ChartContent {
  const newest = useRef(make);
  useLayoutEffect(() => {
    newest.current = make;
  });
  return useCallback(() => newest.current(), []);
}
