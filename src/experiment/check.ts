/** Holds an experiment to the limits; each breach is a problem that says which limit and what would fit. */
import { type Experiment, type Item, type ItemKind, type NetworkSpec, networkIds } from './experiment.ts';
import { inRange, limits, type Range } from './limits.ts';
import { type ItemPlace, type Problem, problem } from './problem.ts';
import {
  networkSettingKeys,
  networkSettings,
  type Setting,
  type SettingValue,
  trainingSetting,
  trainingSettingKeys,
} from './settings.ts';
import { checkSetting, settingProblem } from './settingText.ts';
import { bareLayersOf, channelsBefore, depthOf, hasShortcuts, isResidual, itemText } from './stack.ts';

/** All breaches of the limits, the gravest first; none if the experiment can be run. */
export function checkExperiment(experiment: Experiment): Problem[] {
  const { networks, training } = experiment;
  const problems: Problem[] = [];
  if (networks.length === 0) problems.push(problem('spec.tooFewNetworks'));
  if (networks.length > limits.networks) {
    const excess = networks.length - limits.networks;
    problems.push(problem('spec.tooManyNetworks', { networks: networks.length, limit: limits.networks, excess }));
  }
  networks.forEach((network, index) => {
    problems.push(...checkNetwork(network, networkIds[index] ?? String(index + 1)));
  });
  for (const key of trainingSettingKeys) {
    problems.push(...checkValue(trainingSetting(key, training.data), key, training[key]));
  }
  if (training.batch > training.train) {
    problems.push(problem('spec.batchLargerThanTrain', { batch: training.batch, train: training.train }));
  }
  return problems;
}

function checkNetwork(network: NetworkSpec, id: string): Problem[] {
  const problems: Problem[] = checkSize(network.stack, id);
  network.stack.forEach((item, index) => {
    problems.push(...checkItem(item, { network: id, item: index + 1, text: itemText(item) }));
  });
  if (network.shortcut === 'a') problems.push(...checkPaddedShortcuts(network.stack, id));
  if (hasShortcuts(network.stack)) problems.push(...checkPaths(network, id));
  if (network.skipinit === 'on') problems.push(...checkFactors(network.stack, id));
  for (const key of networkSettingKeys) problems.push(...checkValue(networkSettings[key], key, network[key], id));
  return problems;
}

function checkSize(stack: readonly Item[], network: string): Problem[] {
  const problems: Problem[] = [];
  const depth = depthOf(stack);
  const layers = bareLayersOf(stack);
  const items = stack.length;
  if (items === 0) problems.push(problem('spec.emptyStack', { network }));
  if (items > limits.items) {
    problems.push(problem('spec.tooManyItems', { network, items, limit: limits.items, excess: items - limits.items }));
  }
  if (depth > limits.depth) {
    const excess = depth - limits.depth;
    const family = limits.familyDepth.max;
    problems.push(problem('spec.tooDeep', { network, depth, limit: limits.depth, excess, family }));
  }
  if (layers > limits.bareLayers) {
    const excess = layers - limits.bareLayers;
    problems.push(problem('spec.tooManyBareLayers', { network, layers, limit: limits.bareLayers, excess }));
  }
  return problems;
}

/** Widths of an item: units of a dense layer, channels of the others. */
function widthRange(kind: ItemKind): Range {
  return kind === 'dense' ? limits.denseWidth : limits.convWidth;
}

function checkItem(item: Item, where: ItemPlace): Problem[] {
  const problems: Problem[] = [];
  if ('width' in item) {
    const { kind, width } = item;
    const { min, max } = widthRange(kind);
    if (!inRange(width, widthRange(kind)))
      problems.push(problem('spec.itemWidth', { ...where, width, kind, min, max }));
  }
  if ('stride' in item && item.stride !== 1 && item.stride !== 2) {
    problems.push(problem('spec.itemStride', { ...where, stride: item.stride }));
  }
  if ('kernel' in item && item.kernel !== undefined && !networkSettings.kernel.choices.includes(item.kernel)) {
    problems.push(problem('spec.itemKernel', { ...where, kernel: item.kernel }));
  }
  if (!inRange(item.count, limits.count)) {
    const { min, max } = limits.count;
    problems.push(problem('spec.itemCount', { ...where, count: item.count, min, max }));
  }
  return problems;
}

/** Zero-padding (option A) appends channels; it has no way to drop any. */
function checkPaddedShortcuts(stack: readonly Item[], network: string): Problem[] {
  return stack.flatMap((item, index) => {
    const from = channelsBefore(stack, index);
    if (!isResidual(item) || item.width >= from) return [];
    const values = { network, item: index + 1, text: itemText(item), from, to: item.width };
    return [problem('spec.narrowingShortcut', values)];
  });
}

/** With both of a block's paths cut, every image has the same logits, and no gradient finds a way to change that. */
function checkPaths({ skipscale, branchscale, skipinit }: NetworkSpec, network: string): Problem[] {
  const isBranchCut = branchscale === 0 || skipinit === 'on';
  return skipscale === 0 && isBranchCut ? [problem('spec.bothPathsCut', { network })] : [];
}

/** A branch with two factors that start at 0 stays 0: the gradient of each is a multiple of the other. */
function checkFactors(stack: readonly Item[], network: string): Problem[] {
  return stack.flatMap((item, index) =>
    item.kind === 'zeroresidual'
      ? [problem('spec.branchStaysZero', { network, item: index + 1, text: itemText(item) })]
      : [],
  );
}

function checkValue(setting: Setting, key: string, value: SettingValue, network?: string): Problem[] {
  const complaint = checkSetting(setting, value);
  if (!complaint) return [];
  const where = network === undefined ? {} : { network };
  return [settingProblem(complaint, { key, value, ...where })];
}
