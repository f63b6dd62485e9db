import { text } from '../../messages/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { AddIcon } from '../../ui/icons.tsx';
import { LessIcon } from './icons.tsx';

interface StepperProps {
  /** What is counted, for instance "Width". */
  readonly label: string;
  /** Whose it is, for screen readers, where several steppers are in sight. */
  readonly owner: string;
  readonly value: string;
  /** Values beyond the limits are refused with a sentence, so the buttons never go dead under a finger. */
  readonly onStep: (direction: -1 | 1) => void;
}

/** A value between a button for less and one for more. */
export function Stepper({ label, owner, value, onStep }: StepperProps) {
  return (
    <div className="stepper">
      <Button look="icon" aria-label={text.stack.ofItem(text.stack.less(label), owner)} onPress={() => onStep(-1)}>
        <LessIcon />
      </Button>
      <output className="stepper-value">{value}</output>
      <Button look="icon" aria-label={text.stack.ofItem(text.stack.more(label), owner)} onPress={() => onStep(1)}>
        <AddIcon />
      </Button>
    </div>
  );
}
