import type { LessonWords } from '../../figures.ts';

export const code: LessonWords = {
  code: {
    heading: 'In code',
    before: [
      'The networks on the page, plain 20 and residual 20, as programs: each builds its network, ready for data and a training loop of your own. The [[residual block]] is the plain pair with its input kept, and added before the last ReLU. In code, keeping it and adding it take a line each; a few more fit the shortcut where a block changes the shape.',
    ],
    ask: 'How many more parameters does residual 20 have than plain 20?',
    options: { none: 'none', few: 'some', double: 'about twice as many' },
    shown: (f) => [
      `None: **${f.whole('plain')}** in both. These shortcuts are of option A: where a block changes the shape, they skip every second pixel and pad the new channels with zeros, and that takes no weights.`,
      `Activations kept for the way back, per image: ${f.about('plainMemory')} bytes in plain 20, ${f.about('residualMemory')} in residual 20, counting one for each operation’s result.`,
    ],
    notShown: (f) => [
      `Plain: ${f.whole('plain')} parameters; residual: ${f.whole('residual')}. With option B the shortcuts that change the shape are [[projection|projections]], and those have weights.`,
    ],
    after: [
      '“At no cost” is almost true. It leaves out the additions themselves; the memory for $x$, which has to be kept until it is added; and, with option B, the projections. On ImageNet, He et al. found that options B and C helped residual 34 a little: 24.52 and 24.19% top-1 error against 25.03 with option A.',
      'Set other networks up in the lab: their code is behind the *Code* button, whatever they are.',
    ],
  },
};
