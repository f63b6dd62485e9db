/** `--code`: prints an experiment as a program. */
import { ProblemError } from '../../src/experiment/problem.ts';
import { sweepCells } from '../../src/experiment/sweep/cells.ts';
import { comparedLines, type Figures } from '../../src/export/figures.ts';
import { type Framework, programOf } from '../../src/export/program.ts';
import { reproduction } from '../../src/export/reproduction.ts';
import { sweepProgram } from '../../src/export/sweepProgram.ts';
import { text } from '../../src/messages/messages.ts';
import { pythonSources, shippedData } from '../pythonSources.ts';
import { runInBrowser } from './browserLab.ts';
import type { LabOptions } from './options.ts';
import { words } from './words.ts';

/** What the page computes of the experiment. */
async function measured({ experiment, engine, examinations }: LabOptions): Promise<Figures | null> {
  const lines: string[] = [];
  const result = await runInBrowser({
    experiment,
    engine,
    examinations,
    onLines: async (some) => void lines.push(...some),
    stopped: new Promise(() => undefined),
  });
  if (result?.type !== 'result') return null;
  const name = words.sweep.engine(result.engine, result.backend, result.device);
  return { engine: name, isExact: result.engine === 'reference', records: comparedLines(lines) };
}

/** The experiment as a program: in PyTorch one that repeats the run, or trains the sweep; in others its first network. */
export async function programFor(options: LabOptions, framework: Framework): Promise<string> {
  const { experiment, figures } = options;
  const [network] = experiment.networks;
  if (framework !== 'pytorch' && network) {
    const [name = ''] = text.names.networks(experiment.networks, true);
    return programOf(framework, network, experiment.training, name, experiment.training);
  }
  const files = shippedData('public/data');
  if (options.sweep) {
    const cells = sweepCells(experiment, options.sweep);
    if (!cells.ok) throw new ProblemError(cells.problem);
    return sweepProgram(pythonSources, experiment, options.sweep, cells.value, files);
  }
  return reproduction(pythonSources, experiment, files, figures ? await measured(options) : null);
}
