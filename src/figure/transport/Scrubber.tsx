import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import type { LabState } from '../../session/store/state.ts';
import { isMeasuring, secondsLeft, secondsToCome } from '../../session/timeLeft.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress, type ProgressProps } from '../../ui/Progress.tsx';
import { Slider } from '../../ui/Slider.tsx';

const words = text.app.transport;

export interface ScrubberProps {
  /** Where there is little: which form of the position, the width that is kept for it, and no words on the time that is left. */
  readonly room?: { readonly position: number | null; readonly width: number };
}

/** The forms of where a run is, longest first. */
export function positions(step: number, steps: number): readonly string[] {
  return [words.position(step, steps), words.positionShort(step, steps), words.positionBare(step)];
}

/**
 * Rewinds the view, not the training, to any recorded step. At the newest step it follows. Until there is one, its place
 * belongs to what training waits for, so that nothing moves when that has come.
 */
export function Scrubber({ room }: ScrubberProps) {
  const { view } = useCommands();
  const newest = useLab(newestStep);
  const steps = useLab((state) => state.experiment.training.steps);
  const shown = useLab((state) => state.viewStep) ?? newest;
  const onItsWay = useOnItsWay();
  const measures = useLab(isMeasuring);
  if (onItsWay && newest === 0) {
    return (
      <div className="scrubber">
        <Progress {...onItsWay} />
      </div>
    );
  }
  return (
    <div className="scrubber">
      {room ? (
        room.position !== null && (
          <span className="scrubber-position small unbroken" style={{ minWidth: room.width }}>
            {positions(shown, steps)[room.position]}
          </span>
        )
      ) : (
        <span className="scrubber-position small unbroken">
          {measures && shown === newest ? words.measuring : words.position(shown, steps)}
        </span>
      )}
      <Slider
        label={words.scrubber}
        min={0}
        max={Math.max(steps, newest)}
        step={1}
        value={shown}
        reach={newest}
        valueText={words.scrubberValue(shown, steps)}
        onChange={(value) => view(value >= newest ? null : value)}
        isDisabled={newest === 0}
      />
      {!room && onItsWay && <Progress {...onItsWay} />}
      {!room && (
        <span className="scrubber-end">
          <TimeLeft />
          <LiveButton />
        </span>
      )}
    </div>
  );
}

/** Until the run is over; what follows the newest step only, as behind it the way back there takes its place. */
function TimeLeft() {
  const left = useLab((state) => (state.viewStep === null ? secondsLeft(state) : null));
  const toCome = useLab(secondsToCome);
  return (
    <span className="scrubber-left note unbroken">
      {typeof left === 'number' ? words.timeLeft(left) : toCome !== null && words.timeToCome(toCome)}
    </span>
  );
}

const LiveButton = memo(function LiveButton() {
  const { view } = useCommands();
  const isLive = useLab((state) => state.viewStep === null);
  return (
    <Button look="chip" className={isLive ? 'unseen' : ''} aria-label={words.liveName} onPress={() => view(null)}>
      {words.live}
    </Button>
  );
});

function shareOf({ bytes, total }: { readonly bytes: number; readonly total: number }): number {
  return total > 0 ? Math.min(1, bytes / total) : 0;
}

function progressOf({ status, dataProgress }: Pick<LabState, 'status' | 'dataProgress'>): ProgressProps | null {
  if (status.kind === 'loading') {
    const fraction = shareOf(status);
    return { label: text.app.status.loading, fraction, text: text.app.status.loadingShare(fraction) };
  }
  if (status.kind === 'preparing') {
    return {
      label: text.app.status.preparing,
      fraction: status.share,
      text: text.app.status.preparingShare(status.share),
    };
  }
  const fraction = shareOf(dataProgress);
  if (status.kind === 'failed' || fraction === 0 || fraction === 1) return null;
  return { label: text.app.status.streaming, fraction, text: text.app.status.streamingShare(fraction) };
}

/** What training waits for; once it need not wait, which images are still to come; null when everything is here. */
function useOnItsWay(): ProgressProps | null {
  const status = useLab((state) => state.status);
  const dataProgress = useLab((state) => state.dataProgress);
  return progressOf({ status, dataProgress });
}
