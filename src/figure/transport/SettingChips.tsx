import { memo } from 'react';
import { type TrainingSettingKey, trainingSettingKeys } from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { useLab } from '../../session/hooks.ts';
import { SettingsIcon } from '../../ui/icons.tsx';
import { PopoverButton } from '../../ui/PopoverButton.tsx';
import { settingText } from '../settings/reading.ts';
import { SettingsFoot } from '../settings/SettingsFoot.tsx';
import { LearningRate } from './LearningRate.tsx';
import { TrainingSetting } from './TrainingSetting.tsx';

const words = text.app.transport;

/** Settings that are in sight; the others are behind the last chip. */
const chipKeys = ['batch', 'opt', 'seed'] as const satisfies readonly TrainingSettingKey[];
const otherKeys = trainingSettingKeys.filter((key) => key !== 'lr');

/** What all networks share, as chips that open their setting. */
export const SettingChips = memo(function SettingChips() {
  const training = useLab((state) => state.experiment.training);
  const faces: Record<(typeof chipKeys)[number], string> = {
    batch: words.chips.batch(settingText(training.batch)),
    opt: words.chips.opt(text.settings.opt.choices[training.opt]),
    seed: words.chips.seed(settingText(training.seed)),
  };
  return (
    <div className="row setting-chips">
      <PopoverButton title={text.settings.lr.label} look="chip" face={words.chips.lr(settingText(training.lr))}>
        <LearningRate />
      </PopoverButton>
      {chipKeys.map((key) => (
        <PopoverButton
          key={key}
          title={text.settings[key].label}
          look="chip"
          className="setting-chip"
          face={faces[key]}
        >
          <TrainingSetting settingKey={key} />
          <p className="note">{text.app.settings.restarts}</p>
        </PopoverButton>
      ))}
      <PopoverButton title={words.settings} look="chip" name={words.settings} face={<SettingsIcon />}>
        <div className="settings settings-popover">
          <div className="settings-wide">
            <LearningRate />
          </div>
          {otherKeys.map((key) => (
            <TrainingSetting key={key} settingKey={key} />
          ))}
        </div>
        <SettingsFoot>{text.app.settings.restarts}</SettingsFoot>
      </PopoverButton>
    </div>
  );
});
