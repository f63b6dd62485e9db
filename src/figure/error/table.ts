import { text } from '../../messages/messages.ts';
import type { ChartNetwork } from '../../plot/looks.ts';
import type { ChartTable } from '../../plot/table.ts';
import type { Measure } from './curves.ts';
import { evaluatedSteps, readableSteps } from './reading.ts';

/** The curves as rows, a step each. */
export function tableOf(networks: readonly ChartNetwork[], measure: Measure): ChartTable {
  return measure === 'error' ? errors(networks, evaluatedSteps(networks)) : losses(networks);
}

function errors(networks: readonly ChartNetwork[], steps: readonly number[]): ChartTable {
  const words = text.charts.error;
  return {
    columns: [text.charts.step, ...networks.flatMap(({ name }) => [words.trainColumn(name), words.testColumn(name)])],
    rows: steps.map((step) => [
      step,
      ...networks.flatMap(({ run }) => {
        const found = run?.evaluations.find((evaluation) => evaluation.step === step);
        return [found?.trainError ?? null, found?.testError ?? null];
      }),
    ]),
  };
}

function losses(networks: readonly ChartNetwork[]): ChartTable {
  const { length } = readableSteps(networks, 'loss');
  return {
    columns: [text.charts.step, ...networks.map(({ name }) => text.charts.loss.column(name))],
    rows: Array.from({ length }, (_, index) => [
      index + 1,
      ...networks.map(({ run }) => (run && index < run.steps ? (run.loss[index] ?? null) : null)),
    ]),
  };
}
