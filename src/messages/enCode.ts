/** The words of generated programs: comments, in English as code is. */
import { number } from './format.ts';

export const code = {
  button: 'Code',
  title: 'The networks on the page, as programs',
  network: 'Network',
  framework: 'Framework',
  frameworks: { pytorch: 'PyTorch', keras: 'Keras', tensorflowJs: 'TensorFlow.js' },
  copy: 'Copy',
  copied: 'Copied.',
  refused: 'The browser does not let this page copy. Select the code and copy it yourself.',
  region: (framework: string, network: string) => `${network} in ${framework}`,
  /** The first lines of a program. */
  head: (name: string, parameters: number, size: number, layout: string): readonly string[] => [
    `${name}: ${number(parameters)} parameters.`,
    `Takes grey images of ${size}×${size} pixels, ${layout}.`,
  ],
  keepInput: 'keep the input …',
  addInput: '… and add it',
  padded: 'option A: skip pixels, pad channels with zeros',
  projected: 'option B: a 1×1 conv where the shape changes',
  projectedAlways: 'option C: a 1×1 conv in every block',
  learnedFromZero: 'starts at 0: the block starts as its shortcut alone',
  notRescaled: 'dropout layers rescale what they keep; here it is not',
  stochasticDepth: 'the whole branch, for the whole minibatch',
  shut: '1 − sigmoid(z)',
  startsAtZero: 'the last scale starts at 0: the block starts as the identity',
  startsAsIdentity: 'passes every channel on, at first',
  ownPadding: 'one pixel of zeros on every side, also where the stride is 2',
  flattenOrder: 'flattened by channel first; Depthscope flattens by row first',
};
