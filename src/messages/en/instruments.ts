/** The words of the instruments. */

import { number } from '../format.ts';
import { shortcuts } from './shortcuts.ts';

function at(step: number): string {
  return step > 0 ? ` · step ${number(step)}` : '';
}

export const instruments = {
  shortcuts,
  choose: 'Instruments that are open',
  noneOpen: 'No instrument is open: choose some above.',
  names: {
    history: 'History',
    gradients: 'Gradient against layer',
    responses: 'Responses',
    distributions: 'Distributions',
    shattering: 'Shattering',
    lesions: 'Lesions',
    inside: 'Inside',
    slice: 'Loss slice',
    shortcuts: 'Shortcut lab',
  },
  /** What each is for, in one line. */
  purposes: {
    history: 'How what reaches each layer changes while the network trains.',
    gradients:
      'Whether the gradient vanishes or explodes on its way to the input, by how much a layer, and what theory says.',
    responses: 'How strongly each layer responds, and how much a residual block adds to what passes through it.',
    distributions: 'How the values inside each layer are spread: whether units saturate, die or blow up.',
    shattering: 'Whether images that are nearly the same get nearly the same gradient, or one like noise.',
    lesions: 'How much worse a network gets where one of its blocks is taken out, or two change places.',
    inside: 'What one image becomes, layer by layer, and which classes the network takes for which.',
    slice: 'How rough the loss is around the weights that were found.',
    shortcuts: 'Which kinds of shortcut work, here and in the paper that compared them.',
  },
  /** Of what is computed on request. */
  examination: {
    start: 'Compute',
    again: 'Compute again',
    stop: 'Stop',
    progress: (name: string, done: number, planned: number) => `${name}: ${number(done)} of ${number(planned)}`,
    waiting: (name: string) => `${name}: waiting for its turn`,
    progressLabel: 'Progress',
    pauses: 'Pauses training.',
    computedAt: (step: number) => `Computed at step ${number(step)}.`,
    old: (step: number, now: number) =>
      `Computed at step ${number(step)}; training has gone on to step ${number(now)} since.`,
    inPart: (name: string, done: number, planned: number) =>
      `${name} is incomplete: stopped at ${number(done)} of ${number(planned)}.`,
  },
  empty: 'Train a step in the lab, or press play below: every layer becomes a mark here.',
  layer: 'weight layer',
  rank: 'rank, largest first',
  gradients: {
    title: 'Gradient against layer',
    subtitle: (step: number) =>
      `RMS of N·∂L/∂z, log scale, with the factor per layer, fitted over conv layers${at(step)}`,
    axis: 'signal gradient',
    pin: (step: number) => (step > 0 ? `Pin step ${number(step)}` : 'Pin this step'),
    pins: 'Pinned steps',
    unpin: (step: number) => `Unpin step ${number(step)}`,
    step: (step: number) => `step ${number(step)}`,
    note: 'Where a network has no conv layers, the line is fitted over all of its layers. Theory holds at initialisation, for wide plain networks; so its line is drawn at step 1 alone, on view or pinned: mean-field theory, position by position, with taps in the zero padding left out (Poole et al. 2016; Schoenholz et al. 2017). With batch norm and ReLU that is a factor of 1.211 a layer between convs of one shape (Yang et al. 2019), and another where width or stride change, beside padding, and at the first conv, which reads pixels. Narrow layers add to that, as the variances of their channels differ. In the first layers, which see neighbouring pixels that are nearly alike, they differ by more than theory can tell, so of networks with batch norm and fewer than 9 conv layers there is no line. It says how the gradient changes from layer to layer, not how large it is, so its line goes through the last layer’s mark. Where it has nothing to say, for instance with shortcuts, no line is drawn.',
  },
  responses: {
    title: 'Responses',
    subtitle: (step: number) =>
      `of what a layer puts out, with a normalisation that follows, before activation and addition${at(step)}`,
    axis: 'standard deviation',
    order: 'Order',
    orders: { layers: 'In order', sorted: 'Sorted', blocks: 'Blocks' },
    ratioSubtitle: 'what a block adds, F, beside what it adds it to, in training mode',
    ratio: 'std(F) / std(shortcut)',
    blockAxis: 'residual block',
    block: (number: number) => `block ${number}`,
    blocksEmpty: 'Press Compute: every residual block becomes a mark here.',
    noBlocks: 'None of these networks has residual blocks.',
  },
};
