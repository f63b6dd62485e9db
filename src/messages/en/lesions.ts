/** The words of lesions: networks without one of their blocks, or with two in each other's place. */
import { counts, number, plural, stepNumbers } from '../format.ts';

export const lesions = {
  operation: 'Lesion',
  operations: { removals: 'Remove', swaps: 'Swap neighbours' },
  statistics: 'Batch norm’s statistics',
  statisticsOptions: { kept: 'kept from the whole network', reestimated: 're-estimated after each lesion' },
  measure: 'Error shown',
  measures: { test: 'Test', train: 'Training' },

  title: { removals: 'Error without one block', swaps: 'Error with two blocks swapped' },
  conditions: {
    kept: 'batch norm’s statistics of the whole network',
    reestimated: 'batch norm’s statistics re-estimated',
  },
  subtitle: (condition: string) => `nothing is trained again · ${condition}`,
  begun: (condition: string, measure: 'test' | 'train', images: readonly number[], steps: readonly number[]) => {
    const kind = measure === 'test' ? 'test' : 'training';
    return `${lesions.subtitle(condition)} · ${counts(images, `${kind} image`, `${kind} images`)} · ${stepNumbers(steps)}`;
  },
  axis: { test: 'test error, %', train: 'training error, %' },
  across: {
    removals: 'block, or conv outside of one, removed',
    swaps: 'block swapped with the next, from the input',
  },
  empty: {
    removals: 'Press Compute: every block is removed once, and each becomes a mark here.',
    swaps: 'Press Compute: each pair of neighbouring blocks of one kind changes places once, and becomes a mark here.',
  },
  nothing: {
    removals: 'None of these networks has blocks or conv layers.',
    swaps: 'None of these networks has neighbouring blocks of one kind.',
  },
  note: {
    removals:
      'Of a residual block its shortcut stays, with the activation after the addition. Of a plain block nothing stays; where it changes the shape (hollow marks), every second row and column is taken and channels of zeros are added, just as the option A shortcut does, since the layers after it could not read anything else. Veit et al. 2016 did this with networks for CIFAR-10 and found that residual networks hardly notice, but for blocks that change the shape, while VGG fell to chance whatever it lost.',
    swaps:
      'Two neighbours change places with all their weights where what enters and leaves both has one shape. Veit et al. 2016 shuffled blocks of a residual network for CIFAR-10: its error grew smoothly with how far they were out of order.',
  },

  whole: 'whole network',
  chance: 'chance',
  changesShape: 'changes the shape',
  at: (operation: 'removals' | 'swaps', at: number) =>
    operation === 'removals' ? `place ${number(at)}` : `places ${number(at)} and ${number(at + 1)}`,
  /** Names of the layers concerned, for instance "conv 2, conv 3". */
  layers: (names: readonly string[]) => names.join(', '),
  none: 'none',
  figures: (error: string, whole: string) => `${error} (whole ${whole})`,
  value: (name: string, layers: string, error: string, whole: string, changesShape: boolean) =>
    `${name}, ${layers}${changesShape ? ', where the shape changes' : ''}: ${error}, whole network ${whole}`,
  spoken: (place: string, parts: readonly string[]) => `${place}. ${parts.join('; ')}`,
  range: (name: string, whole: string, count: number, low: string, high: string, middle: string) =>
    `${name}: ${whole} as a whole, ${low} to ${high} in ${plural(count, { one: '# lesion', other: '# lesions' })}, median ${middle}`,
  summary: (
    operation: 'removals' | 'swaps',
    measure: 'test' | 'train',
    condition: string,
    steps: readonly number[],
    parts: readonly string[],
  ) =>
    `${measure === 'test' ? 'Test' : 'Training'} error ${operation === 'removals' ? 'without one block' : 'with two neighbouring blocks swapped'} at ${stepNumbers(steps)}, ${condition}. ${parts.join('; ')}.`,
  columns: [
    'network',
    'position',
    'layers',
    'shape changes there',
    'training error (fraction)',
    'test error (fraction)',
    'training error of the whole network',
    'test error of the whole network',
  ],
  yes: 'yes',
  no: 'no',
};
