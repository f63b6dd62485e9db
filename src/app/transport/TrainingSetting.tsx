import { text } from '../../messages/messages.ts';
import type { TrainingSpec } from '../../spec/experiment.ts';
import { type TrainingSettingKey, trainingSettings } from '../../spec/settings.ts';
import { useCommands, useLab } from '../lab.ts';
import { SettingControl } from '../settings/SettingControl.tsx';

const choices: Partial<Record<TrainingSettingKey, Readonly<Record<string, string>>>> = text.spec.choices;

/** One of the settings that all networks share. A change starts training again from step 0. */
export function TrainingSetting({ settingKey }: { readonly settingKey: TrainingSettingKey }) {
  const { setExperiment } = useCommands();
  const experiment = useLab((state) => state.experiment);
  const words = choices[settingKey];
  return (
    <SettingControl
      label={text.spec.settings[settingKey]}
      setting={trainingSettings[settingKey]}
      {...(words && { choices: words })}
      value={experiment.training[settingKey]}
      onChange={(value) => {
        const training = { ...experiment.training, [settingKey]: value } as TrainingSpec;
        setExperiment({ ...experiment, training });
      }}
    />
  );
}
