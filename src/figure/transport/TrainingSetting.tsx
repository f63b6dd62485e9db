import { setTraining } from '../../experiment/edit.ts';
import { type TrainingSettingKey, trainingSettings } from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { useEdit, useLab } from '../../session/hooks.ts';
import { SettingControl } from '../settings/SettingControl.tsx';

const choices: Partial<Record<TrainingSettingKey, Readonly<Record<string, string>>>> = text.spec.choices;

/** One of the settings that all networks share. A change starts training again from step 0. */
export function TrainingSetting({ settingKey }: { readonly settingKey: TrainingSettingKey }) {
  const edit = useEdit();
  const value = useLab((state) => state.experiment.training[settingKey]);
  const words = choices[settingKey];
  return (
    <SettingControl
      {...text.spec.settings[settingKey]}
      setting={trainingSettings[settingKey]}
      {...(words && { choices: words })}
      value={value}
      onChange={(chosen) => edit((experiment) => setTraining(experiment, { [settingKey]: chosen }))}
    />
  );
}
