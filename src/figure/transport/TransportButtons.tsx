import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { canPlayOrPause, canTrain } from '../../session/transport.ts';
import { Button } from '../../ui/Button.tsx';
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../../ui/icons.tsx';
import './transport.css';

const words = text.app.transport;

interface TransportButtonsProps {
  /** What the button says that trains, and pauses; it comes first where they are given. */
  readonly faces?: readonly [train: string, pause: string];
  readonly width?: number;
  readonly hasStep?: boolean;
}

/** Reset, step, play and pause; after a failure, another try. */
export function TransportButtons({ faces, width, hasStep = true }: TransportButtonsProps) {
  const { play, pause, step, reset, retry } = useCommands();
  const isFailed = useLab(({ status }) => status.kind === 'failed');
  const begun = useLab((state) => newestStep(state) > 0);
  const canStep = useLab((state) => !state.isPlaying && canTrain(state));
  const isPossible = useLab(canPlayOrPause);
  const isPlaying = useLab((state) => state.isPlaying);
  const [train, stop] = faces ?? [words.play, words.pause];
  const buttons = [
    <Button key="reset" onPress={reset} aria-label={words.reset} isDisabled={!begun}>
      <ResetIcon />
    </Button>,
    hasStep && (
      <Button key="step" onPress={step} isDisabled={!canStep} aria-label={words.step}>
        <StepIcon />
        {!faces && <span className="transport-word">{words.step}</span>}
      </Button>
    ),
    <Button
      key="play"
      look="primary"
      className="transport-play"
      {...(width !== undefined && { style: { width } })}
      onPress={isFailed ? retry : isPlaying ? pause : play}
      isDisabled={!isPossible && !(faces && isFailed)}
    >
      {isPlaying ? <PauseIcon /> : <PlayIcon />}
      {isPlaying ? stop : train}
    </Button>,
  ];
  return <div className="row transport-buttons">{faces ? buttons.toReversed() : buttons}</div>;
}
