import type { LessonWords } from '../../figures.ts';

export const identity: LessonWords = {
  construction: {
    heading: 'An argument by construction',
    before: [
      'Take the base, and append layers that pass their input on. Such a deeper network *exists*, and it is exactly as good. So a deeper network’s best training error cannot be higher. This is He et al.’s [argument](https://arxiv.org/abs/1512.03385); and their finding is that training does not get there.',
      'Three networks, all trained *from scratch*: the base; the base with 18 more conv layers; the base with 18 [[identity layer|identity layers]].',
    ],
    ask: 'Which one ends with the lowest training error?',
    options: {
      conv: 'Base + 18 conv layers',
      tied: 'Base and base + identity, exactly alike',
      identity: 'Base + 18 identity layers',
      base: 'The base',
    },
    shown: (f) => [
      `Base ${f.percent('base')}, base + identity ${f.percent('identity')}: alike to the last image, as they must be. Base + conv: ${f.percent('conv')}, ${f.points('gap')} *worse*, although setting its 18 layers to the identity would have made it equal.`,
    ],
    notShown: (f) => [
      `Base ${f.percent('base')}, base + identity ${f.percent('identity')}, base + conv ${f.percent('conv')} training error. Usually the first two are exactly alike and the third is clearly worse; this run is different. It depends on the size and the length of the training: run other seeds before you conclude.`,
    ],
    after: [
      'The solution is there. In the time it had, gradient descent did not find it. But perhaps it only starts too far away? We can test that.',
    ],
  },
  graft: {
    heading: 'Operate on a trained network',
    before: [
      'This is *not* He et al.’s experiment; it goes one step further. Train the base first. Then cut it open and insert 18 layers into it, keeping all that it has learned, in four ways:',
      '**identity layers**, which do nothing; **residual blocks** whose last scale is 0, so that they start as the identity; **conv layers** with fresh [[He initialisation|He]] weights; and [[Dirac|Dirac conv layers]], without normalisation, which start as the identity but are ordinary conv layers.',
    ],
    ask: 'At the moment of insertion, before any training, what happens to the test error with 18 *fresh conv layers*?',
    options: {
      unchanged: 'nothing',
      little: 'it rises by up to 20 points',
      half: 'it rises by 20 to 60 points',
      chance: 'it is about as bad as guessing',
    },
    shown: (f) => [
      `Identity, zero-scale residual and Dirac layers changed no [[logits|logit]] at all: the largest change over 1,000 test images is **exactly 0**, to the last bit. Fresh conv layers changed them by up to ${f.about('convChange')}, and the test error jumped from ${f.percent('before')} to ${f.percent('convAfter')}.`,
      `Then all trained on. Identity: ${f.percent('identityEnd')}. Residual: ${f.percent('residualEnd')}. Fresh conv: ${f.percent('convEnd')}. Dirac: it started as good as the base, went up to ${f.percent('diracWorst')} on the way and ended at ${f.percent('diracEnd')}.`,
    ],
    notShown: (f) => [
      `Before: ${f.percent('before')} test error. Right after inserting fresh conv layers: ${f.percent('convAfter')}; after training on: identity ${f.percent('identityEnd')}, residual ${f.percent('residualEnd')}, fresh conv ${f.percent('convEnd')}, Dirac ${f.percent('diracEnd')} (at worst ${f.percent('diracWorst')}). The four part less clearly here than they usually do; the base may need longer training first.`,
    ],
    after: [
      'The Dirac network is the one to think about. An exact deep solution existed, and training *started on it*. Look at its curve: does the first thing that gradient descent does take it away from there?',
      'Did the residual blocks, which started in the same place, come to any harm? In the runs from which this lesson was made they did not, and that is all it shows: *no harm*, not an improvement. (Both are exact identities only after a ReLU, where nothing is negative. They are so in training, too. A Dirac conv *with* batch norm would not be: it would be one in [[evaluation mode]] alone, and only with the statistics it starts from.)',
    ],
  },
};
