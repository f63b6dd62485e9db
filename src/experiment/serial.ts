/** Does one piece of work after the other. */
export type Serial = <T>(work: () => T | Promise<T>) => Promise<T>;

/**
 * A queue: each piece of work begins when those before it have ended, well or badly, and its outcome goes to whoever handed it in.
 *
 * @param after what must have ended before the first
 */
export function serial(after: Promise<unknown> = Promise.resolve()): Serial {
  let last = after;
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}
