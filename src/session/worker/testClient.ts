/** A client for tests: its session runs in this thread, on noise images. */
import type { Engine } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { examinations } from '../../instruments/instruments.ts';
import type { LabClient, LabListener } from './protocol.ts';
import { Session } from './session.ts';
import { Arrival } from './testArrival.ts';

export interface TestClient extends LabClient {
  /** The experiments loaded, in order. */
  readonly loads: readonly Experiment[];
}

export function testClient(
  startEngine: () => Promise<Engine> = async () => createReferenceEngine(),
  memoryBudget = 1e8,
): TestClient {
  const listeners = new Set<LabListener>();
  const loads: Experiment[] = [];
  const session = new Session(
    {
      openImages: (request) => new Arrival(request, { train: 20, test: 30 }),
      startEngine: async () => ({ engine: await startEngine(), skipped: [] }),
      memoryBudget,
      examiners: examinations,
    },
    (event) => {
      for (const listener of listeners) listener(event);
    },
  );
  return {
    loads,
    send(command) {
      if (command.type === 'load') loads.push(command.request.experiment);
      session.do(command);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
