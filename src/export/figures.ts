/** What the page has measured of a run, as a program takes it along to compare itself with. */
import { networkIds } from '../experiment/experiment.ts';
import { engineText } from '../figure/about.ts';
import { stepLine } from '../records/recordLine.ts';
import type { EvaluationRecord } from '../records/records.ts';
import { measurementsAt } from '../records/run.ts';
import { type LabState, runsOf } from '../session/store/state.ts';

export interface Figures {
  /** What computed them, in words. */
  readonly engine: string;
  /** In float64. */
  readonly isExact: boolean;
  /** A record a line, as `recordLine` writes them; of steps, what is compared. */
  readonly records: readonly string[];
}

/** Steps whose gradients a program takes along, and numbers of them in one network: enough to see where rounding parts two runs. */
const STEPS = 20;
const NUMBERS = 1500;

type StepLine = ReturnType<typeof stepLine>;

/** Whether a step of a network of so many layers is among those that are compared. */
function isCompared(step: number, layers: number): boolean {
  return step <= Math.max(1, Math.min(STEPS, Math.floor(NUMBERS / (2 * layers))));
}

function comparedLine({ type, network, step, loss, layers }: StepLine): string {
  const gradients = layers.map((layer) => {
    const { name, signalGradient, weightGradient } = layer as Readonly<Record<string, unknown>>;
    return { name, signalGradient, weightGradient };
  });
  return JSON.stringify({ type, network, step, loss, layers: gradients });
}

/** Those of the lines that the command line prints which a program compares. */
export function comparedLines(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const record = JSON.parse(line) as StepLine | EvaluationRecord | { readonly type: 'result' };
    if (record.type === 'evaluation') return line;
    if (record.type !== 'step' || !isCompared(record.step, record.layers.length)) return [];
    return comparedLine(record);
  });
}

/** The figures of the lab's runs as far as they have come; null where there are none, or no experiment says how they came about. */
export function figuresOf(state: LabState): (Figures & { readonly steps: number }) | null {
  const { runs, engine } = state;
  const shown = runsOf(state);
  const steps = Math.max(0, ...shown.map((run) => run.steps));
  if (!engine || steps === 0 || !shown.every(({ isRepeatable }) => isRepeatable)) return null;
  const records = networkIds.flatMap((network) => {
    const run = runs[network];
    if (!run) return [];
    const { layerNames, loss, learningRate, overflow } = run;
    const steps = Array.from({ length: run.steps }, (_, index) => index + 1)
      .filter((step) => isCompared(step, layerNames.length))
      .map((step) =>
        comparedLine(
          stepLine(
            {
              type: 'step',
              network,
              step,
              loss: loss[step - 1] ?? Number.NaN,
              learningRate: learningRate[step - 1] ?? Number.NaN,
              layers: measurementsAt(run, step),
              overflow: overflow?.step === step ? overflow : null,
            },
            layerNames,
          ),
        ),
      );
    return [...steps, ...run.evaluations.map((evaluation) => JSON.stringify(evaluation))];
  });
  return { engine: engineText(engine), isExact: engine.engine === 'reference', records, steps };
}
