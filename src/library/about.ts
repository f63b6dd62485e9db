import { about } from '../figure/about.ts';
import { text } from '../messages/messages.ts';
import type { ChartAbout } from '../plot/about.ts';
import { dataSetOf } from '../session/sweeps/finishedCell.ts';
import type { Entry } from './entries.ts';

/** The letter of an entry in the comparison, its name, and its network where the name does not say that. */
function nameOf({ name, network }: Entry, index: number): string {
  const { letter, named } = text.library.comparison;
  return named(letter(index), name.includes(network) ? name : text.library.comparison.with(name, network));
}

/** Where the figures of a comparison come from. */
export function aboutEntries(entries: readonly Entry[]): ChartAbout | null {
  if (entries.length === 0) return null;
  return about({
    runs: entries.map(({ run }) => run),
    dataSet: entries.map(({ cell }) => dataSetOf(cell)),
    networks: entries.map(nameOf).join('; '),
    links: entries.map(({ cell }) => cell.link),
    notRepeated: entries.every(({ run }) => run.isRepeatable) ? [] : [text.library.notRepeated],
  });
}
