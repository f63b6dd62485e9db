import type { LabClient } from '../session/worker/protocol.ts';

/** Calls back when the browser has drawn the page once. */
function onFirstPaint(done: () => void): void {
  // A frame is painted after its callbacks; a task behind them is the first thing that comes later.
  requestAnimationFrame(() => setTimeout(done));
}

/**
 * A client that is held back until the page has been drawn: what it is told before is passed on then. So
 * the worker and its engine, megabytes of code, do not compete with the page for the first picture.
 */
export function afterPaint(client: LabClient, onPaint = onFirstPaint): LabClient {
  let waiting: (() => void)[] | null = [];
  onPaint(() => {
    const calls = waiting ?? [];
    waiting = null;
    for (const call of calls) call();
  });
  const later = (call: () => void): void => {
    if (waiting) waiting.push(call);
    else call();
  };
  return {
    listen: (listener) => client.listen(listener),
    load: (request) => later(() => client.load(request)),
    play: () => later(() => client.play()),
    pause: () => later(() => client.pause()),
    step: () => later(() => client.step()),
    adjust: (changes) => later(() => client.adjust(changes)),
    keep: (network) => later(() => client.keep(network)),
    examine: (network, what) => later(() => client.examine(network, what)),
    stopExamining: (kind) => later(() => client.stopExamining(kind)),
    retry: () => later(() => client.retry()),
  };
}
