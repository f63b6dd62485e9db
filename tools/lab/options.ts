/** The command line of the headless lab, read and checked. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ParseArgsConfig } from 'node:util';
import { type Backend, backends, type EngineRequest, engineNames } from '../../src/engine/choose.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { parseLink } from '../../src/experiment/parseLink.ts';
import { ProblemError } from '../../src/experiment/problem.ts';
import type { Result } from '../../src/experiment/result.ts';
import { trainingSettings } from '../../src/experiment/settings.ts';
import { sweepCells } from '../../src/experiment/sweep/cells.ts';
import type { Sweep } from '../../src/experiment/sweep/sweep.ts';
import { parseSweep, parseSweepLink } from '../../src/experiment/sweep/text.ts';
import { type Framework, frameworks } from '../../src/export/program.ts';
import { examinationKinds } from '../../src/instruments/instruments.ts';
import { sentence } from '../../src/messages/messages.ts';
import { BadInput, choiceOf, readArguments, wholeNumberOf } from '../commandLine.ts';
import type { Examinations } from './page/examinations.ts';
import { words } from './words.ts';

export interface LabOptions {
  readonly help: boolean;
  readonly experiment: Experiment;
  readonly engine: EngineRequest;
  readonly json: boolean;
  /** List what the fused engine would do instead of training. */
  readonly plan: boolean;
  /** Print the experiment as a program of this framework instead of training. */
  readonly code: Framework | null;
  /** Train it nevertheless, for the program to hold what was measured. */
  readonly figures: boolean;
  /** Files or folders of images to train on, by their absolute paths. */
  readonly data: readonly string[];
  /** File that takes the records. */
  readonly out: string | null;
  readonly examinations: Examinations;
  /** Trained instead of the experiment, whose first network it varies. */
  readonly sweep: Sweep | null;
  /** File that keeps the finished cells of sweeps. */
  readonly results: string;
}

const options = {
  exp: { type: 'string', default: '' },
  data: { type: 'string', multiple: true },
  steps: { type: 'string' },
  engine: { type: 'string' },
  backend: { type: 'string' },
  json: { type: 'boolean', default: false },
  plan: { type: 'boolean', default: false },
  code: { type: 'string' },
  figures: { type: 'boolean', default: false },
  out: { type: 'string' },
  examine: { type: 'string' },
  untrained: { type: 'boolean', default: false },
  sweep: { type: 'string' },
  kinds: { type: 'string' },
  seeds: { type: 'string' },
  results: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

function engineOf(engine: string | undefined, backend: string | undefined): EngineRequest {
  const request = {
    engine: engine === undefined ? null : choiceOf('engine', engine, engineNames),
    backend: backend === undefined ? null : choiceOf<Backend>('backend', backend, backends),
  };
  if (request.engine === 'reference' && request.backend) {
    throw new BadInput(words.referenceBackend(request.backend));
  }
  return request;
}

/** Problems that only say what was done about the one that follows them. */
const announcements: ReadonlySet<string> = new Set(['link.damaged', 'link.networkIgnored']);

/** Here, unlike on the page, a link that cannot be followed in every part is an error: a script would not see a notice. */
function experimentOf(hash: string): Experiment {
  const { experiment, problems } = parseLink(hash);
  const cause = problems.find(({ code }) => !announcements.has(code)) ?? problems[0];
  if (cause) throw new BadInput(words.experiment(sentence(cause)));
  return experiment;
}

/** A file or folder that is there. */
function dataFile(path: string): string {
  const absolute = resolve(path);
  if (!existsSync(absolute)) throw new BadInput(words.noData(path));
  return absolute;
}

function withSteps(experiment: Experiment, value: string | undefined): Experiment {
  if (value === undefined) return experiment;
  const steps = wholeNumberOf('steps', value, trainingSettings.steps.range);
  return { ...experiment, training: { ...experiment.training, steps } };
}

/** Beside the builds of the page: what can be computed again. */
const defaultResults = fileURLToPath(new URL('../../node_modules/.cache/depthscope/cells.jsonl', import.meta.url));

type Values = ReturnType<typeof readArguments<typeof options>>;

/** What the options say of a sweep, over what the link does. */
function readSweep({ exp, sweep, kinds, seeds, results }: Values, base: Experiment): Result<Sweep> | null {
  if (sweep !== undefined) return parseSweep({ sweep, kinds, seeds }, base);
  const linked = parseSweepLink(exp, base);
  if (linked === null) {
    const alone = Object.entries({ kinds, seeds, results }).find(([, value]) => value !== undefined);
    if (alone) throw new BadInput(words.sweepOnly(alone[0]));
    return null;
  }
  if (!linked.ok) return linked;
  const { axis, values } = linked.value;
  const text = { sweep: `${axis}:${values.join()}`, kinds: kinds ?? linked.value.kinds.join() };
  return parseSweep({ ...text, seeds: seeds ?? linked.value.seeds.join() }, base);
}

/** The sweep asked for, by options or by the link; its cells can be trained. */
function sweepOf(values: Values, base: Experiment): Sweep | null {
  const sweep = readSweep(values, base);
  if (sweep === null) return null;
  const cells = sweep.ok ? sweepCells(base, sweep.value) : sweep;
  if (!cells.ok) throw new ProblemError(cells.problem);
  return sweep.ok ? sweep.value : null;
}

/** What to examine. It is printed as records, so there must be somebody who takes them. */
function examinationsOf({ examine, untrained, json, out, sweep }: Values): Examinations {
  const kinds = examine?.split(',').map((kind) => choiceOf('examine', kind, examinationKinds)) ?? [];
  if (untrained && kinds.length === 0) throw new BadInput(words.untrained);
  if (kinds.length > 0 && (sweep !== undefined || !(json || out !== undefined))) {
    throw new BadInput(words.examine);
  }
  return { kinds, untrained };
}

/** What to print as a program; only the one that repeats a run can hold its figures. */
function codeOf({ code, figures, sweep }: Values): Framework | null {
  const lower =
    code === undefined
      ? null
      : choiceOf(
          'code',
          code,
          frameworks.map((name) => name.toLowerCase()),
        );
  const framework = frameworks.find((name) => name.toLowerCase() === lower) ?? null;
  if (figures && (framework !== 'pytorch' || sweep !== undefined)) throw new BadInput(words.figures);
  return framework;
}

/** @throws BadInput, or ProblemError of a sweep */
export function readOptions(args: readonly string[]): LabOptions {
  const values = readArguments('lab', args, options);
  const experiment = withSteps(experimentOf(values.exp), values.steps);
  return {
    help: values.help,
    data: (values.data ?? []).map(dataFile),
    experiment,
    engine: engineOf(values.engine, values.backend),
    json: values.json,
    plan: values.plan,
    code: codeOf(values),
    figures: values.figures,
    out: values.out ?? null,
    examinations: examinationsOf(values),
    sweep: sweepOf(values, experiment),
    results: values.results ?? defaultResults,
  };
}
