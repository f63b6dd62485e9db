/** A cell that has been trained: what is kept of it, and by which key it is found again. */
import * as v from 'valibot';
import type { DataRef } from '../../experiment/dataRef.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { experimentText } from '../../experiment/experimentText.ts';
import { formatLink } from '../../experiment/link.ts';
import { parseLink } from '../../experiment/parseLink.ts';
import type { NetworkRun } from '../runs.ts';
import { type LabState, runsOf } from '../store/state.ts';
import type { EngineInfo } from '../worker/protocol.ts';

/** Of what is computed: goes up when a change of the code changes results, so that older ones are not found any more. */
const RESULTS_VERSION = 5;
export const VERSION = `r${RESULTS_VERSION}`;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const device = v.variant('kind', [
  v.object({ kind: v.literal('cpu'), simd: v.boolean(), threads: count, fma: v.optional(v.boolean()) }),
  v.object({ kind: v.literal('gpu'), name: v.string() }),
]);

export const finishedCellSchema = v.object({
  key: v.string(),
  /** As a link to a single run of it. */
  link: v.string(),
  engine: v.object({ engine: v.string(), backend: v.string(), device }),
  /** Steps trained. */
  steps: count,
  /** Fractions of misclassified images after so many steps, in order; 0 is the untrained network. */
  evaluations: v.array(v.object({ step: count, trainError: share, testError: share })),
  /** The step that overflowed, or null. */
  divergedAt: v.nullable(count),
  /** Training and evaluation, pauses left out, or its share of that where seeds were trained together; null where it was trained beside others. */
  seconds: v.nullable(v.pipe(v.number(), v.minValue(0))),
  /** When, in ISO 8601. */
  finishedAt: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(Date.parse(text))),
  ),
  /** What somebody calls it in the library. */
  name: v.optional(v.string()),
});

export type FinishedCell = v.InferOutput<typeof finishedCellSchema>;

/** What somebody has kept as a cell, or null where it is none. */
export function asFinishedCell(kept: unknown): FinishedCell | null {
  const result = v.safeParse(finishedCellSchema, kept);
  return result.success ? result.output : null;
}

/** The cell that a text holds as JSON, or null: a line that was cut off when its writer was killed is none. */
export function readFinishedCell(text: string): FinishedCell | null {
  try {
    return asFinishedCell(JSON.parse(text));
  } catch {
    return null;
  }
}

/** What stands for the engine in the key of a cell that is yet to be trained by somebody. */
const SOMEBODY = '{engine}';

/** What computes, as text: where it is the same, so are results, to the last bit. */
export function engineText({ engine, backend, device: on }: EngineInfo): string {
  // Our engine for processors computes the same on any number of threads, but rounds otherwise where multiply-adds are fused.
  if (engine === 'cpu' && on.kind === 'cpu') return `cpu ${on.fma ? 'fma' : 'without fma'}`;
  const where = on.kind === 'gpu' ? on.name : `cpu ${on.threads} ${on.simd ? 'simd' : 'scalar'}`;
  return `${engine} ${backend} ${where}`;
}

/** What keys call a data set that somebody has brought. */
export function ownDataName({ title, id }: DataRef): string {
  return `${title} ${id}`;
}

/**
 * Everything that the outcome of a cell depends on, as text: what has the same key would be the same to the last bit.
 *
 * @param embedded the name of the embedded data set, checksums included
 */
export function cellKey(experiment: Experiment, engine: EngineInfo, embedded: string): string {
  const { data: own } = experiment.training;
  return [VERSION, own ? ownDataName(own) : embedded, engineText(engine), experimentText(experiment)].join(' | ');
}

/** The key that a cell will have, but for the engine: whoever trains it says so in the place of `{engine}`. */
export function openCellKey(experiment: Experiment, data: string): string {
  return [VERSION, data, SOMEBODY, experimentText(experiment)].join(' | ');
}

/** The name of the data set that a cell was trained on, checksums included; empty where its key has none. */
export function dataOfKey({ key }: Pick<FinishedCell, 'key'>): string {
  return key.split(' | ')[1] ?? '';
}

/** The same without its checksums; null where its key has none. */
export function dataSetOf(cell: Pick<FinishedCell, 'key'>): string | null {
  return /^(.+) [0-9a-f]+$/.exec(dataOfKey(cell))?.[1] ?? null;
}

/** Whether training a cell again gives the same numbers; what an earlier version of the page has kept may differ. */
export function isOfThisVersion({ key }: Pick<FinishedCell, 'key'>): boolean {
  return key.startsWith(`${VERSION} | `);
}

/**
 * What is kept of a run, under its key.
 * @param seconds of training and evaluation, pauses left out, or its share; null where it was trained beside others
 */
export function cellOf(run: NetworkRun, by: EngineInfo, data: string, seconds: number | null): FinishedCell {
  const { experiment, steps, evaluations, divergedAt } = run;
  const { engine, backend, device: on } = by;
  return {
    key: cellKey(experiment, by, data),
    link: formatLink(experiment),
    engine: { engine, backend, device: on },
    steps,
    evaluations: [...evaluations],
    divergedAt,
    seconds,
    finishedAt: new Date().toISOString(),
  };
}

/** The finished networks of the lab as runs of their own: those that the experiment alone repeats. */
export function finishedCells(state: LabState, data: string): FinishedCell[] {
  const { engine } = state;
  if (!engine) return [];
  return runsOf(state).flatMap((run) => (run.isRepeatable ? cellOf(run, engine, data, null) : []));
}

/**
 * The run that was kept.
 * @param experiment of the cell, where it need not be read from its link
 */
export function runOfCell(cell: FinishedCell, experiment = parseLink(cell.link).experiment): NetworkRun {
  const { engine, steps, evaluations, divergedAt } = cell;
  return { experiment, engine, steps, evaluations, divergedAt, isFinished: true, isRepeatable: isOfThisVersion(cell) };
}

/** A finished run, and what is kept of it. */
export interface KeptRun {
  readonly cell: FinishedCell;
  readonly run: NetworkRun;
}

/** The runs that were kept, oldest first. */
export function keptRuns(cells: readonly FinishedCell[]): KeptRun[] {
  const inOrder = cells.toSorted((one, other) => one.finishedAt.localeCompare(other.finishedAt));
  return inOrder.map((cell) => ({ cell, run: runOfCell(cell) }));
}
