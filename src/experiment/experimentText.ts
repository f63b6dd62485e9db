import type { Experiment } from './experiment.ts';
import { networkSettings, type Setting, type SettingValue, trainingSettings } from './settings.ts';
import { stackText } from './stack.ts';

/** The settings that there were when runs began to be kept. */
const first: ReadonlySet<string> = new Set(
  'norm act init std gain shortcut head size batch opt lr schedule wd clip seed train steps'.split(' '),
);

/** Settings that came later are left out where they are usual: so what was kept before then is found again. */
function settingsText<K extends string>(
  table: Readonly<Record<K, Setting>>,
  values: Readonly<Record<NoInfer<K>, SettingValue>>,
): string {
  const keys = Object.keys(table) as K[];
  const said = keys.filter((key) => first.has(key) || values[key] !== table[key].usual);
  return said.map((key) => `${key}=${values[key]}`).join(' ');
}

/**
 * Everything that an experiment says, as text: two experiments have the same text if, and only if, they are the same.
 * Unlike a link it leaves nothing to presets, so that it still means the same when a preset changes.
 */
export function experimentText({ networks, training }: Experiment): string {
  const texts = networks.map((network) => `${stackText(network.stack)} ${settingsText(networkSettings, network)}`);
  const data = training.data ? ` data=${training.data.id}` : '';
  return [...texts, `${settingsText(trainingSettings, training)}${data}`].join(' | ');
}
