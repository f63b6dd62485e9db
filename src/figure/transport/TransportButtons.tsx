import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { canTrain } from '../../session/transport.ts';
import { Button } from '../../ui/Button.tsx';
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../../ui/icons.tsx';
import { useTrainButton } from './useTrainButton.ts';
import './transport.css';

const words = text.app.transport;

interface TransportButtonsProps {
  /** What the button says that trains, pauses, and trains again; it comes first where they are given. */
  readonly faces?: readonly [train: string, pause: string, again: string];
  readonly width?: number;
  readonly hasStep?: boolean;
  /** Whether the other buttons have their words beside their icons; where faces are not given, as far as the window has room. */
  readonly hasWords?: boolean;
}

/** Reset, step, play and pause; after a run the same again; after a failure, another try. */
export function TransportButtons({ faces, width, hasStep = true, hasWords = !faces }: TransportButtonsProps) {
  const { step, reset } = useCommands();
  const begun = useLab((state) => newestStep(state) > 0);
  const canStep = useLab((state) => !state.isPlaying && canTrain(state));
  const { act, press, isDisabled, isPending } = useTrainButton();
  const [train, pause, again] = faces ?? [words.play, words.pause, words.play];
  const buttons = [
    <Button key="reset" onPress={reset} isDisabled={!begun} aria-label={words.reset}>
      <ResetIcon />
      {hasWords && <span className="transport-word">{words.reset}</span>}
    </Button>,
    hasStep && (
      <Button key="step" onPress={step} isDisabled={!canStep} aria-label={words.step}>
        <StepIcon />
        {hasWords && <span className="transport-word">{words.step}</span>}
      </Button>
    ),
    <Button
      key="play"
      // Once a run is over, where to go from there counts for more than the same again.
      look={act === 'again' && faces ? 'plain' : 'primary'}
      className="transport-play"
      {...(width !== undefined && { style: { width } })}
      onPress={press}
      // Beside the lab's transport the failure has a button of its own.
      isDisabled={isDisabled || (act === 'retry' && !faces)}
      isPending={isPending}
    >
      {act === 'pause' ? <PauseIcon /> : <PlayIcon />}
      {act === 'pause' ? pause : act === 'again' ? again : train}
    </Button>,
  ];
  return <div className="row transport-buttons">{faces ? buttons.toReversed() : buttons}</div>;
}
