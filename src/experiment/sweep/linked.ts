/** Reads the sweep of a link into the nearest that can be trained, and says what it has changed. */
import type { Experiment } from '../experiment.ts';
import { limits } from '../limits.ts';
import { readPairs } from '../linkPairs.ts';
import { nearestWord } from '../nearestWord.ts';
import { type Problem, problem, type SweepPart, shorten } from '../problem.ts';
import { type Setting, type SettingValue, trainingSettings } from '../settings.ts';
import { readLinkedSetting, readSetting } from '../settingText.ts';
import { sweepCells } from './cells.ts';
import {
  axisSetting,
  defaultSweep,
  type Sweep,
  type SweepAxis,
  type SweepKind,
  sweepAxes,
  sweepKinds,
  usualValues,
} from './sweep.ts';
import { partsOf } from './text.ts';

/** What was asked of a sweep and is not what is shown. */
export interface SweepChange {
  readonly part: SweepPart;
  /** As written, or how many. */
  readonly asked: string;
  /** What is in its place, or how many are left; null where it is left out, or where the usual ones of a part are taken. */
  readonly used: string | null;
  readonly reason: Problem;
}

export interface LinkedSweep {
  /** Its cells can be trained, unless the first network can be varied in no way like that: of no family and without blocks, say. */
  readonly sweep: Sweep;
  readonly changes: readonly SweepChange[];
}

/** The sweep of a link; null where it has none. Never throws. @param base its experiment */
export function readLinkedSweep(hash: string, base: Experiment): LinkedSweep | null {
  const { pairs } = readPairs(hash);
  const text = pairs.get('sweep');
  if (text === undefined) return null;
  const usual = defaultSweep(base);
  const changes: SweepChange[] = [];
  const [name = '', list] = text.split(/:(.*)/s, 2);
  const axis = readAxis(name, changes);
  if (axis === null) return { sweep: usual, changes };
  const [kindsText, seedsText] = [pairs.get('kinds'), pairs.get('seeds')];
  const kinds = kindsText === undefined ? usual.kinds : readKinds(kindsText, changes);
  const seeds = seedsText === undefined ? usual.seeds : readSeeds(seedsText, changes);
  const values =
    list === undefined ? usualValues(axis, base) : readList(axisSetting(axis, base.training.data), axis, list, changes);
  return { sweep: possible(base, { axis, values, kinds, seeds }, changes), changes };
}

function readAxis(name: string, changes: SweepChange[]): SweepAxis | null {
  const word = name.trim().toLowerCase();
  const found = sweepAxes.find((axis) => axis === word);
  if (found) return found;
  const used = nearestWord(word, sweepAxes);
  const reason = problem('sweep.unknownAxis', { axis: shorten(name), axes: sweepAxes.join(', ') });
  changes.push({ part: 'axis', asked: shorten(name), used, reason });
  return used;
}

function readKinds(list: string, changes: SweepChange[]): Sweep['kinds'] {
  const read = partsOf(list).map((part) => {
    const word = part.toLowerCase();
    const found = sweepKinds.find((kind) => kind === word);
    if (found) return found;
    const used = nearestWord(word, sweepKinds);
    const reason = problem('sweep.unknownKind', { kind: shorten(part) });
    changes.push({ part: 'kind', asked: shorten(part), used, reason });
    return used;
  });
  return sweepKinds.filter((kind) => read.includes(kind));
}

function readSeeds(list: string, changes: SweepChange[]): readonly number[] {
  return readList(trainingSettings.seed, 'seed', list, changes).map(Number);
}

/** The values of a list, each as near as it can be, and once. */
function readList(setting: Setting, key: string, list: string, changes: SweepChange[]): readonly SettingValue[] {
  const part = key === 'seed' ? 'seed' : 'value';
  const values = partsOf(list).flatMap((written) => {
    const read = readSetting(setting, key, written);
    if (read.ok) return [read.value];
    const { value } = readLinkedSetting(setting, key, written, '');
    changes.push({
      part,
      asked: shorten(written),
      used: value === undefined ? null : String(value),
      reason: read.problem,
    });
    return value === undefined ? [] : [value];
  });
  return [...new Set(values)];
}

/** The sweep without what its first network cannot be, and with no more cells than there may be. */
function possible(base: Experiment, asked: Sweep, changes: SweepChange[]): Sweep {
  const usual = defaultSweep(base);
  const { axis } = asked;
  const orUsual = <T>(part: SweepPart, values: readonly T[], others: readonly T[], reason: Problem) => {
    if (values.length === 0) changes.push({ part, asked: '', used: null, reason });
    return values.length === 0 ? others : values;
  };
  const all = orUsual('values', asked.values, usualValues(axis, base), problem('sweep.noValues', { key: axis }));
  const kinds = possibleKinds(
    base,
    axis,
    all,
    orUsual('kinds', asked.kinds, usual.kinds, problem('sweep.noKinds')),
    changes,
  );
  const values = new Set(all.flatMap((value) => possibleValue(base, axis, value, kinds, changes) ?? []));
  const shown = firstOf('values', [...values], limits.sweepValues, changes, (count, limit) =>
    problem('sweep.tooManyValues', { values: count, limit }),
  );
  const some = orUsual('values', shown, usualValues(axis, base), problem('sweep.noValues', { key: axis }));
  const rounds = Math.floor(limits.sweepCells / (some.length * kinds.length));
  const seeds = orUsual('seeds', asked.seeds, usual.seeds, problem('sweep.noSeeds'));
  const few = firstOf('seeds', seeds, rounds, changes, (count) => {
    const cells = count * some.length * kinds.length;
    return problem('sweep.tooManyCells', { cells, limit: limits.sweepCells, excess: cells - limits.sweepCells });
  });
  return { axis, values: some, kinds, seeds: few };
}

function firstOf<T>(
  part: 'values' | 'seeds',
  all: readonly T[],
  limit: number,
  changes: SweepChange[],
  reason: (count: number, limit: number) => Problem,
): readonly T[] {
  if (all.length <= limit) return all;
  changes.push({ part, asked: String(all.length), used: String(limit), reason: reason(all.length, limit) });
  return all.slice(0, limit);
}

/** What stands in the way of one value and kind, and the value that would be possible; null for nothing. */
function obstacle(base: Experiment, axis: SweepAxis, value: SettingValue, kind: SweepKind) {
  const cells = sweepCells(base, { axis, values: [value], kinds: [kind], seeds: [base.training.seed] });
  return cells.ok ? null : { reason: cells.problem, nearest: nearestOf(axis, cells.problem) };
}

/** The kinds that the first network can be, on any of the values; all of them where it can be none, which the view says. */
function possibleKinds(
  base: Experiment,
  axis: SweepAxis,
  values: readonly SettingValue[],
  asked: Sweep['kinds'],
  changes: SweepChange[],
): Sweep['kinds'] {
  const refused = asked.flatMap((kind): SweepChange[] => {
    const obstacles = values.map((value) => obstacle(base, axis, value, kind));
    const [first] = obstacles;
    const isPossible = obstacles.some((each) => each === null || each.nearest !== null);
    return first && !isPossible ? [{ part: 'kind', asked: kind, used: null, reason: first.reason }] : [];
  });
  if (refused.length === asked.length) return asked;
  changes.push(...refused);
  return asked.filter((kind) => !refused.some((change) => change.asked === kind));
}

/** The value that is nearest to one on the axis and can be trained in some kinds; null for none. */
function possibleValue(
  base: Experiment,
  axis: SweepAxis,
  asked: SettingValue,
  kinds: Sweep['kinds'],
  changes: SweepChange[],
): SettingValue | null {
  let value = asked;
  for (const kind of kinds) {
    const stands = obstacle(base, axis, value, kind);
    if (!stands) continue;
    const { reason, nearest } = stands;
    changes.push({ part: 'value', asked: String(value), used: nearest === null ? null : String(nearest), reason });
    if (nearest === null) return null;
    value = nearest;
  }
  return value;
}

/** What a problem of a value says would be possible. */
function nearestOf(axis: SweepAxis, reason: Problem): number | null {
  // On another axis it is the first network itself that has no form of a kind.
  if (axis === 'depth' && 'nearest' in reason.values) return Number(/\d+$/.exec(reason.values.nearest)?.[0]);
  if (reason.code !== 'spec.batchLargerThanTrain') return null;
  return axis === 'train' ? reason.values.batch : reason.values.train;
}
