import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { Button } from '../../ui/Button.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { useCommands, useLab } from '../lab.ts';
import { newestStep } from '../selectors.ts';

const words = text.app.transport;

/** Rewinds the view, not the training, to any recorded step. At the newest step it follows. */
export function Scrubber() {
  const { view } = useCommands();
  const newest = useLab(newestStep);
  const steps = useLab((state) => state.experiment.training.steps);
  const shown = useLab((state) => state.viewStep) ?? newest;
  return (
    <div className="scrubber">
      <span className="scrubber-position">{words.position(shown, steps)}</span>
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
      <LiveButton />
    </div>
  );
}

const LiveButton = memo(function LiveButton() {
  const { view } = useCommands();
  const isLive = useLab((state) => state.viewStep === null);
  return (
    <Button
      look="chip"
      className={isLive ? 'scrubber-is-live' : ''}
      aria-label={words.liveName}
      onPress={() => view(null)}
    >
      {words.live}
    </Button>
  );
});
