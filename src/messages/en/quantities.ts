/** The measured quantities in words: what each is called, how it is written, and what to read it as. */
export const quantities = {
  signalGradient: {
    label: 'Signal gradient',
    /** With its unit, above a column of figures. */
    column: 'signal gradient (RMS of N·∂L/∂z)',
    symbol: 'RMS of N·∂L/∂z',
    legend:
      'Signal gradient: how strongly one example’s loss still speaks to the layer (RMS of N·∂L/∂z, z the layer’s output).',
  },
  weightGradient: {
    label: 'Weight gradient',
    column: 'weight gradient (‖∂L/∂W‖₂)',
    symbol: '‖∂L/∂W‖',
    legend: 'Weight gradient: how strongly the layer’s weights are asked to move (‖∂L/∂W‖).',
  },
  weightNorm: {
    label: 'Weight norm',
    column: 'weight norm (‖W‖₂)',
    symbol: '‖W‖',
    legend: 'Weight norm: how large the layer’s weights are before this step (‖W‖).',
  },
  relativeUpdate: {
    label: 'Relative update',
    column: 'relative update (‖ΔW‖₂ / ‖W‖₂)',
    symbol: '‖ΔW‖ / ‖W‖',
    legend: 'Relative update: how much the weights do move in this step, as a share of their size (‖ΔW‖ / ‖W‖).',
  },
  responseStd: {
    label: 'Response std',
    column: 'response standard deviation',
    symbol: 'std of response',
    legend:
      'Response std: the size of the signal going forward (standard deviation after normalisation, before activation and addition).',
  },
  deadFraction: {
    label: 'Dead units',
    column: 'dead units (fraction)',
    symbol: 'dead share',
    legend:
      'Dead units: the share that passes no gradient, being 0 (ReLU) or saturated (sigmoid, tanh) for the whole minibatch.',
  },
};
