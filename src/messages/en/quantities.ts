/** The measured quantities in words: what each is called, what to read it as, and how it is defined (docs/science.md). */
import type { Quantity } from '../../records/records.ts';

interface QuantityWords {
  readonly label: string;
  /** With its unit, above a column of figures. */
  readonly column: string;
  readonly symbol: string;
  /** One everyday sentence. */
  readonly meaning: string;
  /** In LaTeX. */
  readonly formula: string;
  /** What its letters stand for. */
  readonly where: readonly Letter[];
}

type Letter = readonly [letter: string, meaning: string];

const minibatch: Letter = ['N', 'the images of the minibatch'];
const loss: Letter = ['L', 'the loss, as its mean over the minibatch'];
const weights: Letter = ['W', 'the layer’s weights'];

export const quantities = {
  signalGradient: {
    label: 'Signal gradient',
    column: 'signal gradient (RMS of N·∂L/∂z)',
    symbol: 'RMS of N·∂L/∂z',
    meaning:
      'The learning signal that reaches the layer: how much one image’s loss would change if the layer put out something else.',
    formula: String.raw`\sqrt{\frac{1}{M} \sum_{i=1}^{M} \left( N \frac{\partial L}{\partial z_i} \right)^{2}}`,
    where: [
      minibatch,
      loss,
      ['z_i', 'one of the M numbers that the layer puts out for the minibatch, before normalisation and activation'],
    ],
  },
  weightGradient: {
    label: 'Weight gradient',
    column: 'weight gradient (‖∂L/∂W‖₂)',
    symbol: '‖∂L/∂W‖',
    meaning: 'How hard this minibatch pushes the layer’s weights.',
    formula: String.raw`\left\lVert \frac{\partial L}{\partial W} \right\rVert_2 = \sqrt{\sum_i \left( \frac{\partial L}{\partial W_i} \right)^{2}}`,
    where: [loss, weights],
  },
  weightNorm: {
    label: 'Weight norm',
    column: 'weight norm (‖W‖₂)',
    symbol: '‖W‖',
    meaning: 'How large the layer’s weights are together, before this step.',
    formula: String.raw`\lVert W \rVert_2 = \sqrt{\sum_i W_i^{2}}`,
    where: [weights],
  },
  relativeUpdate: {
    label: 'Relative update',
    column: 'relative update (‖ΔW‖₂ / ‖W‖₂)',
    symbol: '‖ΔW‖ / ‖W‖',
    meaning: 'How far the layer’s weights move in this step, as a share of their size.',
    formula: String.raw`\frac{\lVert \Delta W \rVert_2}{\lVert W \rVert_2}`,
    where: [weights, [String.raw`\Delta W`, 'what the step adds to them']],
  },
  responseStd: {
    label: 'Response size',
    column: 'response standard deviation',
    symbol: 'std of response',
    meaning: 'How large the signal is on its way forward: how widely the numbers that the layer puts out are spread.',
    formula: String.raw`\sqrt{\frac{1}{M} \sum_{i=1}^{M} \left( y_i - \bar{y} \right)^{2}}`,
    where: [
      [
        'y_i',
        'one of the M numbers that the layer puts out for the minibatch, after normalisation, before activation and addition',
      ],
      [String.raw`\bar{y}`, 'their mean'],
    ],
  },
  deadFraction: {
    label: 'Dead units',
    column: 'dead units (fraction)',
    symbol: 'dead share',
    meaning: 'The share of the layer’s units that let no gradient through, whichever image of the minibatch comes.',
    formula: String.raw`\frac{D}{U}`,
    where: [
      ['U', 'the layer’s units: its channels at each position of the map'],
      [
        'D',
        'those that are 0 for every image (ReLU), or on whose flat ends the images lie: there the derivative is, on average, less than 1% of its maximum (sigmoid, tanh)',
      ],
    ],
  },
} satisfies Record<Quantity, QuantityWords>;
