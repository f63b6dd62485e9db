import type { Command, LabClient } from '../session/worker/protocol.ts';

/** Calls back when the browser has drawn the page once. */
export function onFirstPaint(done: () => void): void {
  // A frame is painted after its callbacks, so the next task comes after the paint.
  requestAnimationFrame(() => setTimeout(done));
}

/**
 * A client that holds its commands back until the page has been drawn. So
 * the worker and its engine, megabytes of code, do not compete with the page for the first picture.
 */
export function afterPaint(client: LabClient, onPaint = onFirstPaint): LabClient {
  let waiting: Command[] | null = [];
  onPaint(() => {
    const commands = waiting ?? [];
    waiting = null;
    for (const command of commands) client.send(command);
  });
  return {
    listen: (listener) => client.listen(listener),
    send(command) {
      if (waiting) waiting.push(command);
      else client.send(command);
    },
  };
}
