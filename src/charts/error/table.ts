import { text } from '../../messages/messages.ts';
import type { ChartNetwork } from '../network.ts';
import type { ChartTable } from '../tools/table.ts';
import type { Measure } from './curves.ts';
import { readableSteps } from './reading.ts';

/** The curves as rows, a step each. */
export function tableOf(networks: readonly ChartNetwork[], measure: Measure): ChartTable {
  const steps = readableSteps(networks, measure);
  return measure === 'error' ? errors(networks, steps) : losses(networks, steps);
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

function losses(networks: readonly ChartNetwork[], steps: readonly number[]): ChartTable {
  return {
    columns: [text.charts.step, ...networks.map(({ name }) => text.charts.loss.column(name))],
    rows: steps.map((step) => [
      step,
      ...networks.map(({ run }) => (run && step <= run.steps ? (run.loss[step - 1] ?? null) : null)),
    ]),
  };
}
