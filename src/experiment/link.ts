/**
 * An experiment as the hash of a link, readable by a person: `#v=1&a=t7-plain-38&b=t7-residual-38&lr=0.1`. What a link
 * does not say comes from the preset that the name of its first network stands for, so a link holds only
 * what is special about its experiment.
 */
import { formatData } from './dataRef.ts';
import { type Experiment, type NetworkId, type NetworkSpec, networkIds } from './experiment.ts';
import { formatNetwork } from './networkText.ts';
import { presets } from './presets.ts';
import { familyWidthSetting, networkSettingKeys, type SettingValue, trainingSettingKeys } from './settings.ts';

/** Version of the language of links; a later one may read earlier ones. */
export const LINK_VERSION = '1';

/** The canonical hash of an experiment, `#` included. `parseLink` reads it back exactly. */
export function formatLink({ networks, training }: Experiment): string {
  const names = networks.map((network) => formatNetwork(network.stack));
  const preset = presets[names[0]?.preset ?? 't7'];
  const pairs = [`v=${LINK_VERSION}`, ...names.map(({ text }, i) => `${networkIds[i]}=${text}`)];
  const widths = names.map(({ width }) => width);
  pairs.push(...perNetwork('width', widths, familyWidthSetting.usual));
  for (const key of networkSettingKeys) {
    const values = networks.map((network: NetworkSpec): SettingValue => network[key]);
    pairs.push(...perNetwork(key, values, preset.network[key]));
  }
  if (training.data) pairs.push(`data=${formatData(training.data)}`);
  for (const key of trainingSettingKeys) {
    if (training[key] !== preset.training[key]) pairs.push(`${key}=${training[key]}`);
  }
  return `#${pairs.join('&')}`;
}

/** One pair where all networks agree, one for each that differs otherwise; null: the network has no such setting. */
function perNetwork(key: string, values: readonly (SettingValue | null)[], usual: SettingValue): string[] {
  const stated = values.filter((value) => value !== null);
  const [first] = stated;
  if (first === undefined) return [];
  if (stated.every((value) => value === first)) return first === usual ? [] : [`${key}=${first}`];
  return values.flatMap((value, i) => {
    const id: NetworkId | undefined = networkIds[i];
    return value === null || value === usual || id === undefined ? [] : [`${id}.${key}=${value}`];
  });
}
