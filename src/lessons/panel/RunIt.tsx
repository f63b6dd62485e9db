import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { secondsLeft } from '../../session/timeLeft.ts';
import { canPlayOrPause } from '../../session/transport.ts';
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
  const isFinished = useLab(({ status }) => status.kind === 'finished');
  const isPlaying = useLab((state) => state.isPlaying);
  const isPossible = useLab(canPlayOrPause);
  const step = useLab(newestStep);
  const left = useLab(secondsLeft);
  if (isFinished) {
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
  return (
    <div className="column lesson-run">
      <div className="row">
        <Button
          look="primary"
          isDisabled={!isPossible || (isGated && step === 0)}
          onPress={isPlaying ? pause : play}
          data-onward
        >
          {isPlaying ? <PauseIcon /> : <PlayIcon />}
          {isPlaying ? words.pause : step > 0 ? words.goOn : words.start}
        </Button>
        {isGated && step === 0 && (
          <button
            type="button"
            className="lesson-skip text-button soft small"
            data-onward
            onClick={() => answer(id, SKIPPED)}
          >
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
