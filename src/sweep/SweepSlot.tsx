import { useState } from 'react';
import type { Lab } from '../session/store/lab.ts';
import { type SweepRoomOptions, sweepRoom } from '../session/sweeps/room.ts';
import { SweepView } from './SweepView.tsx';

export interface SweepSlotProps extends SweepRoomOptions {
  readonly lab: Lab;
}

/** The place of the sweep view. */
export default function SweepSlot({ lab, ...options }: SweepSlotProps) {
  const open = () => sweepRoom(lab.store.getState().experiment, options);
  const [opened, setOpened] = useState(open);
  return <SweepView room={opened} views={options.views} onRetry={() => setOpened(open())} />;
}
