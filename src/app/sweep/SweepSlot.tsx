import { useState } from 'react';
import type { Result } from '../../spec/result.ts';
import type { Lab } from '../../store/lab.ts';
import type { RunRequest } from '../../worker/protocol.ts';
import type { Views } from '../views.ts';
import { SweepView } from './SweepView.tsx';
import { openSweepRoom, type SweepRoom } from './sweepRoom.ts';

export interface SweepSlotProps {
  readonly lab: Lab;
  readonly views: Views;
  readonly engine: RunRequest['engine'];
}

/** The room outlives the view: a sweep goes on while the lab is looked at. */
let room: Promise<Result<SweepRoom>> | null = null;

/** The place of the sweep view, which opens its room on the first visit. */
export default function SweepSlot({ lab, views, engine }: SweepSlotProps) {
  const open = () => {
    room = openSweepRoom(lab.store.getState().experiment, engine);
    return room;
  };
  const [opened, setOpened] = useState(() => room ?? open());
  return <SweepView room={opened} views={views} onRetry={() => setOpened(open())} />;
}
