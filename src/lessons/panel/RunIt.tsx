import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { secondsLeft } from '../../session/timeLeft.ts';
import { Button } from '../../ui/Button.tsx';
import { PauseIcon, PlayIcon, ResetIcon } from '../../ui/icons.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { answer, SKIPPED } from '../progress.ts';

const words = text.lessons.run;

interface RunItProps {
  /** A prediction comes first. */
  readonly isGated: boolean;
  /** Of the part. */
  readonly id: string;
}

/** Starts the experiment of a part, and says how far it is. */
export function RunIt({ isGated, id }: RunItProps) {
  const { play, pause, reset } = useCommands();
  const kind = useLab(({ status }) => status.kind);
  const step = useLab(newestStep);
  const left = useLab(secondsLeft);
  if (kind === 'finished') {
    const again = () => {
      reset();
      play();
    };
    return (
      <div className="column lesson-run">
        <Button onPress={again}>
          <ResetIcon />
          {words.again}
        </Button>
      </div>
    );
  }
  const isRunning = kind === 'running';
  // A pause would come to nothing.
  const isMeasuring = left === 'measuring';
  return (
    <div className="column lesson-run">
      <div className="row">
        <Button
          look="primary"
          isDisabled={isMeasuring || (isGated && step === 0) || !(isRunning || kind === 'ready' || kind === 'paused')}
          onPress={isRunning ? pause : play}
        >
          {isRunning ? <PauseIcon /> : <PlayIcon />}
          {isRunning ? words.pause : step > 0 ? words.goOn : words.start}
        </Button>
        {isGated && step === 0 && (
          <button type="button" className="lesson-skip" onClick={() => answer(id, SKIPPED)}>
            {words.skip}
          </button>
        )}
      </div>
      {step > 0 && <HowFar step={step} left={left} />}
    </div>
  );
}

interface HowFarProps {
  readonly step: number;
  readonly left: ReturnType<typeof secondsLeft>;
}

function HowFar({ step, left }: HowFarProps) {
  const steps = useLab(({ experiment }) => experiment.training.steps);
  const said = left === 'measuring' ? words.measuring : words.howFar(step, steps, left);
  return <Progress label={words.progress} fraction={step / steps} text={said} />;
}
