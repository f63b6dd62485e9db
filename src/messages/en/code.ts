/** The words of generated programs: comments, in English as code is. */
import { number, plural } from '../format.ts';

export const code = {
  button: 'Code',
  title: 'The networks on the page, as programs',
  network: 'Network',
  framework: 'Framework',
  frameworks: { pytorch: 'PyTorch', keras: 'Keras', tensorflowJs: 'TensorFlow.js' },
  content: 'What the program holds',
  contents: { network: 'The network', run: 'Reproduce this run' },
  copy: 'Copy',
  save: (file: string) => `Save ${file}`,
  copied: 'Copied.',
  refused: 'The browser does not let this page copy. Select the code and copy it yourself.',
  region: (framework: string, network: string) => `${network} in ${framework}`,
  /** The first lines of a program. */
  images: (size: number, channels: number) => `${channels === 1 ? 'grey' : 'colour'} images of ${size}×${size} pixels`,
  head: (name: string, parameters: number, needs: string, images: string, layout: string): readonly string[] => [
    `${name}: ${number(parameters)} parameters.`,
    needs,
    `Takes ${images}, ${layout}; puts out logits; the loss is the cross entropy of their softmax.`,
  ],
  /** How the images were prepared, channel by channel. */
  normalized: (channels: readonly { readonly mean: number; readonly std: number }[]) => {
    const of = (each: 'mean' | 'std') => channels.map((channel) => channel[each]).join(', ');
    return `Levels from 0 to 1, minus the mean of each channel (${of('mean')}), over its standard deviation (${of('std')}).`;
  },
  /** Where pixels are not brought to mean 0 and deviation 1. */
  levels: {
    pixelmean: 'Levels less the mean of each pixel over the training images, over the deviation of their channel.',
    unit: 'Levels from 0 to 1.',
    raw: 'Levels from 0 to 255.',
  },
  /** What a program runs with; the first and the last are trained in the tests. */
  needs: {
    pytorch: 'Needs PyTorch (tested with 1.13).',
    keras: 'Needs Keras 3 (written for it; Depthscope’s tests compile this program, and do not run it).',
    tensorflowJs: 'Needs TensorFlow.js (tested with 4.22).',
  },
  keepInput: 'keep the input …',
  addInput: '… and add it',
  padded: 'option A: skip pixels, pad channels with zeros',
  everyPixelAlone: 'windows of one pixel; a strided slice has no gradient in TensorFlow.js',
  lastTwice:
    'where the side is odd, its last pixels count twice: TensorFlow.js has no correct gradient of windows that overhang',
  projected: 'option B: a 1×1 conv where the shape changes',
  projectedAlways: 'option C: a 1×1 conv in every block',
  learnedFromZero: 'starts at 0: the block starts as its shortcut alone',
  notRescaled: 'dropout layers rescale what they keep; here it is not',
  stochasticDepth: 'the whole branch, for the whole minibatch',
  shut: '1 − sigmoid(z)',
  startsAtZero: 'the last scale starts at 0: the block starts as the identity',
  pytorchDefault: 'as PyTorch makes it: weights and biases are uniform within ±1 / √fan_in',
  pytorchStart: 'as PyTorch starts its layers, the biases too',
  mostGroups: 'as many groups as divide the channels',
  startsAsIdentity: 'passes every channel on, at first',
  ownPadding: 'as many zeros on every side as keep the map’s size, also where the stride is 2',
  flattenOrder: 'flattened by channel first; Depthscope flattens by row first',
  /** Parameters as files. */
  weights: {
    title: 'Weights',
    explanation:
      'The weights as .safetensors, in PyTorch’s arrangement: save those that the network has now, or open some that were trained elsewhere, to examine them here.',
    save: 'Save weights',
    open: 'Open weights…',
    opened: (name: string, file: string) => `${name} starts from the weights in ${file}. A reset goes back there.`,
    more: (faults: number) => plural(faults, { one: 'One fault more.', other: '# faults more.' }),
  },
  /** Of the program that trains a sweep elsewhere. */
  sweep: {
    head: (cells: number, link: string): readonly string[] => [
      `A sweep of Depthscope, ${plural(cells, { one: '# cell', other: '# cells' })}:`,
      link,
      '',
      'Needs only torch (1.13 or newer) and the data files. A cell is one run, in one process, on one',
      'device: the same weights, minibatches and updates as on the page. Each process adds a record a',
      'line to a file of its own in results/, leaves out what is there already, and goes on with a long',
      'cell where SIGTERM or SIGUSR1 ended it. Drop the files on the page’s sweep to see them there.',
      '',
      '    python3 depthscope_sweep.py --dry-run        says what it takes',
      '    python3 depthscope_sweep.py                  trains all of it here',
      '    torchrun --standalone --nproc-per-node=8 depthscope_sweep.py',
      '    sbatch --array=0-15 --gpus=1 --wrap "python3 depthscope_sweep.py"',
      '    python3 depthscope_sweep.py --shard 0/4      by hand; Kubernetes’ indexed jobs find their own',
      '    python3 depthscope_sweep.py --ray            on Ray; --submitit on Slurm',
    ],
    networks: 'The networks: each by its stack, input first, and how its layers are made; with what one image costs.',
    training: 'How they are trained; each cell says what it does otherwise.',
    cells: 'The cells, in the order of the page.',
  },
  /** Of the program that repeats a run. */
  reproduction: {
    name: 'A PyTorch program that repeats this run',
    explanation: (steps: number) =>
      steps === 0
        ? 'Draws the same weights and minibatches, trains, measures and prints as this page does; needs only torch. Train first, and it will hold figures to compare itself with (--verify).'
        : `Draws the same weights and minibatches, trains, measures and prints as this page does; needs only torch. It holds what was measured in ${plural(steps, { one: '# step', other: '# steps' })} here: --verify says how far both are apart.`,
    head: (names: readonly string[], steps: number, seed: number, link: string): readonly string[] => [
      `${names.join(' and ')}, trained for ${number(steps)} steps from seed ${seed}: the run that Depthscope made of`,
      link,
      '',
      'Needs only torch (1.13 or newer) and the data files. Draws the same initial weights and',
      'minibatches, makes the same updates, measures the same, and prints a JSON record a line.',
      '',
      '    python3 reproduce.py                           trains, on a GPU where there is one',
      '    python3 reproduce.py --verify --device cpu     compares with what the page has measured',
      '    python3 reproduce.py --verify --dtype float64  the same in double precision',
      '    python3 reproduce.py --data FOLDER             with the data files in a folder',
    ],
    experiment: 'The experiment: each network by its stack, input first, and how its layers are made.',
    images: (file: string) =>
      `The program reads your images from ${file}: keep it beside the program, or name its folder with --data.`,
    data: 'The images: files of labels and grey levels, and the SHA-256 that each must have.',
    figures: '---- What the page has measured: the first steps layer by layer, and every evaluation ----',
  },
};
