import type { Experiment } from './experiment.ts';
import { networkSettingKeys, trainingSettingKeys } from './settings.ts';
import { stackText } from './stack.ts';

/**
 * Everything that an experiment says, as text: two experiments have the same text if, and only if, they are the same.
 * Unlike a link it leaves nothing to presets, so that it still means the same when a preset changes.
 */
export function experimentText({ networks, training }: Experiment): string {
  const stated = networks.map((network) =>
    [stackText(network.stack), ...networkSettingKeys.map((key) => `${key}=${network[key]}`)].join(' '),
  );
  return [...stated, trainingSettingKeys.map((key) => `${key}=${training[key]}`).join(' ')].join(' | ');
}
