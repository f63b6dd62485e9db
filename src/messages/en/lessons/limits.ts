import type { LessonWords } from '../../figures.ts';

export const limits: LessonWords = {
  deep: {
    heading: 'One hundred and ten layers',
    before: [
      'The deepest network but one that He et al. trained on CIFAR-10: 110 [[weight layer|weight layers]]. Beside it, its plain twin. Give it a minute or two.',
    ],
    ask: 'Which one ends with the lower training error?',
    options: { plain: 'Plain 110', residual: 'Residual 110', close: 'No clear winner (within 3 points)' },
    shown: (f) => [
      `Plain 110: ${f.percent('plain')} training error, where guessing gets 90% wrong. Residual 110: ${f.percent('residual')}, **${f.points('gap')}** better, with the very same parameters to start from.`,
    ],
    notShown: (f) => [
      `Plain 110: ${f.percent('plain')} training error; residual 110: ${f.percent('residual')}. This run is too short, or too unlucky, to set the two apart.`,
    ],
    after: [
      'On CIFAR-10, with full training, residual networks of 20, 32, 44, 56 and 110 layers reached 8.75, 7.51, 7.17, 6.97 and 6.43% test error: there, deeper *was* better. At 1,202 layers it was 7.93% again, which He et al. put down to overfitting. So do not expect better *test* error with depth from the small experiments here: what they show is that deep networks became trainable.',
    ],
  },
  beyond: {
    heading: 'What shortcuts do not explain',
    before: [
      '“Residual connections solved vanishing gradients” says too much. Good initialisation and normalisation had mostly done that; shortcuts made deep networks *optimisable*. Why, is still being worked out:',
      '**White noise.** Deep plain networks have [[shattered gradients]], residual ones much less so: [Balduzzi et al. 2017](https://arxiv.org/abs/1702.08591). Measured on this page in networks like these (T7) before training, the gradients of neighbouring inputs have a cosine of 0.84 in plain 8 and 0.00 in plain 56; in residual 8 and 56, of 0.89 and 0.49 (means of 20 runs, from 0.29 to 0.63 in the last).',
      '**Many short paths.** A residual network can be read as a collection of shallow ones; in one of 110 layers most gradient comes through paths 10 to 34 layers long: [Veit et al. 2016](https://arxiv.org/abs/1605.06431).',
      '**Small steps.** Batch norm makes each block start as a small correction: [De & Smith 2020](https://arxiv.org/abs/2002.10444). And if the blocks *start at zero*, deep residual networks train without any normalisation: [Fixup](https://arxiv.org/abs/1901.09321), [ReZero](https://arxiv.org/abs/2003.04887).',
      '**Smoother valleys.** Pictures of the loss around a network look much smoother with shortcuts: [Li et al. 2018](https://arxiv.org/abs/1712.09913). They are two-dimensional slices of a space with hundreds of thousands of dimensions or more.',
      '**Further.** [Identity mappings](https://arxiv.org/abs/1603.05027): leave the shortcut alone (a 1×1 conv on it took residual 110 from 6.61 to 12.22%). [Stochastic depth](https://arxiv.org/abs/1603.09382): drop blocks at random, and 1,202 layers reach 4.91%. [How width matters](https://arxiv.org/abs/1801.03744): narrow networks vary more from seed to seed. And [transformers](https://arxiv.org/abs/1706.03762): every one of their sublayers sits in a residual connection.',
      'The lab is yours now: *To the lab* gives you all of its controls, with what you have trained still there.',
    ],
  },
};
