/** The words of the shortcut lab. */
import { number, plural } from './format.ts';

const decimal = new Intl.NumberFormat('en', { minimumFractionDigits: 2 });

/** Of one run its error, of several their mean and range. */
function errorOf([mean, low, high]: readonly [string, string, string], runs: number): string {
  return runs === 1 ? mean : `${mean} [${low}–${high}], ${number(runs)} seeds`;
}

function divergedAt(steps: readonly number[]): string {
  return `diverged at step ${steps.map(number).join(', ')}`;
}

export const shortcuts = {
  title: 'Shortcut lab',
  explanation:
    'What may a shortcut do? Each row changes one thing about every residual block of a network. Tick rows, put them beside the original in the lab, and press play below: when they have finished, their errors stand here beside the paper’s.',
  table: 'Variants and their errors',
  depth: 'Our depth',
  depthChoice: (depth: number) => `${number(depth)} layers (T7)`,
  tick: (most: number) => `Tick up to ${plural(most, { one: '# row', other: '# rows' })}.`,
  load: (rows: number) => (rows === 0 ? 'Put into the lab' : `Put original + ${number(rows)} into the lab`),
  trains: ({ steps, lr }: { readonly steps: number; readonly lr: number }) =>
    `${number(steps)} steps, learning rate ${lr} falling to 0. Replaces the networks of the lab.`,
  columns: (depth: number): readonly string[] => [
    'Compare',
    'Variant',
    'On the shortcut',
    'On the branch',
    'Theirs: test error',
    `Ours, ${number(depth)} layers: training error`,
    'Ours: test error',
  ],
  groups: {
    normalized: (lr: number) => `With batch norm, learning rate ${lr}`,
    unnormalized: (lr: number) => `Without normalisation, learning rate ${lr}`,
  },
  always: 'always',
  compare: (name: string) => `Compare ${name} with the original`,
  inLab: (id: string) => `${id} in the lab`,
  notRun: 'not run yet',
  fails: 'fails (above 20 %)',
  published(percent: number, source: 'table' | 'preActivation' | 'stochasticDepth'): string {
    const remarks = { table: '', preActivation: ' (Table 2)', stochasticDepth: ' (1202 layers, Huang et al. 2016)' };
    return `${decimal.format(percent)} %${remarks[source]}`;
  },
  errors(errors: readonly [string, string, string] | null, finished: number, diverged: readonly number[]): string {
    const parts = [
      ...(errors ? [errorOf(errors, finished)] : []),
      ...(diverged.length > 0 ? [divergedAt(diverged)] : []),
    ];
    return parts.join('; ');
  },
  variants: {
    original: { name: 'Original', shortcut: '1', branch: '1' },
    cut: { name: 'Constant scaling, cut', shortcut: '0', branch: '1' },
    scaled: { name: 'Constant scaling', shortcut: '0.5', branch: '1' },
    halved: { name: 'Constant scaling of both', shortcut: '0.5', branch: '0.5' },
    exclusive0: { name: 'Exclusive gating, bias 0', shortcut: '1 − g(x)', branch: 'g(x)' },
    exclusive6: { name: 'Exclusive gating, bias −6', shortcut: '1 − g(x)', branch: 'g(x)' },
    exclusive7: { name: 'Exclusive gating, bias −7', shortcut: '1 − g(x)', branch: 'g(x)' },
    gated0: { name: 'Shortcut-only gating, bias 0', shortcut: '1 − g(x)', branch: '1' },
    gated6: { name: 'Shortcut-only gating, bias −6', shortcut: '1 − g(x)', branch: '1' },
    projected: { name: '1×1 conv shortcut', shortcut: '1×1 conv', branch: '1' },
    dropout: { name: 'Dropout shortcut', shortcut: 'dropout 0.5', branch: '1' },
    preActivation: { name: 'Pre-activation', shortcut: '1', branch: 'norm and activation first' },
    stochasticDepth: { name: 'Stochastic depth, survival 0.5', shortcut: '1', branch: 'dropped by chance' },
    bare: { name: 'Original, no normalisation', shortcut: '1', branch: '1' },
    skipInit: { name: 'SkipInit', shortcut: '1', branch: 'a learned factor, from 0' },
  },
  theirs:
    'Theirs are ResNet-110 on CIFAR-10 at full size, trained for 64,000 steps, medians of five runs (He et al. 2016, Tables 1 and 2), where nothing else is said. Ours are networks of 7×7 maps after 100 steps on 6,000 images of Fashion-MNIST: another question with the same blocks. What our columns show is what holds here; where they disagree with the paper, neither is wrong.',
  source: 'He, Zhang, Ren & Sun 2016: Identity Mappings in Deep Residual Networks (arXiv 1603.05027)',
};
