/** What has become of runs of a network: those of this tab, and those that the browser keeps. */

import { useEffect, useMemo, useState } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import { parseLink } from '../../experiment/parseLink.ts';
import { ProblemError } from '../../experiment/problem.ts';
import { depthOf } from '../../experiment/stack.ts';
import type { FinishedRun } from '../../records/finished.ts';
import { useLab } from '../../session/hooks.ts';
import { openRecords } from '../../session/storage/records.ts';
import { conditionsOf } from '../../session/store/finishedRuns.ts';
import { type FinishedCell, finalErrors, isOfThisVersion } from '../../session/sweeps/finishedCell.ts';
import { pageDataUrl } from '../../session/worker/client.ts';

/** How one run ended. */
export interface Outcome {
  readonly seed: number;
  /** Fractions; null where it diverged. */
  readonly errors: { readonly train: number; readonly test: number } | null;
  readonly divergedAt: number | null;
}

/** An outcome with everything that it depends on but its seed, as text. */
interface Known extends Outcome {
  readonly of: string;
}

function keyOf({ networks: [network], training }: Experiment): string {
  return network ? `${depthOf(network.stack)} ${conditionsOf(network, training)}` : '';
}

function ofRun({ depth, conditions, seed, trainError, testError, divergedAt }: FinishedRun): Known {
  const errors = trainError === null || testError === null ? null : { train: trainError, test: testError };
  return { of: `${depth} ${conditions}`, seed, errors, divergedAt };
}

function ofCell(cell: FinishedCell): Known {
  const { experiment } = parseLink(cell.link);
  const last = finalErrors(cell);
  const errors = last && { train: last.trainError, test: last.testError };
  return { of: keyOf(experiment), seed: experiment.training.seed, errors, divergedAt: cell.divergedAt };
}

/** Everything that is known, the newest last; what an earlier version computed may be other than what this one would. */
export function knownOutcomes(cells: readonly FinishedCell[], finished: readonly FinishedRun[]): readonly Known[] {
  const kept = cells.filter(isOfThisVersion).toSorted((one, other) => one.finishedAt.localeCompare(other.finishedAt));
  return [...kept.map(ofCell), ...finished.map(ofRun)];
}

/** The outcomes of an experiment's first network under its training, whatever the seed: the newest of each, by seed. */
export function outcomesOf(experiment: Experiment, known: readonly Known[]): readonly Outcome[] {
  const of = keyOf(experiment);
  const bySeed = new Map<number, Outcome>();
  for (const each of known) if (each.of === of) bySeed.set(each.seed, each);
  return [...bySeed.values()].toSorted((one, other) => one.seed - other.seed);
}

/** Errors of several runs: their mean and range; null where none ended with errors. */
export function spread(
  outcomes: readonly Outcome[],
  measure: 'train' | 'test',
): { readonly mean: number; readonly low: number; readonly high: number } | null {
  const errors = outcomes.flatMap((outcome) => (outcome.errors ? [outcome.errors[measure]] : []));
  if (errors.length === 0) return null;
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return { mean, low: Math.min(...errors), high: Math.max(...errors) };
}

/** Records that cannot be opened or read are the library's to speak of. */
function passOver(error: unknown): void {
  if (!(error instanceof ProblemError)) throw error;
}

/** The runs that the browser keeps, as they come; none where its records cannot be read. */
function useKeptCells(): readonly FinishedCell[] {
  const [cells, setCells] = useState<readonly FinishedCell[]>([]);
  useEffect(() => {
    let isOver = false;
    let end = () => {};
    const watch = async () => {
      const records = await openRecords(pageDataUrl());
      const read = async () => {
        const all = await records.cells.all();
        if (!isOver) setCells(all);
      };
      if (isOver) return;
      end = records.cells.watch(() => void read().catch(passOver));
      await read();
    };
    watch().catch(passOver);
    return () => {
      isOver = true;
      end();
    };
  }, []);
  return cells;
}

/** What is known of finished runs, here and from earlier visits. */
export function useKnownOutcomes(): ReturnType<typeof knownOutcomes> {
  const cells = useKeptCells();
  const finished = useLab((state) => state.finished);
  return useMemo(() => knownOutcomes(cells, finished), [cells, finished]);
}
