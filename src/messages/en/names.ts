/** The names of networks. */
import { type NetworkSpec, networkIds } from '../../experiment/experiment.ts';
import type { PresetName } from '../../experiment/families.ts';
import { type NamingKey, type NetworkName, namesOf, type StackName } from '../../experiment/names.ts';
import { number, plural } from '../format.ts';
import { blocks } from './blocks.ts';
import { spec } from './spec.ts';
import { stack as stackWords } from './stack.ts';

const layers = (count: number): string => plural(count, { one: '# layer', other: '# layers' });

const inserted = {
  'base+conv': 'conv',
  'base+identity': 'identity',
  'base+dirac': 'Dirac',
  'base+zeroresidual': 'zero residual',
};

const architectures = { alexnet: 'AlexNet-like', 'vgg-16': 'VGG-16-like', 'vgg-19': 'VGG-19-like' };

/** What is special about the networks of a preset, and is said where that tells some apart, or nothing stands beside them. */
const presets: Readonly<Record<PresetName, string>> = {
  t7: '7×7 maps',
  s14: '14×14 maps',
  f7: 'no normalisation',
};

/** For instance "Plain, 38 layers", "Flat plain, 12 layers", "Base + 18 conv", "VGG-16-like" or "Custom, 12 layers". */
function bareStack(name: StackName): string {
  if (name.kind === 'architecture') return architectures[name.architecture];
  if (name.kind === 'custom') return `Custom, ${layers(name.depth)}`;
  const { preset, kind, layers: count } = name.family;
  if (kind !== 'plain' && kind !== 'residual') return `Base + ${number(count)} ${inserted[kind]}`;
  return `${capital(preset === 'f7' ? `flat ${kind}` : kind)}, ${layers(count)}`;
}

/** With its preset: "Plain, 38 layers, 7×7 maps". */
function stack(name: StackName): string {
  return name.kind === 'family' ? `${bareStack(name)}, ${presets[name.family.preset]}` : bareStack(name);
}

/** The names of stacks side by side: those that would be one have their presets in them. */
function stacksTogether(names: readonly StackName[]): readonly string[] {
  const bare = names.map(bareStack);
  return names.map((name, index) => {
    const isUnlike = names.some((other, at) => bare[at] === bare[index] && stack(other) !== stack(name));
    return isUnlike ? stack(name) : (bare[index] ?? '');
  });
}

function capital(words: string): string {
  return words.startsWith('tanh') ? words : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Items of a stack in a name, at most. */
const ITEMS = 2;

/** What is special about a network, for instance "tanh, Xavier" or "ReLU, normal(0.05) + batch norm"; empty where nothing is. */
function special({ network, settings, items, ...name }: NetworkName): string {
  const has = (...keys: readonly NamingKey[]) => keys.some((key) => settings.includes(key));
  const { act, init, norm, head, std, gain } = network;
  const own = items.slice(0, ITEMS).map((item) => {
    const times = item.count > 1 ? ` ${stackWords.times(item.count)}` : '';
    return `${stackWords.item(item).replace(', ', ' ')}${times}`;
  });
  const parts = [
    ...own,
    ...(items.length > ITEMS ? ['…'] : []),
    has('act') && spec.choices.act[act],
    has('init', 'std') && (init === 'normal' ? `normal(${number(std)})` : spec.choices.init[init]),
    has('gain') && `gain ${number(gain)}`,
    has('width') && 'family' in name.stack && `width ${number(name.stack.family.width)}`,
    has('head') && (head === 'gap' ? 'GAP' : 'flatten'),
    has('norm') && norm === 'none' && 'no normalisation',
    // A gate's word has its bias in it.
    blocks.inShort(network, has('gatebias') ? [...settings, 'gate'] : settings),
  ].filter((part) => part !== false && part !== '');
  const words = [parts.join(', '), ...(has('norm') && norm === 'batch' ? ['batch norm'] : [])];
  return capital(words.filter((part) => part !== '').join(' + '));
}

/**
 * What tells networks apart comes first: legends may have no room for the rest. Where only that differs, and all have a word for it, the
 * stack that they share is left out.
 */
function networks(specs: readonly NetworkSpec[], isFull = false): readonly string[] {
  const names = namesOf(specs);
  const own = names.map((name) => name.stack);
  const stacks = isFull ? own.map(stack) : stacksTogether(own);
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
  network: (network: NetworkSpec) => networks([network], true)[0] ?? '',
};
