import { text } from '../messages/messages.ts';
import { type NetworkSpec, networkIds } from '../spec/experiment.ts';
import { nameOf } from '../spec/names.ts';

/** What the networks of an experiment are called, in their order; those of the same name are told apart by their letter. */
export function networkNames(networks: readonly NetworkSpec[]): readonly string[] {
  const plain = networks.map((network) => text.spec.networkName(nameOf(network)));
  return plain.map((name, index) => {
    const isShared = plain.some((other, at) => at !== index && other === name);
    return isShared ? text.app.networks.lettered(name, networkIds[index] ?? '') : name;
  });
}
