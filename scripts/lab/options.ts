/** The command line of the headless lab, read and checked. */
import type { ParseArgsConfig } from 'node:util';
import { type Backend, backends, type EngineRequest, engineNames } from '../../src/engine/choose.ts';
import { sentence } from '../../src/messages/messages.ts';
import type { Experiment } from '../../src/spec/experiment.ts';
import { limits } from '../../src/spec/limits.ts';
import { parseLink } from '../../src/spec/parseLink.ts';
import { ProblemError, problem } from '../../src/spec/problem.ts';
import { choiceOf, readArguments, wholeNumberOf } from '../commandLine.ts';

export interface LabOptions {
  readonly help: boolean;
  readonly experiment: Experiment;
  readonly engine: EngineRequest;
  readonly json: boolean;
  /** List what the fused engine would do instead of training. */
  readonly plan: boolean;
  /** File that takes the records. */
  readonly out: string | null;
}

const options = {
  exp: { type: 'string', default: '' },
  steps: { type: 'string' },
  engine: { type: 'string' },
  backend: { type: 'string' },
  json: { type: 'boolean', default: false },
  plan: { type: 'boolean', default: false },
  out: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

function engineOf(engine: string | undefined, backend: string | undefined): EngineRequest {
  const request = {
    engine: engine === undefined ? null : choiceOf('engine', engine, engineNames),
    backend: backend === undefined ? null : choiceOf<Backend>('backend', backend, backends),
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
  const steps = wholeNumberOf('steps', value, limits.steps);
  return { ...experiment, training: { ...experiment.training, steps } };
}

/** @throws ProblemError for bad input */
export function readOptions(args: readonly string[]): LabOptions {
  const values = readArguments('lab', args, options);
  return {
    help: values.help,
    experiment: withSteps(experimentOf(values.exp), values.steps),
    engine: engineOf(values.engine, values.backend),
    json: values.json,
    plan: values.plan,
    out: values.out ?? null,
  };
}
