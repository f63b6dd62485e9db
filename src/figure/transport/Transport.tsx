import { memo, useEffect } from 'react';
import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { secondsLeft } from '../../session/timeLeft.ts';
import { Button } from '../../ui/Button.tsx';
import { PauseIcon, PlayIcon, ResetIcon, StepIcon } from '../../ui/icons.tsx';
import { useSize } from '../stack/useSize.ts';
import { Scrubber } from './Scrubber.tsx';
import { SettingChips } from './SettingChips.tsx';
import './transport.css';

const words = text.app.transport;

export interface TransportProps {
  /** Told the place over the transport for the numbers of a tapped layer; null while the page is too wide to need one. */
  readonly onTappedPlace?: (place: HTMLElement | null) => void;
}

/** Reset, step, play and pause; where the run is; and the settings that all networks share. */
export const Transport = memo(function Transport({ onTappedPlace }: TransportProps) {
  return (
    <footer className="row transport">
      <h2 className="visually-hidden">{words.heading}</h2>
      {onTappedPlace && <TappedPlace onPlace={onTappedPlace} />}
      <TransportButtons />
      <Scrubber />
      <SettingChips />
    </footer>
  );
});

/** It has a width where it is of use, which the style sheet knows. */
function TappedPlace({ onPlace }: { readonly onPlace: (place: HTMLElement | null) => void }) {
  const [ref, size] = useSize<HTMLDivElement>();
  const isOfUse = size !== null && size.width > 0;
  useEffect(() => {
    onPlace(isOfUse ? ref.current : null);
    return () => onPlace(null);
  }, [isOfUse, onPlace, ref]);
  return <div className="transport-tapped" ref={ref} />;
}

function TransportButtons() {
  const { play, pause, step, reset } = useCommands();
  const kind = useLab((state) => state.status.kind);
  const begun = useLab((state) => newestStep(state) > 0);
  const canTrain = kind === 'ready' || kind === 'paused';
  const isRunning = kind === 'running';
  // A pause would come to nothing.
  const isMeasuring = useLab((state) => secondsLeft(state) === 'measuring');
  return (
    <div className="row transport-buttons">
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
