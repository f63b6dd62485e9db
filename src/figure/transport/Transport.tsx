import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { secondsLeft } from '../../session/timeLeft.ts';
import { Button } from '../../ui/Button.tsx';
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../../ui/icons.tsx';
import { Scrubber } from './Scrubber.tsx';
import { SettingChips } from './SettingChips.tsx';
import './transport.css';

const words = text.app.transport;

/** Reset, step, play and pause; where the run is; and the settings that all networks share. */
export const Transport = memo(function Transport() {
  return (
    <footer className="transport">
      <h2 className="visually-hidden">{words.heading}</h2>
      <TransportButtons />
      <Scrubber />
      <SettingChips />
    </footer>
  );
});

function TransportButtons() {
  const { play, pause, step, reset } = useCommands();
  const kind = useLab((state) => state.status.kind);
  const begun = useLab((state) => newestStep(state) > 0);
  const canTrain = kind === 'ready' || kind === 'paused';
  const isRunning = kind === 'running';
  // A pause would come to nothing.
  const isMeasuring = useLab(secondsLeft) === 'measuring';
  return (
    <div className="transport-buttons">
      <Button onPress={reset} aria-label={words.reset} isDisabled={!begun}>
        <ResetIcon />
      </Button>
      <Button onPress={step} isDisabled={!canTrain} aria-label={words.step}>
        <StepIcon />
        <span className="transport-word">{words.step}</span>
      </Button>
      <Button
        look="primary"
        className="transport-play"
        onPress={isRunning ? pause : play}
        isDisabled={isMeasuring || (!canTrain && !isRunning)}
      >
        {isRunning ? <PauseIcon /> : <PlayIcon />}
        {isRunning ? words.pause : words.play}
      </Button>
    </div>
  );
}
