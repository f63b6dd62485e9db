import { useState } from 'react';
import type { Result } from '../experiment/result.ts';
import type { Lab } from '../session/store/lab.ts';
import { stateOf } from '../session/sweeps/state.ts';
import type { Views } from '../session/views.ts';
import type { WorkerClient } from '../session/worker/client.ts';
import type { RunRequest } from '../session/worker/protocol.ts';
import { SweepView } from './SweepView.tsx';
import { openSweepRoom, type SweepRoom } from './sweepRoom.ts';

export interface SweepSlotProps {
  readonly lab: Lab;
  readonly views: Views;
  readonly engine: RunRequest['engine'];
  /** Starts a worker for the sweep. */
  readonly connect: () => WorkerClient;
}

/** The room outlives the view: a sweep goes on while the lab is looked at. */
let room: Promise<Result<SweepRoom>> | null = null;

/** Tells how far a sweep is, for those who look at another view meanwhile. */
function showProgress({ queue }: SweepRoom, views: Views): void {
  queue.store.subscribe((state) => {
    const isTraining = state.status.kind === 'running' || state.status.kind === 'loading';
    const done = state.cells.filter((cell) => stateOf(state, cell).kind === 'done').length;
    const before = views.getState().progress;
    if (!isTraining && before) views.setState({ progress: null });
    if (isTraining && (before?.done !== done || before.all !== state.cells.length)) {
      views.setState({ progress: { done, all: state.cells.length } });
    }
  });
}

/** The place of the sweep view, which opens its room on the first visit. */
export default function SweepSlot({ lab, views, engine, connect }: SweepSlotProps) {
  const open = () => {
    const opening = openSweepRoom(lab.store.getState().experiment, engine, connect());
    void opening.then((opened) => opened.ok && showProgress(opened.value, views));
    room = opening;
    return opening;
  };
  const [opened, setOpened] = useState(() => room ?? open());
  return <SweepView room={opened} views={views} onRetry={() => setOpened(open())} />;
}
