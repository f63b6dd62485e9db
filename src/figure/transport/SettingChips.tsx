import { memo, useState } from 'react';
import { sizesOf } from '../../experiment/dataRef.ts';
import { setTraining } from '../../experiment/edit.ts';
import {
  type TrainingSettingKey,
  trainingSetting,
  trainingSettingKeys,
  trainingSettings,
  unusedInTraining,
} from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { useEdit, useLab } from '../../session/hooks.ts';
import { SettingsIcon } from '../../ui/icons.tsx';
import { PopoverButton } from '../../ui/PopoverButton.tsx';
import { settingText } from '../settings/reading.ts';
import { SettingControl } from '../settings/SettingControl.tsx';
import { SettingsFoot } from '../settings/SettingsFoot.tsx';
import { LearningRate } from './LearningRate.tsx';

const words = text.app.transport;

/** Settings that are in sight; the others are behind the last chip. */
const chipKeys = ['batch', 'opt', 'seed'] as const satisfies readonly TrainingSettingKey[];

/** Settings that few experiments change. */
const rareKeys: readonly TrainingSettingKey[] = [
  'warmup',
  'warmupform',
  'warmupfactor',
  'wd',
  'clip',
  'input',
  'test',
  'augment',
  'stats',
  'labelnoise',
];
const mainKeys = trainingSettingKeys.filter((key) => key !== 'lr' && !rareKeys.includes(key));

/** One of the settings that all networks share. A change starts training again from step 0. */
function TrainingSetting({ settingKey }: { readonly settingKey: TrainingSettingKey }) {
  const edit = useEdit();
  const value = useLab((state) => state.experiment.training[settingKey]);
  const data = useLab((state) => state.experiment.training.data);
  const about = text.settings[settingKey];
  const choices = () => Object.fromEntries(sizesOf(data).map((side) => [side, text.spec.size(side)]));
  return (
    <SettingControl
      words={settingKey === 'size' && data ? { ...about, choices: choices() } : about}
      setting={trainingSetting(settingKey, data)}
      value={value}
      onChange={(chosen) => edit((experiment) => setTraining(experiment, { [settingKey]: chosen }))}
    />
  );
}

/** Those of some settings that mean something beside the others. */
function TrainingSettings({ keys }: { readonly keys: readonly TrainingSettingKey[] }) {
  const training = useLab((state) => state.experiment.training);
  return keys
    .filter((key) => !unusedInTraining(key, training))
    .map((key) => <TrainingSetting key={key} settingKey={key} />);
}

/** Open from the start where one of them is not as usual. */
function MoreSettings() {
  const training = useLab((state) => state.experiment.training);
  const [isOpen] = useState(() => rareKeys.some((key) => training[key] !== trainingSettings[key].usual));
  return (
    <details className="settings-group whole-line" open={isOpen}>
      <summary className="strong">{words.moreSettings}</summary>
      <div className="settings">
        <TrainingSettings keys={rareKeys} />
      </div>
    </details>
  );
}

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
          <div className="whole-line">
            <LearningRate />
          </div>
          <TrainingSettings keys={mainKeys} />
          <MoreSettings />
        </div>
        <SettingsFoot>{text.app.settings.restarts}</SettingsFoot>
      </PopoverButton>
    </div>
  );
});
