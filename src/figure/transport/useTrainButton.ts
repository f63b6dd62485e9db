import { useCommands, useLab } from '../../session/hooks.ts';
import { canPlayOrPause } from '../../session/transport.ts';

export interface TrainButton {
  /** What a press does: trains, pauses, trains anew from the first step once a run is over, or tries again what has failed. */
  readonly act: 'train' | 'pause' | 'again' | 'retry';
  readonly press: () => void;
  readonly isDisabled: boolean;
  /** The last errors are being measured. The button does nothing, and keeps the focus for what it does next. */
  readonly isPending: boolean;
}

/** The one button that trains, from before a run to after it. */
export function useTrainButton(): TrainButton {
  const { play, pause, reset, retry } = useCommands();
  const kind = useLab(({ status }) => status.kind);
  const isPlaying = useLab((state) => state.isPlaying);
  const isPossible = useLab(canPlayOrPause);
  const again = () => {
    reset();
    play();
  };
  const act = kind === 'failed' ? 'retry' : kind === 'finished' ? 'again' : isPlaying ? 'pause' : 'train';
  return {
    act,
    press: { train: play, pause, again, retry }[act],
    isDisabled: act === 'train' && !isPossible,
    isPending: act === 'pause' && !isPossible,
  };
}
