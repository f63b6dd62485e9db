import { useTrainButton } from '../../figure/transport/useTrainButton.ts';
import { text } from '../../messages/messages.ts';
import { useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { secondsLeft } from '../../session/timeLeft.ts';
import { Button } from '../../ui/Button.tsx';
import { PauseIcon, PlayIcon, ResetIcon } from '../../ui/icons.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { answer, SKIPPED } from '../progress.ts';
import { QuietButton } from './QuietButton.tsx';

const words = text.lessons.run;

interface RunItProps {
  /** A prediction comes first. */
  readonly isGated: boolean;
  /** Of the part. */
  readonly id: string;
}

/** Starts the experiment of a part, and says how far it is. */
export function RunIt({ isGated, id }: RunItProps) {
  const { act, press, isDisabled, isPending } = useTrainButton();
  const step = useLab(newestStep);
  const left = useLab(secondsLeft);
  const isOver = act === 'again';
  const isToPredict = isGated && step === 0;
  const Icon = act === 'pause' ? PauseIcon : isOver ? ResetIcon : PlayIcon;
  return (
    <div className="column at-top lesson-run">
      <div className="row">
        <Button
          look={isOver ? 'plain' : 'primary'}
          // Beside a lesson the failure has a button of its own.
          isDisabled={isDisabled || act === 'retry' || (isToPredict && act === 'train')}
          isPending={isPending}
          onPress={press}
          data-onward={!isOver || undefined}
        >
          <Icon />
          {act === 'pause' ? words.pause : isOver ? words.again : step > 0 ? words.goOn : words.start}
        </Button>
        {isToPredict && (
          <QuietButton isOnward onPress={() => answer(id, SKIPPED)}>
            {words.skip}
          </QuietButton>
        )}
      </div>
      {step > 0 && !isOver && <HowFar step={step} left={left} />}
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
