/** The words of the instruments. */
import { number } from './format.ts';

function at(step: number): string {
  return step > 0 ? ` · step ${number(step)}` : '';
}

export const instruments = {
  empty: 'Train a step in the lab, or press play below: every layer becomes a mark here.',
  layer: 'conv layer',
  rank: 'rank, largest first',
  note: 'Measured in the lab’s networks at the step that the slider shows. Theory holds at initialisation (step 1), for wide plain networks: mean-field theory without normalisation, with taps in the zero padding left out (Poole et al. 2016; Schoenholz et al. 2017), and a factor of 1.211 a layer with batch norm and ReLU (Yang et al. 2019). It says how the gradient changes from layer to layer, not how large it is, so its line goes through the last layer’s mark. Where it has nothing to say, for instance with shortcuts, no line is drawn.',
  gradients: {
    title: 'Gradient against layer',
    subtitle: (step: number) => `RMS of N·∂L/∂z, log scale, with the fitted factor per layer${at(step)}`,
    axis: 'signal gradient',
  },
  responses: {
    title: 'Responses',
    subtitle: (step: number) => `after normalisation, before activation and addition${at(step)}`,
    axis: 'standard deviation',
    order: 'Order',
    orders: { layers: 'In order', sorted: 'Sorted' },
  },
};
