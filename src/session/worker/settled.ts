/** Resolves when the promise does or when one of the signals is aborted; rejects only where the promise does first. */
export function settledOrAborted(promise: Promise<unknown>, ...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      for (const signal of signals) signal.removeEventListener('abort', finish);
    };
    const finish = () => {
      stop();
      resolve();
    };
    for (const signal of signals) signal.addEventListener('abort', finish);
    if (signals.some((signal) => signal.aborted)) finish();
    promise.then(finish, (error: unknown) => {
      stop();
      reject(error);
    });
  });
}
