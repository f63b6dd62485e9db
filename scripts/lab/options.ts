/** The command line of the headless lab, read and checked. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type Backend, backends, type EngineRequest, engineNames } from '../../src/engine/choose.ts';
import { alternatives } from '../../src/messages/format.ts';
import { sentence } from '../../src/messages/messages.ts';
import type { Experiment } from '../../src/spec/experiment.ts';
import { inRange, limits } from '../../src/spec/limits.ts';
import { parseLink } from '../../src/spec/parseLink.ts';
import { ProblemError, problem } from '../../src/spec/problem.ts';

export interface LabOptions {
  readonly help: boolean;
  readonly experiment: Experiment;
  readonly engine: EngineRequest;
  readonly json: boolean;
  /** File that takes the records. */
  readonly out: string | null;
}

const options = {
  exp: { type: 'string', default: '' },
  steps: { type: 'string' },
  engine: { type: 'string' },
  backend: { type: 'string' },
  json: { type: 'boolean', default: false },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

function argumentsOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('lab.option', { reason: message.split(/\.\s|\n/)[0] ?? message }));
  }
}

function choiceOf<T extends string>(option: string, value: string | undefined, choices: readonly T[]): T | null {
  if (value === undefined) return null;
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    throw new ProblemError(problem('lab.choice', { option, value, choices: alternatives(choices) }));
  return found;
}

function engineOf(engine: string | undefined, backend: string | undefined): EngineRequest {
  const request = {
    engine: choiceOf('engine', engine, engineNames),
    backend: choiceOf<Backend>('backend', backend, backends),
  };
  if (request.engine === 'reference' && request.backend) {
    throw new ProblemError(problem('lab.referenceBackend', { backend: request.backend }));
  }
  return request;
}

/** Problems that only say what was done about the one that follows them. */
const announcements: ReadonlySet<string> = new Set(['link.default', 'link.networkIgnored']);

/** Here, unlike on the page, a link that cannot be followed in every part is an error: a script would not see a notice. */
function experimentOf(hash: string): Experiment {
  const { experiment, problems } = parseLink(hash);
  const cause = problems.find(({ code }) => !announcements.has(code)) ?? problems[0];
  if (cause) throw new ProblemError(problem('lab.experiment', { reason: sentence(cause) }));
  return experiment;
}

function withSteps(experiment: Experiment, value: string | undefined): Experiment {
  if (value === undefined) return experiment;
  const steps = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  const { min, max } = limits.steps;
  if (!inRange(steps, limits.steps)) throw new ProblemError(problem('lab.steps', { value, min, max }));
  return { ...experiment, training: { ...experiment.training, steps } };
}

/** @throws ProblemError for bad input */
export function readOptions(args: readonly string[]): LabOptions {
  const values = argumentsOf(args);
  return {
    help: values.help,
    experiment: withSteps(experimentOf(values.exp), values.steps),
    engine: engineOf(values.engine, values.backend),
    json: values.json,
    out: values.out ?? null,
  };
}
