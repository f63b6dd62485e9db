/** What the Error chart says at a step, in figures and in words. */

import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import { lastUpTo, type Positions, upTo } from '../../plot/cursor.ts';
import { exact } from '../../plot/format.ts';
import type { ChartNetwork } from '../../plot/looks.ts';
import type { Measure } from './curves.ts';

/** The figures of one network at a step; `stopped` where it had diverged by then. */
export type Figures =
  | { readonly kind: 'error'; readonly train: string; readonly test: string }
  | { readonly kind: 'loss'; readonly loss: string }
  | { readonly kind: 'stopped'; readonly step: number }
  | { readonly kind: 'missing' };

/** Steps with something to read, ascending. */
export function readableSteps(networks: readonly ChartNetwork[], measure: Measure): Positions {
  if (measure !== 'error') return upTo(Math.max(0, ...networks.map(({ run }) => run?.steps ?? 0)));
  return evaluatedSteps(networks);
}

/** Steps that were evaluated, and those at which a network diverged. */
export function evaluatedSteps(networks: readonly ChartNetwork[]): number[] {
  const steps = new Set<number>();
  for (const { run } of networks) {
    for (const { step } of run?.evaluations ?? []) steps.add(step);
    if (run?.overflow) steps.add(run.overflow.step);
  }
  return [...steps].sort((one, other) => one - other);
}

/** The last step at which everybody who still trains has been evaluated; before the first, the newest that anybody has. */
export function newestOfAll(networks: readonly ChartNetwork[]): number | null {
  const known = networks.flatMap(({ run }) => (run && !run.overflow ? [run.evaluations.at(-1)?.step ?? null] : []));
  const common = known.flatMap((step) => step ?? []);
  const steps = evaluatedSteps(networks);
  return common.length > 0 && common.length === known.length
    ? lastUpTo(steps, Math.min(...common))
    : (steps.at(-1) ?? null);
}

export function figuresAt({ run }: ChartNetwork, step: number, measure: Measure): Figures {
  const missing: Figures =
    run?.overflow && step >= run.overflow.step ? { kind: 'stopped', step: run.overflow.step } : { kind: 'missing' };
  if (measure !== 'error') {
    const loss = run && step <= run.steps ? run.loss[step - 1] : undefined;
    return loss === undefined ? missing : { kind: 'loss', loss: exact(loss) };
  }
  const evaluation = run?.evaluations.find((record) => record.step === step);
  return evaluation
    ? { kind: 'error', train: percent(evaluation.trainError), test: percent(evaluation.testError) }
    : missing;
}

/** The figures of one network as a phrase. */
function phrase(name: string, figures: Figures): string {
  const words = text.charts.error;
  switch (figures.kind) {
    case 'error':
      return words.value(name, figures.train, figures.test);
    case 'loss':
      return text.charts.loss.value(name, figures.loss);
    case 'stopped':
      return words.stopped(name, figures.step);
    case 'missing':
      return words.missing(name);
  }
}

/** All networks at a step, as phrases. */
export function phrasesAt(networks: readonly ChartNetwork[], step: number, measure: Measure): string[] {
  return networks.map((network) => phrase(network.name, figuresAt(network, step, measure)));
}
