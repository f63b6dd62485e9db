/** The names of networks. */
import { type NetworkSpec, networkIds } from '../../experiment/experiment.ts';
import type { PresetName } from '../../experiment/families.ts';
import { type NamingKey, type NetworkName, namesOf, type StackName } from '../../experiment/names.ts';
import { type BlockSettingKey, blockSettings, isBlockSetting, unusedFor } from '../../experiment/settings.ts';
import { number, plural } from '../format.ts';
import { settings as settingWords } from './settings.ts';
import { stack as stackWords } from './stack.ts';

const layers = (count: number): string => plural(count, { one: '# layer', other: '# layers' });

const inserted = {
  'base+conv': 'conv',
  'base+identity': 'identity',
  'base+dirac': 'Dirac',
  'base+zeroresidual': 'zero residual',
};

const architectures = { alexnet: 'AlexNet-like', 'vgg-16': 'VGG-16-like', 'vgg-19': 'VGG-19-like' };

const maps = (side: number): string => `${side}×${side} maps`;

/**
 * What is special about the networks of a preset on images of a side, and is said where that tells some apart, or nothing stands beside them: the maps
 * behind the stem, or that nothing is normalised.
 */
const presets: Readonly<Record<PresetName, (size: number) => string>> = {
  t7: (size) => maps(Math.ceil(size / 2)),
  s14: maps,
  f7: () => 'no normalisation',
};

/** For instance "Plain, 38 layers", "Flat plain, 12 layers", "Base + 18 conv", "VGG-16-like" or "Custom, 12 layers". */
function bareStack(name: StackName): string {
  if (name.kind === 'architecture') return architectures[name.architecture];
  if (name.kind === 'custom') return `Custom, ${layers(name.depth)}`;
  const { preset, kind, layers: count } = name.family;
  if (kind !== 'plain' && kind !== 'residual') return `Base + ${number(count)} ${inserted[kind]}`;
  return `${capital(preset === 'f7' ? `flat ${kind}` : kind)}, ${layers(count)}`;
}

/** With its preset: "Plain, 38 layers, 7×7 maps". @param size side of the images */
function stack(name: StackName, size: number): string {
  return name.kind === 'family' ? `${bareStack(name)}, ${presets[name.family.preset](size)}` : bareStack(name);
}

/** The names of stacks side by side: those that would be one have their presets in them. */
function stacksTogether(names: readonly StackName[], size: number): readonly string[] {
  const bare = names.map(bareStack);
  return names.map((name, index) => {
    const isUnlike = names.some((other, at) => bare[at] === bare[index] && stack(other, size) !== stack(name, size));
    return isUnlike ? stack(name, size) : (bare[index] ?? '');
  });
}

function capital(words: string): string {
  return words.startsWith('tanh') ? words : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Items of a stack in a name, at most. */
const ITEMS = 2;

/** The order in which settings are said. */
const keys = Object.keys(settingWords) as readonly NamingKey[];

/** The settings of a network's residual blocks that are not as in the original block, and those that say more of one which is not. */
function unusualBlocks(network: NetworkSpec): readonly BlockSettingKey[] {
  return keys.filter(isBlockSetting).filter((key) => {
    const { only, usual } = blockSettings[key];
    return only ? !unusedFor(key, network) : network[key] !== usual;
  });
}

/** A gate and its bias, for instance, have the same words. */
function saidOnce(words: readonly string[]): readonly string[] {
  return [...new Set(words)].filter((each) => each !== '');
}

/** What is special about a network, for instance "tanh, Xavier" or "ReLU, normal(0.05) + batch norm"; empty where nothing is. */
function special({ network, settings, items, stack: name }: NetworkName): string {
  const made = { ...network, width: 'family' in name ? name.family.width : 0 };
  const blocks: readonly NamingKey[] = unusualBlocks(network);
  const isSaid = (key: NamingKey) => settings.includes(key) && (!isBlockSetting(key) || blocks.includes(key));
  const own = items.slice(0, ITEMS).map((item) => {
    const times = item.count > 1 ? ` ${stackWords.times(item.count)}` : '';
    return `${stackWords.item(item).replace(', ', ' ')}${times}`;
  });
  const parts = [
    ...own,
    ...(items.length > ITEMS ? ['…'] : []),
    ...saidOnce(keys.filter(isSaid).map((key) => settingWords[key].short(made))),
  ];
  const norm = settings.includes('norm') && network.norm !== 'none' ? settingWords.norm.choices[network.norm] : '';
  return capital([parts.join(', '), norm.toLowerCase()].filter((part) => part !== '').join(' + '));
}

/**
 * What tells networks apart comes first: legends may have no room for the rest. Where only that differs, and all have a word for it, the
 * stack that they share is left out.
 *
 * @param size side of the images
 */
function networks(specs: readonly NetworkSpec[], size: number, isFull = false): readonly string[] {
  const names = namesOf(specs);
  const own = names.map((name) => name.stack);
  const stacks = isFull ? own.map((each) => stack(each, size)) : stacksTogether(own, size);
  const words = names.map(special);
  const isOneStack = new Set(stacks).size === 1 && names.length > 1;
  const isBare = !isFull && isOneStack && words.every((each) => each !== '');
  const named = stacks.map((name, index) => {
    const word = words[index] ?? '';
    if (word === '') return name;
    return isBare ? word : `${word} (${name})`;
  });
  return named.map((name, index) => {
    const isShared = named.some((other, at) => at !== index && other === name);
    return isShared ? `${name} (${networkIds[index] ?? index + 1})` : name;
  });
}

export const names = {
  stack,
  presets,
  networks,
  /** A network by itself, with all that its stack's name does not stand for. */
  network: (network: NetworkSpec, size: number) => networks([network], size, true)[0] ?? '',
  /** What residual blocks do with their two paths, for the line below a network's name; empty for the original block. */
  blocksInFull: (network: NetworkSpec) =>
    saidOnce(unusualBlocks(network).map((key) => settingWords[key].full(network))).join(' · '),
  blocksInShort: (network: NetworkSpec) =>
    saidOnce(unusualBlocks(network).map((key) => settingWords[key].short({ ...network, width: 0 }))).join(', '),
};
