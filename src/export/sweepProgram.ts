/** A sweep as one Python file that trains its cells on other machines. */
import { dataName } from '../data/dataName.ts';
import type { DataSet } from '../data/source.ts';
import type { DataRef } from '../experiment/dataRef.ts';
import type { Experiment, NetworkSpec, TrainingSpec } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import type { Cell } from '../experiment/sweep/cells.ts';
import type { Sweep } from '../experiment/sweep/sweep.ts';
import { formatSweep } from '../experiment/sweep/text.ts';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import { buildGraph } from '../network/build.ts';
import { costOf } from '../network/cost.ts';
import { openCellKey, ownDataName } from '../session/sweeps/finishedCell.ts';
import { constant, type DataFiles, dataOf, docstring, type PythonSources } from './reproduction.ts';

const words = laterText.code;

/** The networks of the cells by a name that no other of them has. A network costs something else on images of another size. */
function networksOf(cells: readonly Cell[]) {
  const byText = new Map<string, { readonly spec: NetworkSpec; readonly size: number }>();
  for (const { experiment } of cells) {
    const [spec] = experiment.networks;
    const { size } = experiment.training;
    if (spec) byText.set(JSON.stringify([spec, size]), { spec, size });
  }
  const found = [...byText];
  const specs = found.map(([, { spec }]) => spec);
  const taken = new Map<string, number>();
  return found.map(([key, network], index) => {
    const name = text.names.networks(specs, network.size, true)[index] ?? '';
    const before = taken.get(name) ?? 0;
    taken.set(name, before + 1);
    return { key, name: before === 0 ? name : `${name} (${before + 1})`, ...network };
  });
}

function describedNetwork({ spec, size }: { readonly spec: NetworkSpec; readonly size: number }, data?: DataRef) {
  const { stack, ...settings } = spec;
  return { spec: { stack, ...settings }, ...costOf(buildGraph(spec, { size, ...(data && { data }) })) };
}

/** What a cell's training does otherwise than the base's. */
function differences(training: TrainingSpec, base: TrainingSpec): Partial<TrainingSpec> {
  const keys = (Object.keys(training) as (keyof TrainingSpec)[]).filter((key) => training[key] !== base[key]);
  return Object.fromEntries(
    ['seed', ...keys.filter((key) => key !== 'seed')].map((key) => [key, training[key as 'seed']]),
  );
}

/**
 * The program that trains a sweep's cells, or its share of them.
 * @param own what the page says of the images, where somebody has brought them
 */
export function sweepProgram(
  { core, sweep: source }: PythonSources,
  base: Experiment,
  sweep: Sweep,
  cells: readonly Cell[],
  files: DataFiles,
  own: DataSet | null = null,
): string {
  const networks = networksOf(cells);
  const nameOf = ({ networks: [spec], training }: Experiment) =>
    networks.find(({ key }) => key === JSON.stringify([spec, training.size]))?.name;
  const data = base.training.data ? ownDataName(base.training.data) : dataName(files.manifest);
  const described = cells.map(({ experiment }) => ({
    network: nameOf(experiment),
    training: differences(experiment.training, base.training),
    link: formatLink(experiment),
    key: openCellKey(experiment, data),
  }));
  const most = (key: 'train' | 'test') => Math.max(...cells.map(({ experiment }) => experiment.training[key]));
  return [
    docstring(words.sweep.head(cells.length, formatLink(base) + formatSweep(sweep, base))),
    `# ${words.sweep.networks}`,
    constant(
      'NETWORKS',
      Object.fromEntries(networks.map((network) => [network.name, describedNetwork(network, base.training.data)])),
    ),
    `# ${words.sweep.training}`,
    constant('TRAINING', base.training),
    `# ${words.sweep.cells}`,
    constant('CELLS', described),
    `# ${words.reproduction.data}`,
    constant('DATA', dataOf(files, { ...base.training, train: most('train'), test: most('test') }, own)),
    core,
    '',
    source,
  ].join('\n');
}
