import { text } from '../messages/messages.ts';
import { type NetworkSpec, networkIds } from '../spec/experiment.ts';
import { nameOf } from '../spec/names.ts';
import { hasShortcuts } from '../spec/stack.ts';

function isShared(names: readonly string[], index: number): boolean {
  return names.some((other, at) => at !== index && other === names[index]);
}

/** What a network is called by itself: by its stack, and by what is special about its residual blocks. */
export function specifiedName(network: NetworkSpec): string {
  const name = text.spec.networkName(nameOf(network));
  const words = hasShortcuts(network.stack) ? text.blocks.inShort(network) : '';
  return words === '' ? name : text.app.networks.specified(name, words);
}

/**
 * What the networks of an experiment are called, in their order. Those of the same name are told apart by their residual blocks,
 * and where these are alike, too, by their letter.
 */
export function networkNames(networks: readonly NetworkSpec[]): readonly string[] {
  const plain = networks.map((network) => text.spec.networkName(nameOf(network)));
  const named = networks.map((network, index) => {
    const name = plain[index] ?? '';
    return isShared(plain, index) ? specifiedName(network) : name;
  });
  return named.map((name, index) => {
    return isShared(named, index) ? text.app.networks.lettered(name, networkIds[index] ?? '') : name;
  });
}
