import { setTraining } from '../../experiment/edit.ts';
import { type TrainingSettingKey, trainingSettings } from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { useEdit, useLab } from '../../session/hooks.ts';
import { SettingControl } from '../settings/SettingControl.tsx';

/** One of the settings that all networks share. A change starts training again from step 0. */
export function TrainingSetting({ settingKey }: { readonly settingKey: TrainingSettingKey }) {
  const edit = useEdit();
  const value = useLab((state) => state.experiment.training[settingKey]);
  return (
    <SettingControl
      words={text.settings[settingKey]}
      setting={trainingSettings[settingKey]}
      value={value}
      onChange={(chosen) => edit((experiment) => setTraining(experiment, { [settingKey]: chosen }))}
    />
  );
}
