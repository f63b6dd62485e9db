/** The command line of the bench, read and checked. */
import type { ParseArgsConfig } from 'node:util';
import type { ImageSize } from '../../src/experiment/experiment.ts';
import { familyLayers } from '../../src/experiment/families.ts';
import { familyWidthSetting, trainingSettings } from '../../src/experiment/settings.ts';
import { BadInput, choiceOf, readArguments, wholeNumberOf } from '../commandLine.ts';
import {
  type BenchCase,
  benchCases,
  type ContenderName,
  contenderNames,
  cpuCases,
  networkName,
  quickCase,
} from './cases.ts';
import { words } from './words.ts';

/** What is measured: contenders against each other, one of them over depth, our kernels one by one, the page while it trains, or a server of classes. */
const modes = ['quick', 'cpu', 'growth', 'kernels', 'memory', 'page', 'class'] as const;
export type Mode = 'engines' | (typeof modes)[number];

export interface BenchOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly mode: Mode;
  readonly contenders: readonly ContenderName[];
  /** Of the cases, for a line through them. */
  readonly depths: readonly number[];
  readonly cases: readonly BenchCase[];
  /** Steps that count, of each contender. */
  readonly steps: number;
}

const flag = { type: 'boolean', default: false } as const;
const options = {
  json: flag,
  ...(Object.fromEntries(modes.map((mode) => [mode, flag])) as Record<(typeof modes)[number], typeof flag>),
  only: { type: 'string' },
  network: { type: 'string' },
  width: { type: 'string' },
  size: { type: 'string' },
  steps: { type: 'string' },
  help: flag,
} as const satisfies ParseArgsConfig['options'];

type Values = ReturnType<typeof readArguments<typeof options>>;

/** Fewer steps have no median worth the name. */
const stepRange = { min: 3, max: 100_000, integer: true };

const depths = familyLayers('s14', 'residual');

type Defaults = Pick<BenchOptions, 'contenders' | 'cases' | 'steps'>;

/** On a GPU, and our engine for processors beside them. */
const onGpus: readonly ContenderName[] = ['webgpu', 'tfjs-webgpu', 'jax-js', 'cpu', 'cpu-1', 'tfjs-wasm'];
const onProcessors: readonly ContenderName[] = ['cpu', 'cpu-1', 'tfjs-wasm', 'jax-js-wasm', 'torch'];

/** What each mode measures unless options say otherwise; on processors steps are short, and other work of the machine shows. */
const defaults: Readonly<Record<Mode, Defaults>> = {
  engines: { contenders: onGpus, cases: benchCases([8, 20, 56], [8, 16], [14, 28]), steps: 7 },
  quick: { contenders: onGpus, cases: [quickCase], steps: 7 },
  cpu: { contenders: onProcessors, cases: cpuCases, steps: 21 },
  growth: { contenders: ['webgpu'], cases: benchCases([8, 20, 38, 56, 74, 92, 110], [8], [14]), steps: 7 },
  kernels: { contenders: ['cpu', 'webgpu'], cases: benchCases([8, 20], [8], [28]), steps: 7 },
  memory: { contenders: ['cpu'], cases: [quickCase], steps: 10_000 },
  page: { contenders: [], cases: [], steps: 0 },
  class: { contenders: [], cases: [], steps: 0 },
};

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

function modeOf(values: Values): Mode {
  const asked = modes.filter((mode) => values[mode]);
  if (asked.length > 1) throw new BadInput(words.modes);
  const mode = asked[0] ?? 'engines';
  const others = ['only', 'network', 'width', 'size', 'steps'].filter((name) => name in values);
  if ((mode === 'page' || mode === 'class') && others[0]) throw new BadInput(words.alone(mode, others[0]));
  return mode;
}

/** The values of an option that takes several, with commas between them. */
function listOf<T>(value: string | undefined, read: (item: string) => T, otherwise: readonly T[]): readonly T[] {
  return value === undefined ? otherwise : [...new Set(value.split(',').map((item) => read(item.trim())))];
}

/** The usual cases of a mode; where networks, widths or sizes are named, all of these with each other, and what is not named as usual. */
function casesOf(values: Values, usual: readonly BenchCase[]): readonly BenchCase[] {
  const names = depths.map((depth) => networkName({ depth }));
  if (values.network === undefined && values.width === undefined && values.size === undefined) return usual;
  return benchCases(
    listOf(
      values.network,
      (name) => depths[names.indexOf(choiceOf('network', name, names))] ?? 0,
      unique(usual.map(({ depth }) => depth)),
    ),
    listOf(
      values.width,
      (width) => wholeNumberOf('width', width, familyWidthSetting.range),
      unique(usual.map(({ width }) => width)),
    ),
    listOf(
      values.size,
      (size) => Number(choiceOf('size', size, trainingSettings.size.choices.map(String))) as ImageSize,
      unique(usual.map(({ size }) => size)),
    ),
  );
}

/** @throws BadInput */
export function readOptions(args: readonly string[]): BenchOptions {
  const values = readArguments('bench', args, options);
  const mode = modeOf(values);
  const usual = defaults[mode];
  const cases = casesOf(values, usual.cases);
  const asked = unique(cases.map(({ depth }) => depth));
  if (mode === 'growth' && asked.length < 3) throw new BadInput(words.fewDepths);
  return {
    help: values.help,
    json: values.json,
    mode,
    contenders: listOf(values.only, (name) => choiceOf('only', name, contenderNames), usual.contenders),
    depths: asked,
    cases,
    steps: values.steps === undefined ? usual.steps : wholeNumberOf('steps', values.steps, stepRange),
  };
}
