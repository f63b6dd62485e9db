/**
 * How a sweep is written: in a link `sweep=depth:8,20,38,56&kinds=plain&seeds=1,2,3`, beside the
 * experiment whose first network it varies; on a command line the same texts. What is not said is as usual.
 */
import type { DataRef } from '../dataRef.ts';
import type { Experiment } from '../experiment.ts';
import { readPairs } from '../linkPairs.ts';
import { problem, shorten } from '../problem.ts';
import { failure, type Result, success } from '../result.ts';
import { type SettingValue, trainingSettings } from '../settings.ts';
import { readSetting } from '../settingText.ts';
import {
  axisSetting,
  defaultSweep,
  type Sweep,
  type SweepAxis,
  type SweepKind,
  sweepAxes,
  usualValues,
} from './sweep.ts';

/** A sweep in words that can be typed. */
export interface SweepText {
  /** The axis, and behind a colon its values; without them, the usual ones. */
  readonly sweep: string;
  readonly kinds?: string | undefined;
  readonly seeds?: string | undefined;
}

const SEPARATOR = ',';

/** The parts of a list, separated by commas or spaces. */
export function partsOf(list: string): string[] {
  return list
    .split(/[,\s]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Reads a list of an axis' values, separated by commas or spaces. */
export function readValues(axis: SweepAxis, list: string, data?: DataRef): Result<readonly SettingValue[]> {
  return readList(list, (part) => readSetting(axisSetting(axis, data), axis, part));
}

/** Reads a list of seeds. */
export function readSeeds(list: string): Result<readonly number[]> {
  return readList(list, (part) => readSetting(trainingSettings.seed, 'seed', part) as Result<number>);
}

function readList<T>(list: string, read: (part: string) => Result<T>): Result<readonly T[]> {
  const values: T[] = [];
  for (const part of partsOf(list)) {
    const value = read(part);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return success(values);
}

function readKinds(list: string): Result<readonly SweepKind[]> {
  return readList(list, (part) => {
    const lower = part.toLowerCase();
    if (lower === 'plain' || lower === 'residual') return success(lower);
    return failure(problem('sweep.unknownKind', { kind: shorten(part) }));
  });
}

/** Reads a sweep. Whether its cells can be trained is for `sweepCells` to say. */
export function parseSweep({ sweep: text, kinds, seeds }: SweepText, base: Experiment): Result<Sweep> {
  const colon = text.indexOf(':');
  const [name, list] = colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
  const usual = defaultSweep(base);
  const axis = sweepAxes.find((candidate) => candidate === name.trim().toLowerCase());
  if (!axis) return failure(problem('sweep.unknownAxis', { axis: shorten(name), axes: sweepAxes.join(', ') }));
  const values = list === undefined ? success(usualValues(axis, base)) : readValues(axis, list, base.training.data);
  if (!values.ok) return values;
  const read = {
    kinds: kinds === undefined ? success(usual.kinds) : readKinds(kinds),
    seeds: seeds === undefined ? success(usual.seeds) : readSeeds(seeds),
  };
  if (!read.kinds.ok) return read.kinds;
  if (!read.seeds.ok) return read.seeds;
  return success({ axis, values: values.value, kinds: read.kinds.value, seeds: read.seeds.value });
}

/** The sweep of a link, or null where it has none. */
export function parseSweepLink(hash: string, base: Experiment): Result<Sweep> | null {
  const { pairs } = readPairs(hash);
  const sweep = pairs.get('sweep');
  if (sweep === undefined) return null;
  return parseSweep({ sweep, kinds: pairs.get('kinds'), seeds: pairs.get('seeds') }, base);
}

/** A sweep as the end of a link, `&` included; what is usual is left out. `parseSweepLink` reads it back exactly. */
export function formatSweep({ axis, values, kinds, seeds }: Sweep, base: Experiment): string {
  const usual = defaultSweep(base);
  const kindsText = kinds.join(SEPARATOR);
  const seedsText = seeds.join(SEPARATOR);
  return [
    `&sweep=${axis}:${values.join(SEPARATOR)}`,
    kindsText === usual.kinds.join(SEPARATOR) ? '' : `&kinds=${kindsText}`,
    seedsText === usual.seeds.join(SEPARATOR) ? '' : `&seeds=${seedsText}`,
  ].join('');
}
