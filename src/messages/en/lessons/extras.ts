/** The words of what stands in a lesson besides its prose. */
import { number, plural, rounded } from '../../format.ts';

export const extras = {
  costs: {
    caption: 'At this scale',
    network: 'Network',
    layers: 'Layers',
    parameters: 'Parameters',
    flops: 'MFLOP',
    flopsNote: 'MFLOP: million floating-point operations per image, forward and backward.',
    mega: (flops: number) => rounded(flops / 1e6),
  },
  gain: {
    label: 'Gain',
    restarts: 'A new gain takes both stacks back to step 0.',
    tries: 'Your tries, with the stack of 12 layers',
    factor: 'per layer',
    loss: 'first loss',
    outcome: 'outcome',
    none: 'None yet.',
    overflow: (step: number) => `NaN or ∞ at step ${number(step)}`,
    error: (percent: string) => `${percent} error`,
    clear: 'Forget the tries',
  },
  factors: {
    caption: 'Factor per layer towards the input, at step 1',
    network: 'Network',
    predicted: 'predicted',
    measured: 'measured',
    unknown: 'no simple theory',
  },
  graft: {
    ready: 'First train the base.',
    insert: 'Insert the layers',
    inserting: 'Inserting and comparing …',
    inserted: 'Inserted. Nothing has been trained since.',
    caption: (images: number, before: string) =>
      `Right after inserting, over ${number(images)} test images (before: ${before} test error)`,
    network: 'Inserted',
    change: 'largest change of an output',
    after: 'test error',
    exact: '0, exactly',
    kinds: {
      'base+identity': 'identity layers',
      'base+zeroresidual': 'residual, scale 0',
      'base+conv': 'conv layers, He',
      'base+dirac': 'conv layers, Dirac',
    },
    trainOn: 'Now train on: 200 steps at a low learning rate.',
    startAgain: 'Start again from the base',
  },
  block: {
    caption: 'One residual block',
    weightLayer: 'weight layer',
    relu: 'ReLU',
    size: (name: string, std: string) => `std ${name} = ${std}`,
    which: 'Block',
    ofBlocks: (block: number, count: number) => `block ${number(block)} of ${number(count)}`,
    chart: 'std F(x) / std x, by block',
    perBlock: (block: number, ratio: string) => `block ${number(block)}: ${ratio}`,
    images: (images: number, step: number) =>
      `Measured after ${plural(step, { one: '# step', other: '# steps' })}, on ${number(images)} training images.`,
    empty: 'The sizes appear when the networks are ready.',
  },
};
