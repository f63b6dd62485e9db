/** The words of the page around the stacks and charts. */
import { duration, number, percent, plural, rounded, timeLeft } from '../format.ts';
import { sentences } from '../sentences.ts';

export const app = {
  name: 'Depthscope',
  /** @param name null where it is not known */
  dataSet: (name: string | null, train: number, test: number) =>
    `${name === null ? '' : `${name} · `}${number(train)} train / ${number(test)} test`,
  /** Below exports of runs that their link does not repeat. */
  notRepeated: {
    grafted: 'The link alone does not repeat this: the networks started from what a trained one had learned.',
    adjusted: 'The link alone does not repeat this: the learning rate was changed while it ran.',
  },

  views: {
    label: 'View',
    names: {
      home: 'Try it',
      lab: 'Lab',
      instruments: 'Instruments',
      sweep: 'Sweep',
      library: 'Library',
      class: 'Class',
    },
    /** The name of the sweep's view while it trains. */
    training: (done: number, all: number) => `Sweep ${number(done)}/${number(all)}`,
    loading: 'Loading…',
  },

  presets: {
    open: 'Experiments',
    groups: {
      architectures: 'Where depth began to pay',
      degradation: 'Degradation, small and quick (7×7 maps)',
      s14: 'Degradation, larger maps (14×14)',
      vanishing: 'Vanishing and exploding (no normalisation)',
      insertion: 'Inserted layers',
      paper: 'He et al. 2015, CIFAR-10 (bring the images)',
    },
    entries: {
      architectures: 'AlexNet-, VGG-16- and VGG-19-like',
      base: 'Base: plain, 8 layers',
      't7-twins-8': 'Plain against residual, 8 layers',
      't7-twins-20': 'Plain against residual, 20 layers',
      't7-twins-38': 'Plain against residual, 38 layers',
      't7-twins-56': 'Plain against residual, 56 layers',
      't7-plain': 'Plain, 8, 20, 38 and 56 layers',
      't7-residual': 'Residual, 8, 20, 38 and 56 layers',
      's14-twins-20': 'Plain against residual, 20 layers',
      's14-twins-38': 'Plain against residual, 38 layers',
      's14-twins-56': 'Plain against residual, 56 layers',
      'f7-sigmoid-12': 'Sigmoid, 12 layers',
      'f7-sigmoid': 'Sigmoid, 2, 4, 8 and 12 layers',
      'f7-tanh': 'tanh, small weights, 12 layers',
      'f7-exploding': 'ReLU, Xavier × gain 3, 12 layers',
      'f7-cures': 'Four cures, 12 layers',
      't7-inserted': 'Base, base + 18 conv, base + 18 identity',
      's14-identities': 'Base + 18 layers: conv, identity, Dirac, zero residual',
      'paper-20': 'Plain against residual, 20 layers',
      'paper-32': 'Plain against residual, 32 layers',
      'paper-44': 'Plain against residual, 44 layers',
      'paper-56': 'Plain against residual, 56 layers',
      'paper-110': 'Plain against residual, 110 layers, with warm-up',
      'paper-1202': 'Residual, 1,202 layers',
    },
  },

  badge: {
    starting: 'Starting…',
    plain: 'Computing on this device',
    title: 'What computes here',
    full: (engine: string, backend: string, device: string) => `${engine}, ${backend} (${device})`,
    rate: (stepsPerSecond: number) => `${rounded(stepsPerSecond)} steps/s`,
    engine: 'Engine',
    engines: {
      tfjs: 'TensorFlow.js',
      webgpu: 'Fused WebGPU',
      cpu: 'Fused WebAssembly',
      reference: 'Float64 reference',
      pytorch: 'PyTorch',
    } as Readonly<Record<string, string>>,
    /** Our own engines by what they run on. */
    own: { webgpu: 'Your GPU', cpu: 'Your processor' } as Readonly<Record<string, string>>,
    backend: 'Backend',
    device: 'Device',
    data: 'Data',
    speed: 'Speed',
    noRate: 'Not training now',
    threads: (isolated: boolean, threads: number, isSecure: boolean) => {
      if (!isSecure)
        return 'This page came over plain http, so the browser withholds the GPU and shared memory: WebAssembly runs on one thread. Over https it would have both.';
      if (!isolated) return 'This page is not cross-origin isolated, so WebAssembly runs on one thread.';
      return threads > 1
        ? `This page is cross-origin isolated, so WebAssembly uses ${number(threads)} threads.`
        : 'This page is cross-origin isolated, but WebAssembly runs on one thread: this device has no others to spare, or a sandboxed frame may not start any.';
    },
    reduced: 'Reduced for this device',
    truth: 'Every bar and every error curve on this page comes from real training in this browser.',
  },

  share: {
    button: 'Share',
    title: 'Share this experiment',
    copied: 'The link is copied.',
    refused: 'The browser does not let this page copy. Select the link and copy it yourself.',
  },

  handIn: {
    button: 'Hand in',
    title: 'Hand in this run',
  },

  prove: {
    button: 'Check gradients',
    title: 'Are the gradients right?',
    what: 'Backpropagation can be checked without backpropagation: nudge one number of the network up and down a little, and see by how much the loss changes. This does it for 20 numbers chosen at random, in float64, and compares that with the engine’s gradient. Which network?',
    caption: (name: string, step: number, images: number) =>
      `${name} after ${plural(step, { one: '# step', other: '# steps' })}, on ${number(images)} training images`,
    parameter: 'number',
    engine: 'engine',
    finite: 'nudged',
    place: (name: string, index: number) => `${name}, no. ${number(index + 1)}`,
    waiting: 'The check begins as soon as the networks are ready.',
    progress: (done: number, planned: number) => `${number(done)} of ${number(planned)} compared …`,
    outcome: (share: string) => `All compared. The difference is ${share} of the gradient’s length.`,
    allZero: 'All compared. Nudging changed nothing: these gradients are 0.',
  },

  theme: {
    button: 'Theme',
    choices: { system: 'As the system', light: 'Light', dark: 'Dark', projector: 'Projector' },
  },

  networks: {
    heading: 'Networks',
    quantity: 'Bars show',
    formula: 'Formula',
    whatIs: (quantity: string) => `What is the ${quantity.toLowerCase()}?`,
    formulaOf: (quantity: string) => `Formula: ${quantity.toLowerCase()}`,
    layersOfAll: 'Layers of every network',
    layers: (layers: number) => plural(layers, { one: '# layer', other: '# layers' }),
    add: 'Add network',
    addTitle: 'Add beside the others',
    beginTitle: 'Build one yourself',
    begun: { conv: 'Begin with a conv layer', residual: 'Begin with a residual block' },
    twinOf: (name: string) => `Twin of ${name}`,
    shortcutsIn: (name: string) => `${name}, with shortcuts`,
    copyOf: (name: string) => `Copy of ${name}`,
    remove: (name: string) => `Remove ${name}`,
    settings: (name: string) => `Settings of ${name}`,
    families: {
      t7: {
        plain: 'Plain, 3 stages, 7×7 maps (T7)',
        residual: 'Residual, 3 stages, 7×7 maps (T7)',
        'base+conv': 'Base + conv layers, 7×7 maps (T7)',
        'base+identity': 'Base + identity layers, 7×7 maps (T7)',
        'base+dirac': 'Base + Dirac conv layers, 7×7 maps (T7)',
        'base+zeroresidual': 'Base + residual blocks of scale 0, 7×7 maps (T7)',
      },
      s14: {
        plain: 'Plain, 3 stages, 14×14 maps (S14)',
        residual: 'Residual, 3 stages, 14×14 maps (S14)',
        'base+conv': 'Base + conv layers, 14×14 maps (S14)',
        'base+identity': 'Base + identity layers, 14×14 maps (S14)',
        'base+dirac': 'Base + Dirac conv layers, 14×14 maps (S14)',
        'base+zeroresidual': 'Base + residual blocks of scale 0, 14×14 maps (S14)',
      },
      f7: {
        plain: 'Flat plain, no stages (F7)',
        residual: 'Flat residual, no stages (F7)',
      },
    },
    customStack: 'Custom stack',
    blockSettings: 'Residual blocks',
    customFamily: 'This stack is custom: its depth and widths are set layer by layer. Choose a family to start afresh.',
  },

  charts: {
    heading: 'Charts',
    more: 'More charts',
    names: { depth: 'Error by depth', history: 'Gradient history' },
    historyOf: 'Network shown',
    othersHidden: (subtitle: string, runs: number) =>
      `${subtitle} · ${plural(runs, { one: '# run', other: '# runs' })} with other settings not shown`,
  },

  transport: {
    heading: 'Training',
    play: 'Play',
    pause: 'Pause',
    step: 'Step',
    reset: 'Reset',
    position: (step: number, steps: number) => `step ${number(step)} / ${number(steps)}`,
    /** The same where there is less room. */
    positionShort: (step: number, steps: number) => `${number(step)} / ${number(steps)}`,
    positionBare: (step: number) => number(step),
    scrubber: 'Step shown',
    scrubberValue: (step: number, steps: number) => `step ${number(step)} of ${number(steps)}`,
    /** After the last step, in place of the position. */
    measuring: 'measuring …',
    timeLeft,
    /** Before a run starts, or while it pauses. */
    timeToCome: (seconds: number) => `about ${duration(1000 * seconds)} here`,
    live: 'Newest step',
    liveName: 'Follow the newest step again',
    settings: 'Training settings',
    moreSettings: 'More settings',
    chips: {
      lr: (value: string) => `learning rate ${value}`,
      batch: (value: string) => `${value} ${value === '1' ? 'image' : 'images'} a step`,
      opt: (value: string) => value,
      seed: (value: string) => `seed ${value}`,
    },
  },

  settings: {
    learningRateSlider: 'Learning rate, logarithmic',
    learningRateNow: 'Applies from the next step on, without a restart.',
    restartsAll: 'Any change here starts training again from step 0.',
    restarts: 'Other changes start training again from step 0.',
    hint: 'Go to a setting to read what it is and what it changes.',
    off: '0 is off',
    range: (min: string, max: string, whole: boolean) => `${whole ? 'whole number, ' : ''}${min} to ${max}`,
    rangeAbove: (min: string, max: string) => `above ${min}, up to ${max}`,
    notANumber: (typed: string, range: string) =>
      `“${typed}” ${typed.includes(',') ? 'has a comma: type numbers like 6000 or 0.05' : 'is not a number'}. Allowed: ${range}.`,
    notNumbers: (typed: string, range: string) => `“${typed}” is no list of numbers, like 50, 75. Allowed: ${range}.`,
    outOfRange: (typed: string, range: string) => `${typed} is not possible. Allowed: ${range}.`,
  },

  status: {
    loading: 'Loading the engine and the first images',
    loadingShare: (fraction: number) => `Loading: ${percent(fraction)}`,
    preparing: 'Preparing the networks for the GPU',
    preparingShare: (fraction: number) => `Preparing: ${percent(fraction)}`,
    streaming: 'Images arriving',
    streamingShare: (fraction: number) => `Images: ${percent(fraction)}`,
    ready: 'Ready to train',
    running: 'Training',
    paused: 'Paused.',
    finished: 'Finished.',
    retry: 'Try again',
    dismiss: 'Dismiss this notice',
    notices: 'Notices',
    crashed: 'The page hit an error and stopped drawing. Reload it; the link in the address bar keeps the experiment.',
    reload: 'Reload',
  },

  help: {
    button: 'Help and keyboard shortcuts',
    title: 'Help',
    what: 'Depthscope trains small networks in this browser to name clothes in small photos. It shows how many they get wrong, and how much of the error’s signal reaches each layer on its way back: the bars. A residual network is a plain one with shortcuts around its layers.',
    words: 'What the words mean',
    shortcuts: 'Keyboard shortcuts',
    toggle: 'Use keyboard shortcuts',
    keys: {
      play: ['Space', 'play or pause'],
      step: ['→', 'one step'],
      reset: ['R', 'reset'],
      onward: ['Page Down, or a clicker', 'what comes next: train, then the next thing to see'],
      backward: ['Page Up', 'the previous part of a lesson'],
    },
    note: 'They work unless a control that uses the key itself has the focus.',
  },
};

export const appProblems = sentences({
  'app.nearestChoice': 'Changed ?{key}={value} in the address to {used}; possible are {choices}.',
  'app.noSuchChoice': ({ key, value, choices, used }) =>
    `Ignored ?${key}=${value} in the address: ${used === '' ? 'what suits this browser' : used} is used; possible are ${choices}.`,
  'app.badOrigin':
    'Ignored ?origin={value} in the address: messages of any page around are heard. An origin reads https://example.org.',
});
