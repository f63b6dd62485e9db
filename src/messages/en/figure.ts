/** The words of a figure. Where there are several, the longest comes first: the first that fits is shown. */
import { whole } from '../format.ts';

export const figure = {
  name: 'Networks under training',
  train: ['Train'],
  pause: 'Pause',
  /** The same run anew, once it is over. */
  again: ['Train again', 'Again'],
  /** Below the name of the first network: what its bars are. */
  bars: (quantity: string): readonly string[] => [
    `${quantity} at each layer · input on top`,
    `${quantity} at each layer`,
    `${quantity} by layer`,
    quantity,
  ],
  parameters: (count: number): readonly string[] => [`${whole(count)} parameters`],
  /** Beside a network's name, where there are no curves. */
  wrong: (ofHundred: string) => `${ofHundred}%`,
  errorTitles: ['Mistakes, of 100 training images', 'Mistakes, of 100 images', 'Mistakes of 100', 'Mistakes'],
  errorNotes: ['lower is better · dashed: images it never saw', 'dashed: images it never saw', 'dashed: new images'],
  /** At a dashed line's end, behind the network's name, or behind its mark and the value. */
  unseen: { named: [' · new images', ' · new'], marked: ['new images', 'new'] },
  /** What the run showed at its shortest: mistakes in 100 training images of each network. */
  shortly: (counts: readonly (readonly [name: string, ofHundred: string])[]): readonly string[] => {
    // A depth is not to be read with a count.
    const hasDepths = counts.some(([name]) => /\d/.test(name));
    const each = counts
      .map(([name, ofHundred]) => `${name}${hasDepths ? ':' : ''} ${ofHundred}`)
      .join(hasDepths ? '; ' : ', ');
    return [`${each} of 100 wrong`, each];
  },
  /** A layer that is pointed at, with its value. */
  reading: (layer: string, quantity: string, value: string): readonly string[] => [
    `${layer} · ${quantity.toLowerCase()} ${value}`,
    `${layer} · ${value}`,
    value,
  ],
};
