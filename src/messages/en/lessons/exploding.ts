import type { LessonWords } from '../../figures.ts';

export const exploding: LessonWords = {
  edge: {
    heading: 'Find the edge',
    before: [
      "The same rule cuts both ways. With ReLU, $\\mathbb{E}[f\\,'(z)^2] = \\tfrac12$, and a [[gain]] multiplies the weights: the factor per layer is proportional to it. Above 1 the gradient *grows* on its way back, layer upon layer, and so do the activations on their way forward.",
      'Two stacks, 12 and 20 layers, ReLU, Xavier weights times a gain. Drag the gain and run: each try is written down.',
    ],
    ask: 'At which gain does the factor per layer pass 1?',
    options: { half: 'about 0.5', one: 'about 1', oneAndHalf: 'about 1.5', three: 'about 3' },
    shown: (f) => [
      `Gain ${f.about('gain')}: × ${f.factor('factor')} per layer at step 1. The first loss was ${f.about('loss')} with 12 layers and ${f.about('deeperLoss')} with 20; guessing costs 2.3.`,
      ended(f),
      `As the factor grows with the gain, yours passes 1 at a gain of about **${f.about('edge')}**.`,
    ],
    notShown: (f) => [
      `Gain ${f.about('gain')}: × ${f.factor('factor')} per layer at step 1, first loss ${f.about('loss')} with 12 layers and ${f.about('deeperLoss')} with 20. This gain does not blow up; by its factor, the edge is near a gain of ${f.about('edge')}. Drag further and run again.`,
    ],
    after: [
      '[[He initialisation]] is Xavier times $\\sqrt2 = 1.41$: a little below the edge here, as the zero padding at the border of small maps takes its share. In a wide network on large maps it sits right on it.',
      'An explosion can look like its opposite. One huge step can leave most ReLUs at 0 for every image, [[dead unit|dead]]: then no gradient passes, the loss freezes at 2.303, and the bars are empty. If you see that, look at the *first* losses, and at the dead units.',
    ],
  },
};

function ended(f: Parameters<NonNullable<LessonWords[string]['shown']>>[0]): string {
  if (f.number('stopped') > 0) {
    const where =
      f.text('layer') === '' ? `in the ${f.text('where')}` : `in the ${f.text('where')} of ${f.text('layer')}`;
    return `In the stack of ${f.whole('depth')} layers, the first number that is not finite appeared at step ${f.whole('stopped')}, ${where}: there is nothing left to train.`;
  }
  return f.number('dead') > 0.5
    ? `No number overflowed, but ${f.percent('dead')} of the units of the 12-layer stack are dead now.`
    : `No number overflowed, and the loss of the 12-layer stack ended at ${f.about('lastLoss')}.`;
}
