import { useState } from 'react';
import type { TrainingSpec } from '../experiment/experiment.ts';
import type { Sweep } from '../experiment/sweep/sweep.ts';
import { text } from '../messages/messages.ts';
import { useCommands } from '../session/hooks.ts';
import type { SweepQueue } from '../session/sweeps/queue.ts';
import type { SweepRoomOptions } from '../session/sweeps/room.ts';
import { Button } from '../ui/Button.tsx';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';
import { pairOf } from './pair.ts';
import { Words } from './Words.tsx';

const words = text.home.depths;

interface AllDepthsProps extends SweepRoomOptions {
  readonly training: TrainingSpec;
}

/** Trains He et al.'s depths (Fig. 6) one after the other, as a sweep; what is known already is not trained again. */
export function AllDepths({ training, ...options }: AllDepthsProps) {
  const { pause, notify } = useCommands();
  const progress = useStorePerFrame(options.views, (state) => state.progress);
  const [queue, setQueue] = useState<SweepQueue | null>(null);
  async function start(): Promise<void> {
    pause();
    const base = pairOf(38, training);
    const sweep: Sweep = {
      axis: 'depth',
      values: [8, 20, 38, 56],
      kinds: ['plain', 'residual'],
      seeds: [training.seed],
    };
    const { sweepRoom } = await import('../session/sweeps/room.ts');
    const opened = await sweepRoom(base, options);
    if (!opened.ok) {
      notify(opened.problem);
      return;
    }
    const { queue: made } = opened.value;
    made.show(base, sweep);
    // The view of sweeps shows this one, too.
    options.views.setState({ sweep: { base, sweep } });
    made.play();
    setQueue(made);
  }
  if (!progress) {
    return (
      <Button onPress={() => void start()}>
        <Words of={words.all} />
      </Button>
    );
  }
  return (
    <>
      <span role="status">{words.training(progress.done, progress.all)}</span>
      <Button onPress={() => queue?.pause()} isDisabled={queue === null}>
        {words.stop}
      </Button>
    </>
  );
}
