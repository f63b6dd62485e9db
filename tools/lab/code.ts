/** `--code`: prints an experiment as a program. */
import { openAsBlob } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeSet } from '../../src/data/ownSet.ts';
import type { DataSet } from '../../src/data/source.ts';
import { type DataRef, imagesFile } from '../../src/experiment/dataRef.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { ProblemError } from '../../src/experiment/problem.ts';
import { fedWith } from '../../src/experiment/settings.ts';
import { sweepCells } from '../../src/experiment/sweep/cells.ts';
import { comparedLines, type Figures } from '../../src/export/figures.ts';
import { type Framework, programOf } from '../../src/export/program.ts';
import { reproduction } from '../../src/export/reproduction.ts';
import { sweepProgram } from '../../src/export/sweepProgram.ts';
import { text } from '../../src/messages/messages.ts';
import { BadInput } from '../commandLine.ts';
import { pythonSources, shippedData } from '../pythonSources.ts';
import { runInBrowser } from './browserLab.ts';
import type { LabOptions } from './options.ts';
import { words } from './words.ts';

interface InBrowser {
  readonly figures: Figures | null;
  /** The images that were brought. */
  readonly data: DataRef | null;
}

/**
 * What the page computes of the experiment, where that is asked for, and what it reads of the images that are brought.
 *
 * @param saved folder that takes these images; null: they are only looked at
 */
async function inBrowser(
  { experiment, engine, examinations, data: files, figures }: LabOptions,
  saved: string | null,
): Promise<InBrowser> {
  if (!figures && files.length === 0) return { figures: null, data: null };
  const lines: string[] = [];
  let data: DataRef | null = null;
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const result = await runInBrowser({
    experiment,
    engine,
    examinations,
    data: files,
    ...(saved !== null && files.length > 0 && { saved }),
    async onLines(some) {
      const name = some.map((line) => JSON.parse(line)).find(({ type }) => type === 'dataName');
      if (name) {
        const { type: _, ...ref } = name;
        data = ref;
        if (!figures) stop();
      }
      lines.push(...some);
    },
    stopped,
  });
  if (result?.type !== 'result') return { figures: null, data };
  const name = words.sweep.engine(result.engine, result.backend, result.device);
  return { figures: { engine: name, isExact: result.engine === 'reference', records: comparedLines(lines) }, data };
}

/** What the sweep or the run is in PyTorch. @param own what the page says of its images, where somebody has brought them */
function inPyTorch(
  { sweep }: LabOptions,
  experiment: Experiment,
  figures: Figures | null,
  own: DataSet | null,
): string {
  const files = shippedData('public/data');
  if (!sweep) return reproduction(pythonSources, experiment, files, figures, own);
  const cells = sweepCells(experiment, sweep);
  if (!cells.ok) throw new ProblemError(cells.problem);
  return sweepProgram(pythonSources, experiment, sweep, cells.value, files, own);
}

/**
 * The experiment as a program: in PyTorch one that repeats the run, or trains the sweep; in others its first network. What is brought is saved beside
 * the program in PyTorch, which reads it from there.
 *
 * @throws BadInput where the experiment is on images that are not brought
 */
export async function programFor(options: LabOptions, framework: Framework): Promise<string> {
  const { networks, training: asked } = options.experiment;
  const isPyTorch = framework === 'pytorch';
  const folder = dirname(options.out ?? 'here');
  if (isPyTorch && asked.data && options.data.length === 0) throw new BadInput(words.noImages(asked.data.title));
  const { figures, data } = await inBrowser(options, isPyTorch ? folder : null);
  const training = data ? fedWith(asked, data) : asked;
  const [network] = networks;
  if (!isPyTorch && network) {
    const [name = ''] = text.names.networks(networks, training.size, true);
    return programOf(framework, network, training, name, training);
  }
  const own = data && (await describeSet(await openAsBlob(join(folder, imagesFile(data)))));
  return inPyTorch(options, { networks, training }, figures, own);
}
