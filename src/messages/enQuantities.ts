/** The measured quantities in words: what each is called, how it is written, and what to read it as. */
export const quantities = {
  signalGradient: {
    label: 'Signal gradient',
    symbol: 'RMS of N·∂L/∂z',
    legend:
      'Signal gradient: how strongly one example’s loss still speaks to the layer (RMS of N·∂L/∂z, z the layer’s output).',
  },
  weightGradient: {
    label: 'Weight gradient',
    symbol: '‖∂L/∂W‖',
    legend: 'Weight gradient: how strongly the layer’s weights are asked to move (‖∂L/∂W‖).',
  },
  weightNorm: {
    label: 'Weight norm',
    symbol: '‖W‖',
    legend: 'Weight norm: how large the layer’s weights are before this step (‖W‖).',
  },
  relativeUpdate: {
    label: 'Relative update',
    symbol: '‖ΔW‖ / ‖W‖',
    legend: 'Relative update: how much the weights do move in this step, as a share of their size (‖ΔW‖ / ‖W‖).',
  },
  responseStd: {
    label: 'Response std',
    symbol: 'std of response',
    legend:
      'Response std: the size of the signal going forward (standard deviation after normalisation, before activation and addition).',
  },
  deadFraction: {
    label: 'Dead units',
    symbol: 'dead share',
    legend:
      'Dead units: the share that passes no gradient, being 0 (ReLU) or saturated (sigmoid, tanh) for the whole minibatch.',
  },
};
