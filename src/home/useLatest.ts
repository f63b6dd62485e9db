import { useState } from 'react';

/** The latest value that there was: what is forgotten with a run stays in sight until there is something in its place. */
export function useLatest<T>(value: T | null): T | null {
  const [latest, keep] = useState(value);
  if (value !== null && value !== latest) keep(value);
  return value ?? latest;
}
