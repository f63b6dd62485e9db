/** What the bench reports. */
import { median } from '../../src/records/summary.ts';
import { type BenchCase, type ContenderName, networkName } from './cases.ts';
import type { Outcome, StepFigures } from './race.ts';

/** What each kind of bench comes to. */
export interface Finished {
  /** For `--json`. */
  readonly report: object;
  /** Sentences on what must not be: the command fails then. */
  readonly complaints?: readonly string[];
}

/** Prints lines for people. */
export type Say = (lines: readonly string[]) => void;

/** Medians over the steps that count; times in milliseconds, all counts for one step. */
export interface Speed {
  readonly msPerStep: number;
  /** Null without a GPU, like the next two. */
  readonly dispatches: number | null;
  readonly submits: number | null;
  /** Between CPU and GPU, either way. */
  readonly bytes: number | null;
  /** How long the calling thread is busy; null where that is no browser's. */
  readonly jsMs: number | null;
}

export type Result = Speed | { readonly error: string };

export interface CaseReport {
  readonly network: string;
  readonly width: number;
  readonly size: number;
  readonly batch: number;
  readonly results: Readonly<Partial<Record<ContenderName, Result>>>;
}

/** To a microsecond: the browser's clock is no finer. */
function milliseconds(value: number | null): number | null {
  return value === null ? null : Math.round(value * 1000) / 1000;
}

function medianOf(steps: readonly StepFigures[], figure: (step: StepFigures) => number | null): number | null {
  return median(steps.map(figure).filter((value) => value !== null));
}

export function resultOf(outcome: Outcome): Result {
  if ('error' in outcome) return outcome;
  const { steps } = outcome;
  return {
    msPerStep: milliseconds(medianOf(steps, ({ ms }) => ms)) ?? 0,
    dispatches: medianOf(steps, ({ dispatches }) => dispatches),
    submits: medianOf(steps, ({ submits }) => submits),
    bytes: medianOf(steps, ({ bytes }) => bytes),
    jsMs: milliseconds(medianOf(steps, ({ jsMs }) => jsMs)),
  };
}

/** @param outcomes by the contender's name */
export function caseReport(benchCase: BenchCase, outcomes: Readonly<Record<string, Outcome>>): CaseReport {
  const { width, size, batch } = benchCase;
  const results = Object.fromEntries(Object.entries(outcomes).map(([name, outcome]) => [name, resultOf(outcome)]));
  return { network: networkName(benchCase), width, size, batch, results };
}
