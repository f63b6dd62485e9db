/**
 * Edits of an experiment. Each gives a new experiment that is within the limits, or the problem that stands in
 * its way; the experiment it starts from is never changed. Networks and items are named by index, from 0.
 */

import { checkExperiment } from './check.ts';
import type { DataRef } from './dataRef.ts';
import { type Experiment, type Item, type NetworkSpec, networkIds, type TrainingSpec } from './experiment.ts';
import { addsToBase, BASE_DEPTH, checkFamily, type Family, familyStack, recognizeFamily } from './families.ts';
import { type Problem, problem } from './problem.ts';
import { failure, type Result, success } from './result.ts';
import { fedWith } from './settings.ts';
import { sameStack } from './stack.ts';
import { twin, withShortcuts } from './twin.ts';

export type Edited = Result<Experiment>;

export function insertItem(experiment: Experiment, network: number, index: number, item: Item): Edited {
  return editStack(experiment, network, (stack) => success(stack.toSpliced(index, 0, item)));
}

export function removeItem(experiment: Experiment, network: number, index: number): Edited {
  return editItem(experiment, network, index, (stack) => stack.toSpliced(index, 1));
}

/** Takes the item at `from` out and puts it in so that it stands at `to`. */
export function moveItem(experiment: Experiment, network: number, from: number, to: number): Edited {
  return editItem(experiment, network, from, (stack, item) => stack.toSpliced(from, 1).toSpliced(to, 0, item));
}

export function setItem(experiment: Experiment, network: number, index: number, item: Item): Edited {
  return editItem(experiment, network, index, (stack) => stack.with(index, item));
}

/** Changes settings of one network, or its whole stack. */
export function setNetwork(experiment: Experiment, network: number, changes: Partial<NetworkSpec>): Edited {
  const before = experiment.networks[network];
  if (!before) return failure(noSuchNetwork(network));
  return checked({ ...experiment, networks: experiment.networks.with(network, { ...before, ...changes }) });
}

export function setTraining(experiment: Experiment, changes: Partial<TrainingSpec>): Edited {
  return checked({ ...experiment, training: { ...experiment.training, ...changes } });
}

/** Trains on other images: those that somebody has brought or, without, the built-in. */
export function setData({ networks, training }: Experiment, data: DataRef | undefined): Edited {
  return checked({ networks, training: fedWith(training, data) });
}

/** Adds a network behind the others, so that these keep their ids and colours. */
export function addNetwork(experiment: Experiment, network: NetworkSpec): Edited {
  return checked({ ...experiment, networks: [...experiment.networks, network] });
}

/** Removes a network; those behind it move up. The last one stays. */
export function removeNetwork(experiment: Experiment, network: number): Edited {
  if (!experiment.networks[network]) return failure(noSuchNetwork(network));
  return checked({ ...experiment, networks: experiment.networks.toSpliced(network, 1) });
}

/** The twin of a network, or where it has no blocks, itself with shortcuts; null where it can have none. */
export function counterpartOf(network: NetworkSpec): NetworkSpec | null {
  const other = twin(network);
  return sameStack(other.stack, network.stack) ? withShortcuts(network) : other;
}

/** Adds the plain or residual twin of a network behind the others. */
export function addTwin(experiment: Experiment, network: number): Edited {
  const original = experiment.networks[network];
  if (!original) return failure(noSuchNetwork(network));
  const other = counterpartOf(original);
  if (other === null) return failure(problem('edit.noTwin', { network: idOf(network) }));
  return addNetwork(experiment, other);
}

/** Replaces a network's stack by that of a family; its settings stay. */
export function setFamily(experiment: Experiment, network: number, family: Family): Edited {
  const possible = checkFamily(family);
  return possible.ok ? setNetwork(experiment, network, { stack: familyStack(family) }) : possible;
}

/** Sets the weight layers of a family: 6n + 2, or the base's own with the weight layers added to them. */
export function setDepth(experiment: Experiment, network: number, depth: number): Edited {
  return editFamily(experiment, network, 'depth', (family) => {
    if (family.kind === 'base+identity') return null;
    return { ...family, layers: addsToBase(family.kind) ? depth - BASE_DEPTH : depth };
  });
}

/** Sets the weight layers of every network. */
export function setAllDepths(experiment: Experiment, depth: number): Edited {
  return experiment.networks.reduce<Edited>(
    (edited, _, network) => (edited.ok ? setDepth(edited.value, network, depth) : edited),
    success(experiment),
  );
}

/** Sets the number in a family's name: its depth, or the layers added to the base. */
export function setLayers(experiment: Experiment, network: number, layers: number): Edited {
  return editFamily(experiment, network, 'depth', (family) => ({ ...family, layers }));
}

/** Sets the width of a family's first stage; the others follow. */
export function setWidth(experiment: Experiment, network: number, width: number): Edited {
  return editFamily(experiment, network, 'width', (family) => ({ ...family, width }));
}

function editFamily(
  experiment: Experiment,
  network: number,
  what: 'depth' | 'width',
  edit: (family: Family) => Family | null,
): Edited {
  const before = experiment.networks[network];
  if (!before) return failure(noSuchNetwork(network));
  const family = recognizeFamily(before.stack);
  const after = family && edit(family);
  if (after) return setFamily(experiment, network, after);
  return failure(problem(what === 'depth' ? 'edit.depthOfCustom' : 'edit.widthOfCustom', { network: idOf(network) }));
}

type Stack = readonly Item[];

function editItem(
  experiment: Experiment,
  network: number,
  index: number,
  edit: (stack: Stack, item: Item) => Stack,
): Edited {
  return editStack(experiment, network, (stack) => {
    const item = stack[index];
    if (item) return success(edit(stack, item));
    return failure(problem('edit.noSuchItem', { item: index + 1, network: idOf(network) }));
  });
}

function editStack(experiment: Experiment, network: number, edit: (stack: Stack) => Result<Stack>): Edited {
  const before = experiment.networks[network];
  if (!before) return failure(noSuchNetwork(network));
  const stack = edit(before.stack);
  return stack.ok ? setNetwork(experiment, network, { stack: stack.value }) : stack;
}

function checked(experiment: Experiment): Edited {
  const [first] = checkExperiment(experiment);
  return first ? failure(first) : success(experiment);
}

function idOf(network: number): string {
  return networkIds[network] ?? String(network + 1);
}

function noSuchNetwork(network: number): Problem {
  return problem('edit.noSuchNetwork', { network: idOf(network) });
}
