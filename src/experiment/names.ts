/** What networks are called, as data; `messages/` puts it into words. */
import { type ArchitectureName, recognizeArchitecture } from './architectures.ts';
import type { Item, NetworkSpec } from './experiment.ts';
import { type Family, recognizeFamily } from './families.ts';
import { BARE_PRESET, presets } from './presets.ts';
import { isBlockSetting, type NetworkSettingKey, networkSettingKeys, networkSettings, unusedFor } from './settings.ts';
import { depthOf, hasShortcuts, itemText } from './stack.ts';

/** What a stack is called by itself. */
export type StackName =
  | { readonly kind: 'family'; readonly family: Family }
  /** A stack as in F7, whose networks have no normalisation and a flattening head, in a network that is made otherwise. */
  | { readonly kind: 'flat'; readonly family: Family }
  | { readonly kind: 'architecture'; readonly architecture: ArchitectureName }
  /** Weight layers of a stack that is no family. */
  | { readonly kind: 'custom'; readonly depth: number };

/** A setting by which a network may be named, or the width of its family. */
export type NamingKey = NetworkSettingKey | 'width';

export interface NetworkName {
  readonly network: NetworkSpec;
  readonly stack: StackName;
  /** The settings that tell it from the networks beside it, and from what its family stands for. */
  readonly settings: readonly NamingKey[];
  /** The part of a custom stack that others of its depth do not have. */
  readonly items: readonly Item[];
}

export function stackNameOf(network: NetworkSpec): StackName {
  const family = recognizeFamily(network.stack);
  if (family) return { kind: family.preset === 'f7' && !isMadeAs(network, family) ? 'flat' : 'family', family };
  const architecture = recognizeArchitecture(network.stack);
  return architecture ? { kind: 'architecture', architecture } : { kind: 'custom', depth: depthOf(network.stack) };
}

/** Whether a network has the normalisation and the head in which the presets differ. */
function isMadeAs({ norm, head }: NetworkSpec, { preset }: Family): boolean {
  const made = presets[preset].network;
  return norm === made.norm && head === made.head;
}

/** Names of one text are of one stack: a family's but for its width, however it is made. */
function textOf(name: StackName): string {
  return JSON.stringify('family' in name ? { ...name.family, width: 0 } : name);
}

/** The names of the stacks. Of alike ones either all are F7 or none is: they differ in more than the name would say. */
function stackNamesOf(networks: readonly NetworkSpec[]): readonly StackName[] {
  const names = networks.map(stackNameOf);
  const flat = new Set(names.filter(({ kind }) => kind === 'flat').map(textOf));
  return names.map((name) => ('family' in name && flat.has(textOf(name)) ? { ...name, kind: 'flat' } : name));
}

type Values = ReadonlyMap<NamingKey, string | number>;

/** The settings that mean something in a network, with their values. */
function valuesOf(network: NetworkSpec, name: StackName): Values {
  const hasBlocks = hasShortcuts(network.stack);
  const keys = networkSettingKeys.filter((key) => !unusedFor(key, network) && (hasBlocks || !isBlockSetting(key)));
  const values = new Map<NamingKey, string | number>(keys.map((key) => [key, network[key]]));
  return 'family' in name ? values.set('width', name.family.width) : values;
}

/** The value that a name stands for without saying so; undefined where it stands for none. */
function impliedBy(name: StackName, key: NamingKey): string | number | undefined {
  if (key === 'width') return undefined;
  if (isBlockSetting(key)) return networkSettings[key].usual;
  if ((key === 'norm' || key === 'head') && name.kind !== 'family') return undefined;
  return presets[name.kind === 'family' ? name.family.preset : BARE_PRESET].network[key];
}

/** The names of networks that stand side by side, in their order; of one alone, with all that its family does not stand for. */
export function namesOf(networks: readonly NetworkSpec[]): readonly NetworkName[] {
  const stacks = stackNamesOf(networks);
  const described = networks.flatMap((network, index) => {
    const name = stacks[index];
    return name ? [{ network, name, values: valuesOf(network, name) }] : [];
  });
  return described.map(({ network, name, values }) => {
    const namesakes = described.filter((each) => textOf(each.name) === textOf(name));
    const tellsApart = (key: NamingKey) => namesakes.some((each) => each.values.get(key) !== values.get(key));
    const isSpecial = (key: NamingKey) => {
      const implied = impliedBy(name, key);
      const others = described.filter((each) => each.values.has(key));
      const isShared = networks.length > 1 && others.every((each) => each.values.get(key) === values.get(key));
      return implied !== undefined && implied !== values.get(key) && !isShared;
    };
    const keys = [...values.keys()].filter((key) => tellsApart(key) || isSpecial(key));
    // Beside others that are normalised, what else differs says enough.
    const isEnough = network.norm === 'none' && keys.length > 1 && !isSpecial('norm');
    const settings = isEnough ? keys.filter((key) => key !== 'norm') : keys;
    const items =
      name.kind === 'custom'
        ? ownItems(
            network,
            namesakes.map((each) => each.network),
          )
        : [];
    return { network, stack: name, settings, items };
  });
}

/** The items of a stack without those with which all of the stacks begin and end. */
function ownItems({ stack }: NetworkSpec, all: readonly NetworkSpec[]): readonly Item[] {
  const shortest = Math.min(...all.map((each) => each.stack.length));
  const isAlike = (at: number) => new Set(all.map((each) => itemText(each.stack.at(at) as Item))).size === 1;
  let start = 0;
  while (start < shortest && isAlike(start)) start++;
  let end = 0;
  while (end < shortest - start && isAlike(-1 - end)) end++;
  return stack.slice(start, stack.length - end);
}
