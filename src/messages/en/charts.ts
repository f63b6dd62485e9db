/** The words in and around the charts. Values arrive formatted. */
import { number, plural, stepNumbers, whole } from '../format.ts';

const lists = new Intl.ListFormat('en', { type: 'unit', style: 'long' });

/** Why there is no line of theory, behind a colon. */
const theoryGaps = {
  fewConvs: 'it needs two conv layers',
  shortcuts: 'it knows no shortcuts',
  filters: 'of 1×1 filters it knows nothing',
  start: 'some layers do not start at random',
  norm: 'it knows batch norm alone, or no norm',
  between: 'pooling or dense layers stand between the convs',
  activation: 'with batch norm it knows ReLU alone',
  shallow: 'with batch norm it needs 9 conv layers',
  narrow: 'with batch norm it needs wider layers',
  pixels: 'it takes pixels of mean 0 and spread 1',
};

export const charts = {
  train: 'train',
  test: 'test',
  step: 'step',
  at: (step: number) => `step ${number(step)}`,
  /** Where an axis of steps ends. */
  stepsInAll: (steps: number) => plural(steps, { one: '# step', other: '# steps' }),
  name: (title: string) => `${title}: values at the cursor`,
  none: '–',
  /** Short, for a legend. */
  stoppedSign: '✕',
  stopped: (step: number) => `✕ step ${number(step)}`,
  diverged: (step: number) => `diverged at step ${number(step)}`,
  joined: (parts: readonly string[]) => lists.format(parts),

  /** The menu of every chart. */
  tools: {
    menu: 'Data and pictures',
    menuOf: (title: string) => `${title}: data and pictures`,
    actions: { table: 'Show as a table', svg: 'Save as SVG', png: 'Save as PNG', csv: 'Save as CSV' },
    tableOf: (title: string) => `${title}: data`,
    close: 'Close',
    thinned: (shown: number, all: number) =>
      `${number(shown)} of ${number(all)} rows, evenly spaced; the CSV file has them all.`,
    about: {
      networks: (names: string) => `Networks: ${names}`,
      seeds: (seeds: readonly number[]) => `${seeds.length === 1 ? 'Seed' : 'Seeds'}: ${seeds.join(', ')}`,
      data: (name: string) => `Data: ${name}`,
      engine: (name: string) => `Computed by: ${name}`,
      made: (date: string) => `Made with Depthscope on ${date} UTC`,
      link: (link: string) => `To repeat it: ${link}`,
      settings: (link: string) => `Settings: ${link}`,
    },
  },

  error: {
    title: 'Error',
    subtitle: '% of images misclassified',
    /** Mistakes in a hundred images. */
    ofHundred: (error: number) => whole(100 * error),
    axis: 'error, %',
    trainColumn: (name: string) => `${name}: training error (fraction)`,
    testColumn: (name: string) => `${name}: test error (fraction)`,
    measure: 'Curves shown',
    measures: { error: 'Error', loss: 'Loss', logLoss: 'Loss, log scale' },
    empty: 'Once training starts, the training and test error of each network appear here.',
    /** For instance "58.4 / 59.0%". */
    pair: (train: string, test: string) => `${train.replace('%', '')} / ${test}`,
    value: (name: string, train: string, test: string) => `${name}: ${train} training error, ${test} test error`,
    spoken: (step: number, parts: readonly string[]) => `Step ${number(step)}. ${parts.join('; ')}`,
    summary: (step: number, parts: readonly string[]) => `After ${steps(step)}: ${parts.join('; ')}.`,
    stopped: (name: string, step: number) => `${name}: diverged at step ${number(step)}`,
    missing: (name: string) => `${name}: no value`,
  },

  loss: {
    title: 'Loss',
    subtitle: 'cross entropy of each minibatch, nats',
    axis: 'loss, nats',
    column: (name: string) => `${name}: loss (nats)`,
    empty: 'Once training starts, the loss of each minibatch appears here.',
    value: (name: string, loss: string) => `${name}: loss ${loss}`,
  },

  depth: {
    title: 'Error by depth',
    subtitle: { train: 'final training error', test: 'final test error' },
    measure: 'Error shown',
    measures: { train: 'Training', test: 'Test' },
    empty: 'Train networks of several depths to the end: each finished run becomes a dot here.',
    axis: 'weight layers',
    at: (depth: number) => plural(depth, { one: '# layer', other: '# layers' }),
  },

  /** Final errors against depth or another setting. */
  final: {
    kinds: { plain: 'plain', residual: 'residual' },
    band: 'lowest to highest run',
    by: (name: string, said: string) => `${said}, trained by ${name}`,
    elsewhere: (kind: string) => `${kind}, elsewhere`,
    thisBrowser: 'this browser',
    trainedBy: 'trained by',
    /** For instance "31.6% (30.2–33.4%, 3 runs)". */
    cell: (mean: string, range: { readonly low: string; readonly high: string } | null, runs: number) =>
      range === null
        ? mean
        : `${mean} (${range.low.replace('%', '')}–${range.high}, ${plural(runs, { one: '# run', other: '# runs' })})`,
    someDiverged: (runs: number) => plural(runs, { one: '# run diverged', other: '# runs diverged' }),
    spoken: (where: string, parts: readonly string[]) => `${where}. ${parts.join('; ')}`,
    summary: (measure: 'train' | 'test', parts: readonly string[]) =>
      `Final ${measure === 'train' ? 'training' : 'test'} error. ${parts.join('; ')}.`,
    columns: (axis: string) => [
      axis,
      'network',
      'seed',
      'final training error (fraction)',
      'final test error (fraction)',
      'diverged at step',
    ],
  },

  /** Error against step for every value of a sweep. */
  steps: {
    at: (axis: string, step: number) => `${axis}, at step ${number(step)}`,
    phrase: (label: string, figures: string) => `${label}: ${figures}`,
    someStopped: (figures: string, runs: number) => `${figures}, ${number(runs)} diverged`,
    single: {
      full: (figures: string, seed: number, divergedAt: number | null, isFinished: boolean) => {
        const fate =
          divergedAt === null ? (isFinished ? '' : ', under way') : `, diverged at step ${number(divergedAt)}`;
        return `${figures} (seed ${seed}${fate})`;
      },
      short: (figures: string, seed: number, divergedAt: number | null) =>
        `seed ${seed}${divergedAt === null ? '' : ' ✕'}: ${figures}`,
    },
    diverged: (label: string, step: number) => `${label}: diverged at step ${number(step)}`,
    summary: (step: number, parts: readonly string[]) =>
      `After ${steps(step)}, training and test error. ${parts.join('; ')}.`,
    columns: (axis: string) => [
      axis,
      'seed',
      'step',
      'training error (fraction)',
      'test error (fraction)',
      'diverged at step',
    ],
  },

  /** A quantity against the layers, at one step. */
  layers: {
    fit: 'fit',
    theory: 'theory, step 1',
    noTheory: (gaps: readonly (keyof typeof theoryGaps)[]) =>
      ['no line of theory', ...[...new Set(gaps)].map((gap) => theoryGaps[gap])].join(': '),
    at: (across: string, at: number) => `${across} ${number(at)}`,
    factor: (factor: string) => `×${factor} per layer`,
    factors: (fit: string, theory: string) => `×${fit} per layer (theory ×${theory})`,
    value: (name: string, layer: string, value: string) => `${name}, ${layer}: ${value}`,
    step: (step: number) => `step ${number(step)}`,
    pinned: (name: string, step: number) => `${name} at step ${number(step)}`,
    figures: (value: string | null, factor: string | null) =>
      [value, factor].filter((part) => part !== null).join(' · '),
    ends: (name: string, first: string, last: string, factor: string | null) =>
      `${name}: ${first} in the first layer, ${last} in the last${factor === null ? '' : `, ${factor} towards the input`}`,
    spoken: (across: string, at: number, parts: readonly string[]) => `${across} ${number(at)}. ${parts.join('; ')}`,
    summary: (steps: readonly number[], parts: readonly string[]) => `At ${stepNumbers(steps)}. ${parts.join('; ')}.`,
    columns: (quantity: string) => ['network', 'step', 'position', 'layer', quantity, 'theory'],
  },

  history: {
    title: (quantity: string, isGradient: boolean) => (isGradient ? 'Gradient history' : `${quantity}: history`),
    subtitle: (symbol: string, isLog: boolean) => (isLog ? `log₁₀ ${symbol}` : symbol),
    empty: 'Once training starts, each step adds a column here, with a row for each layer, input on top.',
    axis: 'layer',
    zero: '0',
    notFinite: 'NaN, ∞',
    layer: (layer: number, name: string) => `layer ${number(layer)}, ${name}`,
    span: (from: number, to: number) => (from === to ? `step ${number(from)}` : `steps ${number(from)}–${number(to)}`),
    /** Of steps that share a row. */
    range: (mean: string, low: string, high: string) => `mean ${mean} (${low} to ${high})`,
    columnOf: (layer: string, part: 'mean' | 'low' | 'high') =>
      `${layer}: ${{ mean: 'mean', low: 'lowest', high: 'highest' }[part]}`,
    rowName: (from: number, to: number) => (from === to ? from : `${from}–${to}`),
    spoken: (where: string, layer: string, value: string) => `${where}, ${layer}: ${value}`,
    columns: (count: number) => `each column is the mean of ${number(count)} steps`,
    summary: (name: string, quantity: string, step: number, first: string, last: string) =>
      `${quantity} of ${name} at step ${number(step)}: ${first} in the first layer, ${last} in the last.`,
    keys: 'Left and right arrows move by step, up and down arrows by layer.',
  },
};

function steps(count: number): string {
  return plural(count, { one: '# step', other: '# steps' });
}
