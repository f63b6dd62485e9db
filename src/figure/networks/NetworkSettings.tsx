import { setNetwork } from '../../experiment/edit.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import {
  blockSettingKeys,
  isBlockSetting,
  type NetworkSettingKey,
  networkSettingKeys,
  networkSettings,
  unusedFor,
} from '../../experiment/settings.ts';
import { hasShortcuts } from '../../experiment/stack.ts';
import { text } from '../../messages/messages.ts';
import { useEdit } from '../../session/hooks.ts';
import { SettingsIcon } from '../../ui/icons.tsx';
import { PopoverButton } from '../../ui/PopoverButton.tsx';
import { SettingControl } from '../settings/SettingControl.tsx';
import { SettingsFoot } from '../settings/SettingsFoot.tsx';
import { FamilyControls } from './FamilyControls.tsx';

const words = text.app.networks;

const layerKeys = networkSettingKeys.filter((key) => !isBlockSetting(key));

export interface NetworkSettingsProps {
  /** What the network is called. */
  readonly name: string;
  readonly index: number;
  readonly network: NetworkSpec;
}

/** How one network is made: its family, what its layers have in common, and what its residual blocks have, if there are any. */
export function NetworkSettings({ name, index, network }: NetworkSettingsProps) {
  const title = words.settings(name);
  return (
    <PopoverButton title={title} name={title} look="icon" face={<SettingsIcon />}>
      <div className="settings settings-popover">
        <FamilyControls index={index} stack={network.stack} />
        <SettingControls keys={layerKeys} index={index} network={network} />
        {hasShortcuts(network.stack) && (
          <fieldset className="settings-group whole-line">
            <legend className="strong">{words.blockSettings}</legend>
            <div className="settings">
              <SettingControls keys={blockSettingKeys} index={index} network={network} />
            </div>
          </fieldset>
        )}
      </div>
      <SettingsFoot>{text.app.settings.restartsAll}</SettingsFoot>
    </PopoverButton>
  );
}

interface SettingControlsProps extends Omit<NetworkSettingsProps, 'name'> {
  readonly keys: readonly NetworkSettingKey[];
}

function SettingControls({ keys, index, network }: SettingControlsProps) {
  const edit = useEdit();
  return keys.map((key) => (
    <SettingControl
      key={key}
      words={text.settings[key]}
      setting={networkSettings[key]}
      value={network[key]}
      isUnused={unusedFor(key, network) !== null}
      onChange={(value) => edit((experiment) => setNetwork(experiment, index, { [key]: value }))}
    />
  ));
}
