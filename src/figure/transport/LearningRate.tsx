import { trainingSettings } from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { NumberField } from '../../ui/EntryField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { rangeText, readNumber, settingText } from '../settings/reading.ts';

/** The slider's ends, as powers of ten; the field beside it takes any learning rate. */
const SMALLEST_POWER = -4;
const LARGEST_POWER = Math.log10(trainingSettings.lr.range.max);
const STEPS_PER_DECADE = 20;

/** To two significant digits, as nobody needs more. */
function rateAt(position: number): number {
  return Number((10 ** position).toPrecision(2));
}

/** The learning rate, also while training runs: a field for exact values and a logarithmic slider. */
export function LearningRate() {
  const { setLearningRate } = useCommands();
  const rate = useLab((state) => state.experiment.training.lr);
  const position = Math.min(LARGEST_POWER, Math.max(SMALLEST_POWER, Math.log10(rate)));
  return (
    <div className="learning-rate">
      <NumberField
        {...text.settings.lr}
        range={rangeText(trainingSettings.lr.range)}
        value={rate}
        format={settingText}
        read={(typed) => readNumber(typed, trainingSettings.lr.range)}
        onCommit={(value) => {
          setLearningRate(value);
          return null;
        }}
      />
      <Slider
        label={text.app.settings.learningRateSlider}
        min={SMALLEST_POWER}
        max={LARGEST_POWER}
        step={1 / STEPS_PER_DECADE}
        value={position}
        valueText={settingText(rate)}
        onChange={(value) => setLearningRate(rateAt(value))}
      />
      <p className="note">{text.app.settings.learningRateNow}</p>
    </div>
  );
}
