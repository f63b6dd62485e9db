import { useEffect, useRef, useState } from 'react';

/**
 * A value that follows another at most once in `ms`. For what is read now and then, such as the sentence beside a moving
 * picture.
 *
 * @param value the same object while it says the same
 * @param ms how long it may lag behind
 */
export function useThrottled<T>(value: T, ms: number): T {
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
