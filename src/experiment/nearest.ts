/** Brings an experiment within the limits, by the least change that does it; each change is a problem that says what was asked for. */
import { type Experiment, type Item, type NetworkSpec, networkIds } from './experiment.ts';
import { limits } from './limits.ts';
import { type Problem, problem } from './problem.ts';
import { blockSettings, networkSettings } from './settings.ts';
import { bareLayersOf, channelsBefore, depthOf, hasShortcuts, isResidual, itemText } from './stack.ts';

export interface NearestExperiment {
  /** Passes `checkExperiment`; the very experiment where that does. */
  readonly experiment: Experiment;
  readonly problems: readonly Problem[];
}

/** @param asked each setting within its own limits, one network at least and no more than there are ids, no stack empty */
export function nearestExperiment(asked: Experiment): NearestExperiment {
  const problems: Problem[] = [];
  const networks = asked.networks.map((network, index) => nearestNetwork(network, networkIds[index] ?? '', problems));
  const { batch, train } = asked.training;
  if (batch > train) problems.push(problem('changed.batch', { batch, train }));
  const training = batch > train ? { ...asked.training, batch: train } : asked.training;
  return { experiment: { networks, training }, problems };
}

function nearestNetwork(asked: NetworkSpec, network: string, problems: Problem[]): NetworkSpec {
  const stack = nearestStack(asked.stack, network, problems);
  let { shortcut, skipinit, skipscale } = asked;
  if (shortcut === 'a') {
    const index = stack.findIndex((item, i) => isResidual(item) && item.width < channelsBefore(stack, i));
    const item = stack[index];
    if (item && 'width' in item) {
      const from = channelsBefore(stack, index);
      problems.push(
        problem('changed.shortcut', { network, item: index + 1, text: itemText(item), from, to: item.width }),
      );
      shortcut = 'b';
    }
  }
  if (skipinit === 'on' && stack.some(({ kind }) => kind === 'zeroresidual')) {
    problems.push(problem('changed.factors', { network }));
    skipinit = 'off';
  }
  if (hasShortcuts(stack) && skipscale === 0 && (asked.branchscale === 0 || skipinit === 'on')) {
    problems.push(problem('changed.path', { network }));
    skipscale = blockSettings.skipscale.usual;
  }
  return { ...asked, stack, shortcut, skipinit, skipscale };
}

function nearestStack(asked: readonly Item[], network: string, problems: Problem[]): readonly Item[] {
  const possible = asked.map((item, index) => nearestItem(item, { network, item: index + 1 }, problems));
  const short = firstItems(possible, network, problems);
  const depth = depthOf(short);
  const shallow = withFewer(short, (item) => depthOf([item]) - 1, limits.depth - 1);
  if (shallow !== short) {
    problems.push(problem('changed.layers', { network, depth, used: depthOf(shallow), limit: limits.depth }));
  }
  const layers = bareLayersOf(shallow);
  const stack = withFewer(shallow, (item) => bareLayersOf([item]), limits.bareLayers);
  if (stack !== shallow) {
    const used = bareLayersOf(stack);
    problems.push(problem('changed.bareLayers', { network, layers, used, limit: limits.bareLayers }));
  }
  return stack;
}

/** Repetitions that are too many are too many layers, too. */
function nearestItem(asked: Item, where: { network: string; item: number }, problems: Problem[]): Item {
  const item = withNearestKernel(asked);
  if (item !== asked) {
    problems.push(problem('changed.kernel', { ...where, text: itemText(asked), used: itemText(item) }));
  }
  const range = item.kind === 'dense' ? limits.denseWidth : limits.convWidth;
  const count = Math.max(limits.count.min, item.count);
  const width = 'width' in item ? Math.min(range.max, Math.max(range.min, item.width)) : undefined;
  if (count === item.count && (!('width' in item) || width === item.width)) return item;
  const used = { ...item, count, ...(width !== undefined && { width }) } as Item;
  const { min, max } = range;
  problems.push(
    problem('changed.item', { ...where, text: itemText(item), used: itemText(used), kind: item.kind, min, max }),
  );
  return used;
}

function withNearestKernel(item: Item): Item {
  if (!('kernel' in item) || item.kernel === undefined) return item;
  const { kernel } = item;
  const nearest = networkSettings.kernel.choices.reduce((best, each) =>
    Math.abs(each - kernel) < Math.abs(best - kernel) ? each : best,
  );
  return nearest === kernel ? item : { ...item, kernel: nearest };
}

/** As many items as there may be; the same items in a row are one, repeated. */
function firstItems(stack: readonly Item[], network: string, problems: Problem[]): readonly Item[] {
  if (stack.length <= limits.items) return stack;
  const merged: Item[] = [];
  for (const item of stack) {
    const last = merged.at(-1);
    if (last && itemText({ ...last, count: 1 }) === itemText({ ...item, count: 1 })) {
      merged[merged.length - 1] = { ...last, count: last.count + item.count };
    } else merged.push(item);
  }
  if (merged.length <= limits.items) return merged;
  problems.push(problem('changed.items', { network, items: merged.length, limit: limits.items }));
  return merged.slice(0, limits.items);
}

/**
 * A stack with its repetitions reduced in proportion, and of each item one at least, so that it has as many layers of a kind as there may be, or one
 * fewer where they come in twos; the stack itself where it has no more.
 */
function withFewer(stack: readonly Item[], layersOf: (item: Item) => number, limit: number): readonly Item[] {
  const each = stack.map((item) => layersOf({ ...item, count: 1 }));
  const counts = stack.map(({ count }) => count);
  const total = () => counts.reduce((sum, count, i) => sum + count * (each[i] ?? 0), 0);
  const asked = total();
  if (asked <= limit) return stack;
  const share = limit / asked;
  stack.forEach(({ count }, i) => {
    if (each[i]) counts[i] = Math.max(1, Math.floor(count * share));
  });
  while (total() > limit) {
    const most = counts.reduce(
      (best, count, i) => (each[i] && count > (counts[best] ?? 0) ? i : best),
      each.findIndex(Boolean),
    );
    counts[most] = (counts[most] ?? 0) - 1;
  }
  // What rounding has left over goes to those who lost most by it.
  const lost = stack.map(({ count }, i) => count * share - (counts[i] ?? 0));
  for (const i of [...lost.keys()].sort((a, b) => (lost[b] ?? 0) - (lost[a] ?? 0))) {
    const layers = each[i] ?? 0;
    if (layers > 0 && total() + layers <= limit) counts[i] = (counts[i] ?? 0) + 1;
  }
  return stack.map((item, i) => ({ ...item, count: counts[i] ?? 1 }));
}
