import { useEffect, useRef, useState } from 'react';

/**
 * A value that follows another at a distance: once that has changed, what it is after a while, however often it changes
 * in the meantime. For what is only read now and then, such as a sentence beside a picture that moves.
 *
 * @param value the same object while it says the same
 * @param ms how long it may lag behind
 */
export function useSeldom<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value);
  const newest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    newest.current = value;
    if (value === shown || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setShown(() => newest.current);
    }, ms);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return shown;
}
