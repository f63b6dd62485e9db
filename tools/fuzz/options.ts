/** The command line of the fuzzer, read and checked. */
import type { ParseArgsConfig } from 'node:util';
import type { Range } from '../../src/experiment/limits.ts';
import { trainingSettings } from '../../src/experiment/settings.ts';
import { BadInput, readArguments, wholeNumberOf } from '../commandLine.ts';
import { words } from './words.ts';

export interface FuzzOptions {
  readonly help: boolean;
  /** Of the first visit; the next one has the next. */
  readonly seed: number;
  /** New visits begin for so long; without end where their number is given. */
  readonly minutes: number;
  /** So many, or as many as there is time for. */
  readonly visits: number;
  /** Of each visit. */
  readonly actions: number;
  /** One visit, with every action said as it is made. */
  readonly repeat: boolean;
}

const options = {
  seed: { type: 'string' },
  minutes: { type: 'string' },
  visits: { type: 'string' },
  actions: { type: 'string' },
  repeat: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Enough to get somewhere, and few enough to be repeated while one waits. */
const ACTIONS = 100;
const visitsRange = { min: 1, max: 100_000, integer: true };
const minutesRange = { min: 1, max: 24 * 60, integer: true };
const actionsRange = { min: 1, max: 100_000, integer: true };

/** @throws BadInput */
export function readOptions(args: readonly string[]): FuzzOptions {
  const given = readArguments('fuzz', args, options);
  const { help, repeat, seed, minutes, visits } = given;
  if (repeat && (minutes ?? visits) !== undefined) throw new BadInput(words.repeatLength);
  if (minutes !== undefined && visits !== undefined) throw new BadInput(words.lengths);
  if (repeat && seed === undefined) throw new BadInput(words.repeatSeed);
  const wholeNumber = (option: 'seed' | 'minutes' | 'visits' | 'actions', usual: number, range: Range) => {
    const value = given[option];
    return value === undefined ? usual : wholeNumberOf(option, value, range);
  };
  const endless = Number.POSITIVE_INFINITY;
  return {
    help,
    repeat,
    seed: wholeNumber('seed', 1, trainingSettings.seed.range),
    minutes: wholeNumber('minutes', repeat || visits !== undefined ? endless : 1, minutesRange),
    visits: wholeNumber('visits', repeat ? 1 : endless, visitsRange),
    actions: wholeNumber('actions', ACTIONS, actionsRange),
  };
}
