import { sizesOf } from '../../experiment/dataRef.ts';
import { setTraining } from '../../experiment/edit.ts';
import { type TrainingSettingKey, trainingSetting } from '../../experiment/settings.ts';
import { text } from '../../messages/messages.ts';
import { useEdit, useLab } from '../../session/hooks.ts';
import { SettingControl } from '../settings/SettingControl.tsx';

/** One of the settings that all networks share. A change starts training again from step 0. */
export function TrainingSetting({ settingKey }: { readonly settingKey: TrainingSettingKey }) {
  const edit = useEdit();
  const value = useLab((state) => state.experiment.training[settingKey]);
  const data = useLab((state) => state.experiment.training.data);
  const words = text.settings[settingKey];
  const choices = () => Object.fromEntries(sizesOf(data).map((side) => [side, text.spec.size(side)]));
  return (
    <SettingControl
      words={settingKey === 'size' && data ? { ...words, choices: choices() } : words}
      setting={trainingSetting(settingKey, data)}
      value={value}
      onChange={(chosen) => edit((experiment) => setTraining(experiment, { [settingKey]: chosen }))}
    />
  );
}
