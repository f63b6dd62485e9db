/** The words of the shortcut lab. */
import { number, plural } from '../format.ts';

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
  depthChoice: (depth: number) => `${number(depth)} layers, 7×7 maps`,
  tick: (most: number) => `Tick up to ${plural(most, { one: '# row', other: '# rows' })}.`,
  load: (rows: number) => (rows === 0 ? 'Put into the lab' : `Put original + ${number(rows)} into the lab`),
  trains: ({ steps, lr }: { readonly steps: number; readonly lr: number }) =>
    `${number(steps)} steps, learning rate ${lr} falling to 0. Replaces the networks of the lab.`,
  columns: (depth: number): readonly string[] => [
    'Add',
    'Variant',
    'Block',
    'Theirs: test error',
    `Ours, ${number(depth)} layers: training`,
    'Ours: test error',
  ],
  groups: {
    normalized: (lr: number) => `With batch norm, learning rate ${lr}`,
    unnormalized: (lr: number) => `Without normalisation, learning rate ${lr}`,
  },
  always: 'always',
  compare: (name: string) => `Compare ${name} with the original`,
  inLab: (id: string) => `${id} in the lab`,
  notRun: 'no finished run',
  fails: 'fails (above 20%)',
  published(percent: number, source: 'table1' | 'table2' | 'stochasticDepth'): string {
    const remarks = { table1: '', table2: ' (Table 2)', stochasticDepth: ' (1,202 layers)' };
    return `${decimal.format(percent)}%${remarks[source]}`;
  },
  errors(errors: readonly [string, string, string] | null, finished: number, diverged: readonly number[]): string {
    const parts = [
      ...(errors ? [errorOf(errors, finished)] : []),
      ...(diverged.length > 0 ? [divergedAt(diverged)] : []),
    ];
    return parts.join('; ');
  },
  /** By their keys: a name, and what the block adds up. F is the residual branch, g = σ(1×1 conv of x). */
  variants: {
    original: { name: 'Original', block: 'x + F(x)' },
    cut: { name: 'Constant scaling, cut', block: 'F(x), a plain network' },
    scaled: { name: 'Constant scaling', block: '0.5 x + F(x)' },
    halved: { name: 'Constant scaling of both', block: '0.5 x + 0.5 F(x)' },
    exclusive0: { name: 'Exclusive gating, bias 0', block: '(1 − g) x + g F(x)' },
    exclusive6: { name: 'Exclusive gating, bias −6', block: '(1 − g) x + g F(x)' },
    exclusive7: { name: 'Exclusive gating, bias −7', block: '(1 − g) x + g F(x)' },
    gated0: { name: 'Shortcut-only gating, bias 0', block: '(1 − g) x + F(x)' },
    gated6: { name: 'Shortcut-only gating, bias −6', block: '(1 − g) x + F(x)' },
    projected: { name: '1×1 conv shortcut', block: 'W x + F(x)' },
    dropout: { name: 'Dropout shortcut', block: 'x, half of it dropped, + F(x)' },
    normAfter: { name: 'Norm after addition', block: 'norm of x + F(x)' },
    actBefore: { name: 'Activation before addition', block: 'x + act of F(x)' },
    actOnly: { name: 'Activation-only pre-activation', block: 'x + F(act of x)' },
    preActivation: { name: 'Pre-activation', block: 'x + F(norm, act of x)' },
    stochasticDepth: { name: 'Stochastic depth', block: 'x + F(x) or x, by chance' },
    bare: { name: 'Original, no normalisation', block: 'x + F(x)' },
    skipInit: { name: 'SkipInit', block: 'x + s F(x), s learned from 0' },
  },
  theirs:
    'Theirs are ResNet-110 on CIFAR-10 at full size, trained for 64,000 steps, medians of five runs (He et al. 2016, Tables 1 and 2); that of stochastic depth is the best of Huang et al. 2016. F is the residual branch, g the sigmoid of a 1×1 conv of x with a bias. Ours are networks of 7×7 maps after 100 steps on 6,000 training images: another question with the same blocks. What our columns show is what holds here; where they disagree with the paper, neither is wrong.',
  /** Trained by `npm run lab` with the wasm and cpu engines, each row as the panel trains it, seeds 1, 2 and 3. */
  measured:
    'What we found on Fashion-MNIST at 38 layers with seeds 1 to 3, in training error: the original 25–28%, pre-activation 24–26%, activation-only pre-activation 25–26%, shortcut-only gating with bias −6 27–30%, stochastic depth 29–37%. As in the paper, factors on the shortcut, gates with bias 0, 1×1 convs and dropout are all worse than the original, at 39–85%, and so are norms after the addition (41–61%) and activations before it (62–77%), by far more than in the paper. Unlike in the paper, exclusive gating with bias −6 or −7 stays at 68–74%: at first such a gate lets little of the branch through (σ(−6) = 0.0025), and training ends after 100 steps. Without normalisation the original diverges at step 3 or 4, and SkipInit ends at 33–47%.',
  source: 'He, Zhang, Ren & Sun 2016: Identity Mappings in Deep Residual Networks (arXiv 1603.05027)',
};
