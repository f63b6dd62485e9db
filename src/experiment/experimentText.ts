import { type Experiment, type NetworkSpec, originalBlocks } from './experiment.ts';
import { blockSettingKeys, networkSettingKeys, trainingSettingKeys } from './settings.ts';
import { stackText } from './stack.ts';

/** Settings that came later are left out where blocks are the original ones: so what was kept before then is found again. */
const stated: ReadonlySet<string> = new Set(['shortcut']);

function isSaid(network: NetworkSpec, key: (typeof networkSettingKeys)[number]): boolean {
  const block = blockSettingKeys.find((candidate) => candidate === key);
  return block === undefined || stated.has(block) || network[block] !== originalBlocks[block];
}

/**
 * Everything that an experiment says, as text: two experiments have the same text if, and only if, they are the same.
 * Unlike a link it leaves nothing to presets, so that it still means the same when a preset changes.
 */
export function experimentText({ networks, training }: Experiment): string {
  const texts = networks.map((network) => {
    const said = networkSettingKeys.filter((key) => isSaid(network, key));
    return [stackText(network.stack), ...said.map((key) => `${key}=${network[key]}`)].join(' ');
  });
  return [...texts, trainingSettingKeys.map((key) => `${key}=${training[key]}`).join(' ')].join(' | ');
}
