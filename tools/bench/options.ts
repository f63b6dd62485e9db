/** The command line of the bench, read and checked. */
import type { ParseArgsConfig } from 'node:util';
import { type ImageSize, imageSizes } from '../../src/experiment/experiment.ts';
import { familyLayers } from '../../src/experiment/families.ts';
import { limits } from '../../src/experiment/limits.ts';
import { BadInput, choiceOf, readArguments, wholeNumberOf } from '../commandLine.ts';
import { type BenchCase, type ContenderName, contenderNames, networkName, quickCase } from './page/case.ts';
import { words } from './words.ts';

/** What is measured: the contenders against each other, one of them over depth, or the page while it trains. */
const modes = ['quick', 'growth', 'page'] as const;
export type Mode = 'engines' | (typeof modes)[number];

export interface BenchOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly mode: Mode;
  readonly contenders: readonly ContenderName[];
  readonly depths: readonly number[];
  readonly widths: readonly number[];
  readonly sizes: readonly ImageSize[];
  /** Steps that count, of each contender. */
  readonly steps: number;
}

const options = {
  json: { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  growth: { type: 'boolean', default: false },
  page: { type: 'boolean', default: false },
  only: { type: 'string' },
  network: { type: 'string' },
  width: { type: 'string' },
  size: { type: 'string' },
  steps: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof readArguments<typeof options>>;

/** Of each contender, unless `--steps` says otherwise. */
const STEPS = 7;
/** Fewer steps have no median worth the name; more than a few hundred tell nothing new. */
const stepRange = { min: 3, max: 1000, integer: true };

const depths = familyLayers('s14', 'residual');

type Defaults = Pick<BenchOptions, 'contenders' | 'depths' | 'widths' | 'sizes'>;

function only({ depth, width, size }: BenchCase): Omit<Defaults, 'contenders'> {
  return { depths: [depth], widths: [width], sizes: [size] };
}

/** What each mode measures unless options say otherwise. */
const defaults: Readonly<Record<Mode, Defaults>> = {
  engines: { contenders: contenderNames, depths: [8, 20, 56], widths: [8, 16], sizes: [14, 28] },
  quick: { contenders: contenderNames, ...only(quickCase) },
  growth: { contenders: ['webgpu'], depths: [8, 20, 38, 56, 74, 92, 110], widths: [8], sizes: [14] },
  page: { contenders: [], depths: [], widths: [], sizes: [] },
};

function modeOf(values: Values): Mode {
  const asked = modes.filter((mode) => values[mode]);
  if (asked.length > 1) throw new BadInput(words.modes);
  const mode = asked[0] ?? 'engines';
  const others = ['only', 'network', 'width', 'size', 'steps'].filter((name) => name in values);
  if (mode === 'page' && others[0]) throw new BadInput(words.pageOnly(others[0]));
  return mode;
}

/** The values of an option that takes several, with commas between them. */
function listOf<T>(value: string | undefined, read: (item: string) => T, otherwise: readonly T[]): readonly T[] {
  return value === undefined ? otherwise : [...new Set(value.split(',').map((item) => read(item.trim())))];
}

/** @throws BadInput */
export function readOptions(args: readonly string[]): BenchOptions {
  const values = readArguments('bench', args, options);
  const mode = modeOf(values);
  const names = depths.map((depth) => networkName({ depth }));
  const usual = defaults[mode];
  const asked = listOf(
    values.network,
    (name) => depths[names.indexOf(choiceOf('network', name, names))] ?? 0,
    usual.depths,
  );
  if (mode === 'growth' && asked.length < 3) throw new BadInput(words.fewDepths);
  return {
    help: values.help,
    json: values.json,
    mode,
    contenders: listOf(values.only, (name) => choiceOf('only', name, contenderNames), usual.contenders),
    depths: asked,
    widths: listOf(values.width, (width) => wholeNumberOf('width', width, limits.familyWidth), usual.widths),
    sizes: listOf(
      values.size,
      (size) => Number(choiceOf('size', size, imageSizes.map(String))) as ImageSize,
      usual.sizes,
    ),
    steps: values.steps === undefined ? STEPS : wholeNumberOf('steps', values.steps, stepRange),
  };
}
