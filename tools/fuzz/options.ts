/** The command line of the fuzzer, read and checked. */
import type { ParseArgsConfig } from 'node:util';
import { trainingSettings } from '../../src/experiment/settings.ts';
import { BadInput, readArguments, wholeNumberOf } from '../commandLine.ts';
import { words } from './words.ts';

export interface FuzzOptions {
  readonly help: boolean;
  /** Of the first visit; the next one has the next. */
  readonly seed: number;
  /** New visits begin until then. */
  readonly minutes: number;
  /** Of each visit. */
  readonly actions: number;
  /** One visit, with every action said as it is made. */
  readonly repeat: boolean;
}

const options = {
  seed: { type: 'string' },
  minutes: { type: 'string' },
  actions: { type: 'string' },
  repeat: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

/** Enough to get somewhere, and few enough to be repeated while one waits. */
const ACTIONS = 100;
const minutesRange = { min: 1, max: 24 * 60, integer: true };
const actionsRange = { min: 1, max: 100_000, integer: true };

/** @throws BadInput */
export function readOptions(args: readonly string[]): FuzzOptions {
  const { help, repeat, seed, minutes, actions } = readArguments('fuzz', args, options);
  if (repeat && minutes !== undefined) throw new BadInput(words.repeatMinutes);
  if (repeat && seed === undefined) throw new BadInput(words.repeatSeed);
  return {
    help,
    repeat,
    seed: seed === undefined ? 1 : wholeNumberOf('seed', seed, trainingSettings.seed.range),
    minutes: minutes === undefined ? 1 : wholeNumberOf('minutes', minutes, minutesRange),
    actions: actions === undefined ? ACTIONS : wholeNumberOf('actions', actions, actionsRange),
  };
}
