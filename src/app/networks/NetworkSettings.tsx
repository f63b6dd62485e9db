import { text } from '../../messages/messages.ts';
import { setNetwork } from '../../spec/edit.ts';
import type { NetworkSpec } from '../../spec/experiment.ts';
import { type NetworkSettingKey, networkSettingKeys, networkSettings } from '../../spec/settings.ts';
import { SettingsIcon } from '../../ui/icons.tsx';
import { PopoverButton } from '../../ui/PopoverButton.tsx';
import { useEdit } from '../lab.ts';
import { SettingControl } from '../settings/SettingControl.tsx';
import { FamilyControls } from './FamilyControls.tsx';
import '../settings/settings.css';

const words = text.app.networks;
const choices: Partial<Record<NetworkSettingKey, Readonly<Record<string, string>>>> = text.spec.choices;

export interface NetworkSettingsProps {
  /** What the network is called. */
  readonly name: string;
  readonly index: number;
  readonly network: NetworkSpec;
}

/** How one network is made: its family, and what its layers have in common. */
export function NetworkSettings({ name, index, network }: NetworkSettingsProps) {
  const edit = useEdit();
  return (
    <PopoverButton title={words.settings(name)} name={words.settings(name)} look="icon" face={<SettingsIcon />}>
      <div className="settings settings-popover">
        <FamilyControls index={index} stack={network.stack} />
        {networkSettingKeys.map((key) => {
          const named = choices[key];
          const isUnused = key === 'std' && network.init !== 'normal';
          return (
            <SettingControl
              key={key}
              label={text.spec.settings[key]}
              setting={networkSettings[key]}
              {...(named && { choices: named })}
              {...(isUnused && { remark: text.app.settings.onlyNormal })}
              value={network[key]}
              isDisabled={isUnused}
              onChange={(value) => edit((experiment) => setNetwork(experiment, index, { [key]: value }))}
            />
          );
        })}
        <p className="settings-note settings-wide">{text.app.settings.restartsAll}</p>
      </div>
    </PopoverButton>
  );
}
