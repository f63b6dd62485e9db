/** Nothing came in time. */
export class NoAnswer extends Error {}

/**
 * The answer of a browser that may give none: drivers, databases and workers are asked, and some never say a word.
 *
 * @param ms milliseconds to wait for it
 * @param asked what is asked, as the subject of a sentence
 * @param ask may throw at once
 * @throws NoAnswer where the time is up, and whatever the answer rejects with
 */
export function answerWithin<T>(ms: number, asked: string, ask: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new NoAnswer(`${asked} gave no answer within ${ms / 1000} seconds`));
    // A thread that was busy all the time has the answer in its queue by now: that is read before the last word.
    let timer = setTimeout(() => {
      timer = setTimeout(giveUp);
    }, ms);
    // Asked at once, in the order of the calls.
    (async () => ask())()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
