import type { LessonWords } from '../../figures.ts';

export const degradation: LessonWords = {
  depths: {
    heading: 'Deeper should never be worse',
    before: [
      'Both cures are in place: [[He initialisation]] and [[batch norm]]. Four plain networks, 8, 20, 38 and 56 layers deep, see the same images in the same order.',
      'A deeper network can do everything a shallower one can: let its extra layers do nothing. So its *training* error should not be higher.',
    ],
    ask: 'Draw the training error that you expect of each.',
    shown: (f) => [
      `Training error: **${f.percent('eight')}** with 8 layers, ${f.percent('twenty')} with 20, ${f.percent('thirtyEight')} with 38, **${f.percent('fiftySix')}** with 56. Seven times as deep, and ${f.points('gap')} *worse*. This is [[degradation]].`,
      `Is it [[overfitting]]? No. An overfitted network does well on the images it has trained on. Here the *training* error itself is high, and the test error is within ${f.points('apart')} of it in all four.`,
    ],
    notShown: (f) => [
      `Training error: ${f.percent('eight')} with 8 layers, ${f.percent('twenty')} with 20, ${f.percent('thirtyEight')} with 38, ${f.percent('fiftySix')} with 56. This run does not rank them as runs of this set-up usually do. Narrow networks vary from seed to seed: run others before you conclude anything.`,
    ],
    after: [
      'Would patience cure it, or another learning rate? That takes longer than a lesson, so these figures are *not this page’s*: they were measured in PyTorch, as means of three seeds, on maps of 14×14 instead of 7×7. After 2,000 steps plain 8, 20, 38 and 56 had 1.5, 4, 17 and 41% training error: better, and still in that order. At learning rates from 0.005 to 0.5, plain 56 had between 54 and 77% after 200 steps. You can try either in the lab.',
    ],
  },
  gradients: {
    heading: 'But are the gradients healthy?',
    before: [
      'Degradation is often explained as “vanishing gradients”. You have the run in front of you: look. The bars show the [[weight gradient]]; move the slider to step 1, then to step 10, and on.',
    ],
    shown: (f) => [
      `Plain 20: {weightGradient@1|at step 1} the first conv’s weight gradient was ${f.about('shallowBefore')} times the last one’s, {weightGradient@${f.whole('step')}|at step ${f.whole('step')}} ${f.about('shallowLater')} times. That is within a factor of ten: nothing has vanished, and it is *still* worse than plain 8.`,
      `Plain 56: ${f.about('deepBefore')} times at step 1, ${f.about('deepLater')} times at step ${f.whole('step')}. First its early layers were hit by an explosion, and then they were left almost without a gradient: *exploded, then frozen*. Not vanishing from the start, as with the sigmoid.`,
    ],
    notShown: (f) => [
      `First conv’s weight gradient over the last one’s. Plain 20: ${f.about('shallowBefore')} at step 1, ${f.about('shallowLater')} at step ${f.whole('step')}. Plain 56: ${f.about('deepBefore')} and ${f.about('deepLater')}. Usually plain 20 stays healthy and is worse than plain 8 all the same, and plain 56 explodes at step 1 and is frozen by step ${f.whole('step')}. This run is different: trust your bars.`,
    ],
    after: [
      'Two things are at work, then. Up to about 26 layers the gradients are fine and depth hurts all the same: that is degradation by itself, and the clean case to think about. At 56 the gradients are unhealthy as well, and four of the seeds 1 to 5 show it *exploded, then frozen*.',
      'He et al. saw plain networks degrade on ImageNet, checked that with batch norm neither forward nor backward signals vanish, and concluded that the difficulty is [“unlikely to be caused by vanishing gradients”](https://arxiv.org/abs/1512.03385).',
    ],
  },
  twins: {
    heading: 'One difference',
    before: [
      'Plain 56 beside its [[twins|twin]], residual 56: the same initial weights, the same [[minibatch|minibatches]], the same number of parameters. The only difference is the arcs on the left, [[shortcut|shortcuts]] that carry each pair’s input around it.',
    ],
    ask: 'Which one ends with the lower training error?',
    options: { plain: 'Plain 56', residual: 'Residual 56', close: 'No clear winner (within 3 points)' },
    shown: (f) => [
      `Plain 56 ended **${f.points('gap')}** above residual 56: ${f.percent('plain')} against ${f.percent('residual')} training error.`,
    ],
    notShown: (f) => [
      `Plain 56 ended at ${f.percent('plain')} training error and residual 56 at ${f.percent('residual')}. That is not the gap this set-up usually shows: try more steps, or another seed.`,
    ],
    after: ['Why should adding a layer’s input to its output change so much? That takes the next two lessons.'],
  },
};
