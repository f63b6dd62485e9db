/** The finished runs of the library, and what tells them apart. */

import { recognizeFamily } from '../experiment/families.ts';
import { stackNameOf } from '../experiment/names.ts';
import { networkSettingKeys, trainingSettingKeys } from '../experiment/settings.ts';
import { about, engineInShort } from '../figure/about.ts';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import type { ChartAbout } from '../plot/about.ts';
import type { NetworkRun } from '../session/runs.ts';
import { dataSetOf, type FinishedCell, runOfCell } from '../session/sweeps/finishedCell.ts';
import { valueName } from '../sweep/sweepAxis.ts';

export interface Entry {
  readonly cell: FinishedCell;
  readonly run: NetworkRun;
  /** For instance "Plain, 38 layers". */
  readonly network: string;
  /** The name that the visitor gave it, or its network and seed. */
  readonly name: string;
}

function entryOf(cell: FinishedCell): Entry {
  const run = runOfCell(cell);
  const { experiment } = run;
  const [first] = experiment.networks;
  const network = first ? text.names.network(first, experiment.training.size) : '';
  return { cell, run, network, name: cell.name || laterText.library.unnamed(network, experiment.training.seed) };
}

/** All entries, the newest first. */
export function entriesOf(cells: readonly FinishedCell[]): Entry[] {
  return [...cells].sort((one, other) => other.finishedAt.localeCompare(one.finishedAt)).map(entryOf);
}

/** A setting in which runs differ: its name, and each run's value. */
export interface Difference {
  readonly setting: string;
  readonly values: readonly string[];
}

function settingsOf({ run: { experiment }, cell }: Entry): Map<string, string> {
  const { settings } = text;
  const [first] = experiment.networks;
  const family = first && recognizeFamily(first.stack);
  return new Map([
    // The name of the stack alone: the settings follow.
    [laterText.library.network, first ? text.names.stack(stackNameOf(first), experiment.training.size) : ''],
    [settings.width.label, family ? String(family.width) : text.charts.none],
    ...networkSettingKeys.map((key) => [settings[key].label, first ? valueName(key, first[key]) : ''] as const),
    ...trainingSettingKeys.map((key) => {
      const value = experiment.training[key];
      return [settings[key].label, key === 'seed' ? String(value) : valueName(key, value)] as const;
    }),
    [laterText.library.engine, engineInShort(cell.engine)],
  ]);
}

/** The settings in which some runs differ. */
export function differences(entries: readonly Entry[]): Difference[] {
  const all = entries.map(settingsOf);
  const settings = [...(all[0]?.keys() ?? [])];
  return settings.flatMap((setting) => {
    const values = all.map((each) => each.get(setting) ?? '');
    return new Set(values).size > 1 ? [{ setting, values }] : [];
  });
}

/** The letter of an entry in the comparison, its name, and its network where the name does not say that. */
function nameOf({ name, network }: Entry, index: number): string {
  const { letter, named } = laterText.library.comparison;
  return named(letter(index), name.includes(network) ? name : laterText.library.comparison.with(name, network));
}

/** Where the figures of a comparison come from. */
export function aboutEntries(entries: readonly Entry[]): ChartAbout | null {
  if (entries.length === 0) return null;
  return about({
    runs: entries.map(({ run }) => run),
    dataSet: entries.map(({ cell }) => dataSetOf(cell)),
    networks: entries.map(nameOf).join('; '),
    links: entries.map(({ cell }) => cell.link),
    notRepeated: entries.every(({ run }) => run.isRepeatable) ? [] : [laterText.library.notRepeated],
  });
}
