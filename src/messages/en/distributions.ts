/** The words of distributions: histograms of what passes each layer. */
import { number, plural } from '../format.ts';

export const distributions = {
  empty: 'Press Compute: what passes every layer is counted over a minibatch, and each layer becomes a row here.',
  network: 'Network',
  signal: 'What is counted',
  signals: { activations: 'Activations', gradients: 'Signal gradients' },
  binScale: 'Bins',
  binScales: { linear: 'Equal', magnitude: 'By magnitude' },
  range: 'Range',
  usualRange: (range: string) => `${range} (usual)`,
  rangeTo: (range: string) => `magnitudes up to ${range}`,
  titles: { activations: 'Activations by layer', gradients: 'Signal gradients by layer' },
  of: { activations: 'Activations', gradients: 'Signal gradients' },
  subtitle: (images: number, step: number) =>
    `share of a layer’s values in each bin · ${plural(images, { one: '# training image', other: '# training images' })}, in training mode · step ${number(step)}`,
  across: {
    activations: { linear: 'after the activation', magnitude: '| after the activation |, log scale' },
    gradients: { linear: 'N·∂L/∂z', magnitude: '|N·∂L/∂z|, log scale' },
  },
  zeroColumn: '= 0',
  deadColumn: 'dead',
  scale: 'share of the layer’s values, log scale',
  zeros: (share: string | null) => `${share ?? 'none'} exactly 0`,
  below: (share: string) => `${share} below the range`,
  above: (share: string) => `${share} above the range`,
  notFinite: (share: string) => `${share} not finite`,
  dead: (share: string) => `${share} of units dead or saturated`,
  between: (from: string, to: string) => `${from} to ${to}`,
  share: (share: string, values: number) => `${share}, ${plural(values, { one: '# value', other: '# values' })}`,
  spoken: (layer: string, share: string, bin: string, beside: string) => `${layer}: ${share}, from ${bin}. ${beside}`,
  layerSummary: (layer: string, median: readonly [string, string] | null, beside: string) =>
    `${layer}: ${median === null ? '' : `half of the values other than 0 are smaller than ${median[1]} in magnitude, and half larger than ${median[0]}; `}${beside}`,
  summary: (what: string, name: string, step: number, parts: readonly string[]) =>
    `${what} of ${name} at step ${number(step)}. ${parts.join('. ')}.`,
  columns: ['layer', 'name', 'what', 'from', 'to', 'values', 'share'],
  rows: {
    zero: 'exactly 0',
    below: 'below the range',
    bin: 'bin',
    above: 'above the range',
    notFinite: 'not finite',
    dead: 'units dead or saturated',
  },
  keys: 'Left and right arrows move by bin, up and down arrows by layer.',
  note: {
    activations:
      'As in Glorot & Bengio 2010, Figs. 4 and 6: what each layer puts out after its activation, and after the addition where a residual block ends. Exact zeros have a narrow column of their own. Bars on the right, which are full where all are: units (channels × positions) that are 0 for every image of the minibatch after ReLU; after sigmoid and tanh, units whose derivative is on average below 1% of its maximum.',
    gradients:
      'As in Glorot & Bengio 2010, Fig. 7: N·∂L/∂z of each layer’s output z before normalisation and activation, every image’s and every position’s. Exact zeros have a narrow column of their own. Bars on the right: units that pass no gradient, as with the activations.',
  },
};
