import type { LessonWords } from '../../figures.ts';

export const vanishing: LessonWords = {
  sigmoid: {
    heading: 'A fixed tax on every layer',
    before: [
      'Learning runs backwards. The loss is at the bottom of each stack; its gradient flows up, layer by layer, and tells each one how to change. The bars show how strongly it arrives: the [[signal gradient]].',
      'These three stacks use the sigmoid, $\\sigma(z) = 1/(1+e^{-z})$, and [[Xavier initialisation]]; they are 4, 8 and 12 layers deep.',
    ],
    ask: 'In the stack of 12 layers, how much weaker is the signal gradient at the first layer than at the last conv layer?',
    options: {
      same: 'about the same',
      ten: 'tens of times',
      thousand: 'hundreds to thousands of times',
      million: 'more than 100,000 times',
    },
    shown: (f) => [
      `Your run, at step 1: × ${f.factor('four')}, × ${f.factor('eight')} and × ${f.factor('twelve')} per layer in the stacks of 4, 8 and 12. Nearly the same tax each time, so it compounds: in the deepest, the first layer gets a signal ${f.about('shrinks')} times weaker than the last conv layer.`,
      `Theory (the dashed line) expects about × ${f.factor('predicted')}. The deepest stack ended at a loss of ${f.factor('loss')}; guessing costs $\\ln 10 = 2.30$. Its training error: ${f.percent('error')}.`,
    ],
    notShown: (f) => [
      `Your run, at step 1: × ${f.factor('four')}, × ${f.factor('eight')} and × ${f.factor('twelve')} per layer in the three stacks. That is not the steep fall this lesson is about (theory expects about × ${f.factor('predicted')}). Did you change the activation or the initial weights?`,
    ],
    after: [
      'Where the factor comes from: going back through one layer, the gradient is multiplied by the slope of the [[activation]] *and* by the weights. Together they make the [[factor per layer]]:',
      "$$\\text{factor} = \\sqrt{n \\cdot \\operatorname{Var}(W) \\cdot \\mathbb{E}[f\\,'(z)^2]}$$",
      'The sigmoid’s slope is never more than $\\tfrac14$. Xavier makes $n\\operatorname{Var}(W) = 1$ inside the map, where $n = 9 \\times 8$ terms are summed; at the edge of these 7×7 maps some of them fall outside, so it is a little less than a quarter. But it is not the slope alone. With larger weights the same sigmoid loses less: in the stack of 12 layers about × 0.5 with weights 3 times as large, × 0.75 with 6 times, and with 12 times the signal no longer fades, although many units are [[saturated]] then. (No sure cure, though: given 120 steps, that stack trained from three of the seeds 1 to 4, and from the other not at all.)',
    ],
  },
  trap: {
    heading: 'The bar that hides it',
    before: [
      'Many pictures of vanishing gradients plot the [[weight gradient]], $\\lVert\\partial L/\\partial W\\rVert$, and speak of the signal. They are not the same thing.',
      'Two stacks of 12 layers, tanh and ReLU, with small initial weights: normal, standard deviation 0.05. The bars show the *weight* gradient.',
    ],
    ask: 'From the last conv layer up to the first, what will the weight gradient of the tanh stack do?',
    options: { falls: 'fall, as the signal does', flat: 'stay about flat', rises: 'rise' },
    shown: (f) => [
      `Weight gradient per layer at step 1: × ${f.factor('tanhWeight')} (tanh), × ${f.factor('reluWeight')} (ReLU). Nearly flat: all seems well. Now switch the bars to {signalGradient@1|Signal gradient}: × ${f.factor('tanhSignal')} and × ${f.factor('reluSignal')} per layer. The signal is vanishing.`,
    ],
    notShown: (f) => [
      `Weight gradient per layer at step 1: × ${f.factor('tanhWeight')} (tanh), × ${f.factor('reluWeight')} (ReLU); signal gradient × ${f.factor('tanhSignal')} and × ${f.factor('reluSignal')}. In this run the two do not part as they usually do with small weights.`,
    ],
    after: [
      'A weight’s gradient is the product of two things: the signal that comes back to its layer, and the activation that came forward into it. Small weights shrink both. Going up the stack the signal falls and the activation grows, by about the same factor, and their product stays level.',
      'So watch the {signalGradient|signal gradient}. Switch to {responseStd|Response size} to see the other half: how the signal fades on its way forward.',
    ],
  },
};
