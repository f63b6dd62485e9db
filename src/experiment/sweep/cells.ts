/** From a sweep to its cells: experiments of one network each, that can be trained one after the other. */

import { checkExperiment } from '../check.ts';
import type { DataRef } from '../dataRef.ts';
import type { Experiment, Item, NetworkSpec } from '../experiment.ts';
import { checkFamily, type Family, familyStack, recognizeFamily } from '../families.ts';
import { inRange, limits, rangeValues } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { failure, type Result, success } from '../result.ts';
import { type SettingValue, trainingSettings } from '../settings.ts';
import { checkSetting, settingProblem } from '../settingText.ts';
import { depthOf, hasShortcuts, sameStack } from '../stack.ts';
import { twin } from '../twin.ts';
import { axisSetting, isNetworkAxis, type Sweep, type SweepKind } from './sweep.ts';

/** One run of a sweep. */
export interface Cell {
  readonly value: SettingValue;
  readonly kind: SweepKind;
  readonly seed: number;
  /** Of one network: what a single run of the same seed would be. */
  readonly experiment: Experiment;
}

/**
 * The cells of a sweep, in the order in which they are trained: every value and kind of the first seed, then of the
 * next, so that the whole picture is there after a share of the time and then gains certainty.
 *
 * @param base its first network, with everything that the sweep does not vary
 * @returns the first problem that stands in the way, if there is one
 */
export function sweepCells(base: Experiment, sweep: Sweep): Result<readonly Cell[]> {
  const breach = checkSweep(sweep, base.training.data);
  if (breach) return failure(breach);
  const cells: Cell[] = [];
  for (const seed of sweep.seeds) {
    for (const value of sweep.values) {
      for (const kind of sweep.kinds) {
        const experiment = cellExperiment(base, sweep, value, kind, seed);
        if (!experiment.ok) return experiment;
        cells.push({ value, kind, seed, experiment: experiment.value });
      }
    }
  }
  return success(cells);
}

function repeated<T>(values: readonly T[]): T | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

/** The first breach that needs no network to be seen. */
function checkSweep({ axis, values, kinds, seeds }: Sweep, data: DataRef | undefined): Problem | null {
  if (values.length === 0) return problem('sweep.noValues', { key: axis });
  if (kinds.length === 0) return problem('sweep.noKinds');
  if (seeds.length === 0) return problem('sweep.noSeeds');
  const twice = repeated(values);
  if (twice !== undefined) return problem('sweep.duplicateValue', { key: axis, value: twice });
  const kindTwice = repeated(kinds);
  if (kindTwice !== undefined) return problem('sweep.duplicateKind', { kind: kindTwice });
  const seedTwice = repeated(seeds);
  if (seedTwice !== undefined) return problem('sweep.duplicateSeed', { seed: String(seedTwice) });
  if (values.length > limits.sweepValues) {
    return problem('sweep.tooManyValues', { values: values.length, limit: limits.sweepValues });
  }
  const cells = values.length * kinds.length * seeds.length;
  if (cells > limits.sweepCells) {
    return problem('sweep.tooManyCells', { cells, limit: limits.sweepCells, excess: cells - limits.sweepCells });
  }
  return checkValues(axis, values, data) ?? checkSeeds(seeds);
}

function checkValues(axis: Sweep['axis'], values: readonly SettingValue[], data: DataRef | undefined): Problem | null {
  for (const value of values) {
    const complaint = checkSetting(axisSetting(axis, data), value);
    if (complaint) return settingProblem(complaint, { key: axis, value });
  }
  return null;
}

function checkSeeds(seeds: readonly number[]): Problem | null {
  const wrong = seeds.find((seed) => !inRange(seed, trainingSettings.seed.range));
  if (wrong === undefined) return null;
  return problem('spec.outOfRange', { key: 'seed', value: wrong, ...rangeValues(trainingSettings.seed.range) });
}

function cellExperiment(
  base: Experiment,
  { axis }: Sweep,
  value: SettingValue,
  kind: SweepKind,
  seed: number,
): Result<Experiment> {
  const [first] = base.networks;
  if (!first) return failure(problem('spec.tooFewNetworks'));
  const stack = cellStack(first, axis, value, kind);
  if (!stack.ok) return stack;
  const isTraining = axis !== 'depth' && axis !== 'width' && !isNetworkAxis(axis);
  const network = { ...first, stack: stack.value, ...(isNetworkAxis(axis) && { [axis]: value }) };
  const training = { ...base.training, ...(isTraining && { [axis]: value }), seed };
  const experiment: Experiment = { networks: [network], training };
  const [breach] = checkExperiment(experiment);
  return breach ? failure(breach) : success(experiment);
}

/** The stack of the first network as one of the kind, and of the depth or width on the axis. */
function cellStack(
  network: NetworkSpec,
  axis: Sweep['axis'],
  value: SettingValue,
  kind: SweepKind,
): Result<readonly Item[]> {
  const family = recognizeFamily(network.stack);
  if (!family) {
    if (axis === 'depth' || axis === 'width') return failure(problem('sweep.customStack', { key: axis }));
    return stackOfKind(network, kind);
  }
  const wanted: Family = {
    ...family,
    kind,
    layers: axis === 'depth' ? Number(value) : depthOf(network.stack),
    width: axis === 'width' ? Number(value) : family.width,
  };
  const possible = checkFamily(wanted);
  return possible.ok ? success(familyStack(wanted)) : possible;
}

function stackOfKind(network: NetworkSpec, kind: SweepKind): Result<readonly Item[]> {
  if (hasShortcuts(network.stack) === (kind === 'residual')) return success(network.stack);
  const { stack } = twin(network);
  return sameStack(stack, network.stack) ? failure(problem('sweep.noTwin', { kind })) : success(stack);
}
