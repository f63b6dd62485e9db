/**
 * A program that is a run of the page: one Python file that needs only torch and the data files. Its sources stand in
 * `python/`, as they are read and tested there; what is written here is the experiment, as data, in front of them.
 */
import type { Manifest, SplitName } from '../data/manifest.ts';
import { fullSize } from '../data/prepare.ts';
import type { DataSet } from '../data/source.ts';
import { type DataRef, imagesFile, testCount } from '../experiment/dataRef.ts';
import type { Experiment, TrainingSpec } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import type { Figures } from './figures.ts';

const words = laterText.code.reproduction;

/** The Python files that programs are made of. */
export interface PythonSources {
  /** Random numbers, images, networks, training: what all programs share. */
  readonly core: string;
  readonly reproduce: string;
  readonly sweep: string;
}

/** Where the program finds its images. */
export interface DataFiles {
  readonly manifest: Manifest;
  /** Folder or address that holds the files, unless the program is told another. */
  readonly place: string;
}

/** Room for a line of data; longer ones are broken. */
const WIDTH = 120;

/** Plain data as Python writes it: JSON, but for its constants. */
function literal(value: unknown, indent = ''): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const deeper = `${indent}    `;
  const parts = (depth: string) =>
    Array.isArray(value)
      ? value.map((each) => literal(each, depth))
      : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${literal(each, depth)}`);
  const short = `${open}${parts('').join(', ')}${close}`;
  if (!short.includes('\n') && indent.length + short.length < WIDTH - 20) return short;
  return `${open}\n${parts(deeper)
    .map((part) => `${deeper}${part},\n`)
    .join('')}${indent}${close}`;
}

/** The files that hold the first so many images of a part of the data. */
function filesOf(manifest: Manifest, split: SplitName, count: number) {
  let start = 0;
  return manifest[split].chunks.flatMap(({ file, images, sha256 }) => {
    const isNeeded = start < count;
    start += images;
    return isNeeded ? [{ file, images, sha256 }] : [];
  });
}

/**
 * The images of an experiment, as programs find and check them.
 * @param own what the page says of them, where somebody has brought them
 */
export function dataOf(
  { manifest, place }: DataFiles,
  training: Pick<TrainingSpec, 'data' | 'train' | 'test'>,
  own: DataSet | null,
) {
  if (training.data && own) return ownDataOf(training.data, own);
  const { name, statistics, classes, train, test } = manifest;
  return {
    name,
    place,
    side: fullSize,
    channels: 1,
    classes: classes.length,
    counts: { train: train.count, test: test.count },
    statistics: Object.fromEntries(Object.entries(statistics).map(([size, of]) => [size, [of]])),
    train: filesOf(manifest, 'train', training.train),
    test: filesOf(manifest, 'test', testCount(training)),
  };
}

/** Of a data set that somebody has brought, which the page saves as a file. */
function ownDataOf(ref: DataRef, { statistics }: DataSet) {
  const { id, title, side, channels, classes, train, test } = ref;
  return {
    name: title,
    place: '.',
    file: imagesFile(ref),
    id,
    side,
    channels,
    classes,
    counts: { train, test },
    statistics,
  };
}

/** A definition of data in Python. */
export function constant(name: string, value: unknown): string {
  return `${name} = ${literal(value)}\n`;
}

/** The text at the top of a program, which its `--help` says as well. */
export function docstring(lines: readonly string[]): string {
  return `"""\n${lines.join('\n')}\n"""\n`;
}

function figuresText(figures: Figures | null): string {
  const { engine, isExact, records } = figures ?? { engine: '', isExact: false, records: [] };
  const head = `FIGURES = {"engine": ${literal(engine)}, "isExact": ${literal(isExact)}, "records": []}\n`;
  if (records.length === 0) return head;
  return `${head}FIGURES["records"] = [json.loads(each) for each in r"""\n${records.join('\n')}\n""".strip().splitlines()]\n`;
}

/**
 * The program that reproduces a run.
 * @param own what the page says of the experiment's images, where somebody has brought them
 */
export function reproduction(
  { core, reproduce }: PythonSources,
  experiment: Experiment,
  files: DataFiles,
  figures: Figures | null,
  own: DataSet | null = null,
): string {
  const { networks, training } = experiment;
  const names = text.names.networks(networks, training.size, true);
  const described = {
    networks: networks.map(({ stack, ...settings }, index) => ({
      name: names[index] ?? '',
      spec: { stack, ...settings },
    })),
    training,
  };
  const link = formatLink(experiment);
  return [
    docstring(words.head(names, training.steps, training.seed, link)),
    `# ${words.experiment}`,
    constant('EXPERIMENT', described),
    `# ${words.data}`,
    constant('DATA', dataOf(files, training, own)),
    core,
    `\n# ${words.figures}\n`,
    figuresText(figures),
    reproduce,
  ].join('\n');
}
