/** What the Error chart shows: the axis and the points of its curves, and what it says at a step. */

import { nice } from 'd3-array';
import { percent } from '../messages/format.ts';
import { text } from '../messages/messages.ts';
import { powerOfTen, type ValueAxis } from '../plot/axis.ts';
import { lastUpTo, type Positions, upTo } from '../plot/cursor.ts';
import { decimate } from '../plot/decimate.ts';
import { exact, short } from '../plot/format.ts';
import type { ChartNetwork } from '../plot/looks.ts';
import type { Point } from '../plot/marks.tsx';
import { axisTicks, errorRange, type Tick } from '../plot/scale.ts';
import type { ChartTable } from '../plot/table.ts';
import type { Run } from '../records/run.ts';
import { distinct } from '../records/summary.ts';

const words = text.charts.error;

/** What the vertical axis measures: errors of the evaluations, or the loss of every minibatch on a linear or log axis. */
export type Measure = 'error' | 'loss' | 'logLoss';

/** The axis that holds everything measured of the networks. */
export function rangeOf(networks: readonly ChartNetwork[], measure: Measure): ValueAxis {
  const runs = networks.flatMap(({ run }) => run ?? []);
  if (measure !== 'error') return lossRange(runs, measure === 'loss' ? 'linear' : 'log');
  return errorRange(runs.flatMap((run) => run.evaluations.flatMap((record) => [record.trainError, record.testError])));
}

/** From 0 to a round number, or the whole decades, that hold the finite losses of all runs. */
export function lossRange(runs: readonly Run[], kind: 'linear' | 'log'): ValueAxis {
  let low = Number.POSITIVE_INFINITY;
  let high = 0;
  for (const run of runs) {
    for (let i = 0; i < run.steps; i++) {
      const loss = run.loss[i] ?? 0;
      if (!(loss > 0) || !Number.isFinite(loss)) continue;
      low = Math.min(low, loss);
      high = Math.max(high, loss);
    }
  }
  if (kind === 'linear') return { kind, min: 0, max: high > 0 ? nice(0, high, 4)[1] : 3 };
  if (high === 0) return { kind, min: 0.1, max: 10 };
  const bottom = Math.floor(Math.log10(low));
  return { kind, min: powerOfTen(bottom), max: powerOfTen(Math.max(bottom + 1, Math.ceil(Math.log10(high)))) };
}

/** Ticks of a loss axis: plain numbers as far as they are short. */
export function lossTicks(axis: ValueAxis, labels: number): Tick[] {
  return axisTicks(axis, labels).map((tick) => {
    const isShort = tick.value >= 1e-3 && tick.value <= 1e4;
    return tick.label && isShort ? { ...tick, label: short(tick.value) } : tick;
  });
}

/** The minibatch loss against the step, thinned to what `columns` pixels can show. */
export function lossPoints(run: Run, columns: number): Point[] {
  return decimate(run.loss, run.steps, columns).map((index) => ({ x: index + 1, y: run.loss[index] ?? Number.NaN }));
}

/** The values at one step: training and test error of the evaluation made there, or the loss. */
export function valuesAt(run: Run | null, step: number, measure: Measure): number[] {
  if (run === null) return [];
  if (measure !== 'error') return step <= run.steps ? [run.loss[step - 1] ?? Number.NaN] : [];
  const found = run.evaluations.filter((evaluation) => evaluation.step === step);
  return found.flatMap(({ trainError, testError }) => [trainError, testError]);
}

/** Steps with something to read, ascending. */
export function readableSteps(networks: readonly ChartNetwork[], measure: Measure): Positions {
  if (measure !== 'error') return upTo(Math.max(0, ...networks.map(({ run }) => run?.steps ?? 0)));
  return evaluatedSteps(networks);
}

/** Steps that were evaluated, and those at which a network diverged. */
function evaluatedSteps(networks: readonly ChartNetwork[]): number[] {
  return distinct(
    networks.flatMap(({ run }) => {
      if (!run) return [];
      const evaluated = run.evaluations.map(({ step }) => step);
      return run.overflow ? [...evaluated, run.overflow.step] : evaluated;
    }),
  );
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

/** What one network has at a step: in the legend, and in a sentence that names it. */
interface Said {
  readonly figures: string;
  readonly phrase: string;
}

export function saidAt({ name, run }: ChartNetwork, step: number, measure: Measure): Said {
  const loss = measure !== 'error' && run && step <= run.steps ? run.loss[step - 1] : undefined;
  if (loss !== undefined) return { figures: exact(loss), phrase: text.charts.loss.value(name, exact(loss)) };
  const errors = measure === 'error' && run?.evaluations.find((record) => record.step === step);
  if (errors) {
    const [train, test] = [percent(errors.trainError), percent(errors.testError)];
    return { figures: words.pair(train, test), phrase: words.value(name, train, test) };
  }
  if (!run?.overflow || step < run.overflow.step) return { figures: text.charts.none, phrase: words.missing(name) };
  return { figures: text.charts.stopped(run.overflow.step), phrase: words.stopped(name, run.overflow.step) };
}

/** All networks at a step, as phrases. */
export function phrasesAt(networks: readonly ChartNetwork[], step: number, measure: Measure): string[] {
  return networks.map((network) => saidAt(network, step, measure).phrase);
}

/** The curves as rows, a step each. */
export function tableOf(networks: readonly ChartNetwork[], measure: Measure): ChartTable {
  if (measure === 'error') {
    const heading = ({ name }: ChartNetwork) => [words.trainColumn(name), words.testColumn(name)];
    return {
      columns: [text.charts.step, ...networks.flatMap(heading)],
      rows: evaluatedSteps(networks).map((step) => [
        step,
        ...networks.flatMap(({ run }) => {
          const found = run?.evaluations.find((evaluation) => evaluation.step === step);
          return [found?.trainError ?? null, found?.testError ?? null];
        }),
      ]),
    };
  }
  return {
    columns: [text.charts.step, ...networks.map(({ name }) => text.charts.loss.column(name))],
    rows: Array.from({ length: readableSteps(networks, measure).length }, (_, index) => [
      index + 1,
      ...networks.map(({ run }) => (run && index < run.steps ? (run.loss[index] ?? null) : null)),
    ]),
  };
}
