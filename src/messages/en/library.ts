/** The words of the library of finished runs. */
import { number } from '../format.ts';

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const letters = 'ABCD';

export const library = {
  title: 'Finished runs',
  explanation:
    'Every run that finishes, in the lab or in a sweep, is kept in this browser: a network, a seed, and its errors on the way. Tick up to four to compare them. Opening one loads its settings into the lab, where training on the same engine gives the same numbers again; those of an earlier version of this page may differ.',
  empty: 'No run has finished yet. Train one in the lab to the end, or start a sweep.',
  columns: [
    'Compare',
    'Name',
    'Network',
    'Seed',
    'Steps',
    'Training error',
    'Test error',
    'Engine',
    'Finished',
    '',
  ] as const,
  unnamed: (network: string, seed: number) => `${network}, seed ${seed}`,
  network: 'Network',
  engine: 'Engine',
  date: (iso: string) => dates.format(new Date(iso)),
  finished: (date: string, isOfThisVersion: boolean) => (isOfThisVersion ? date : `${date} (earlier version)`),
  notRepeated: 'The links alone may not repeat this: some runs were made by an earlier version of the page.',
  compare: (name: string) => `Compare ${name}`,
  rename: 'Rename this run',
  renameName: (name: string) => `Rename ${name}`,
  name: 'Name',
  nameRange: (longest: number) => `up to ${number(longest)} characters; empty for the usual one`,
  tooLong: (longest: number) => `A name has at most ${number(longest)} characters.`,
  open: 'Open in the lab',
  openName: (name: string) => `Open ${name} in the lab`,
  handInName: (name: string) => `Hand in ${name}`,
  deleteName: (name: string) => `Delete ${name}`,
  deleted: (name: string) => `Deleted ${name}.`,
  undo: 'Undo',
  comparison: {
    title: 'Comparison',
    subtitle: 'training and test error',
    axis: 'run',
    empty: 'These runs have no evaluations.',
    letter: (index: number) => letters[index] ?? String(index + 1),
    named: (letter: string, name: string) => `${letter}: ${name}`,
    with: (name: string, network: string) => `${name} (${network})`,
    differences: 'What differs',
    setting: 'Setting',
    same: 'All settings are the same.',
  },
};
