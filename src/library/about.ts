import { dataText, engineText } from '../figure/about.ts';
import { text } from '../messages/messages.ts';
import type { ChartAbout } from '../plot/about.ts';
import { dataSetOf, isOfThisVersion } from '../session/sweeps/finishedCell.ts';
import type { Entry } from './entries.ts';

/** The letter of an entry in the comparison, its name, and its network where the name does not say that. */
function nameOf({ name, network }: Entry, index: number): string {
  const { letter, named } = text.library.comparison;
  return named(letter(index), name.includes(network) ? name : text.library.comparison.with(name, network));
}

/** Where the figures of a comparison come from. */
export function aboutEntries(entries: readonly Entry[]): ChartAbout | null {
  if (entries.length === 0) return null;
  const engines = entries.map(({ cell }) => engineText(cell.engine));
  const links = entries.map(({ cell }) => new URL(cell.link, location.href).href);
  return {
    networks: entries.map(nameOf).join('; '),
    link: links.join(' '),
    notRepeated: entries.every(({ cell }) => isOfThisVersion(cell)) ? [] : [text.library.notRepeated],
    seeds: entries.map(({ experiment }) => experiment.training.seed),
    engine: [...new Set(engines)].join('; '),
    data: [...new Set(entries.map(({ cell, experiment }) => dataText(dataSetOf(cell), [experiment])))].join('; '),
  };
}
