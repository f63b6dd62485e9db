import type { LessonWords } from '../../figures.ts';

export const cures: LessonWords = {
  four: {
    heading: 'Start right, or stay right',
    before: [
      'There are two ways to keep the factor near 1. *Start* there: [[Xavier initialisation|Xavier]] ([2010](https://proceedings.mlr.press/v9/glorot10a.html)) for tanh, [[He initialisation|He]] ([2015](https://arxiv.org/abs/1502.01852)) for ReLU. Or *rescale* all the time: [[batch norm]] ([2015](https://arxiv.org/abs/1502.03167)), after which the size of the weights hardly matters.',
      'Four stacks of 10 layers: tanh with Xavier; ReLU with He; ReLU with far too small weights (0.01) and batch norm; and the sigmoid, of all things, with batch norm.',
    ],
    ask: 'How many of the four will train, that is, end below 50% training error?',
    options: { none: 'none', two: 'one or two', three: 'three', four: 'all four' },
    shown: (f) => [
      `All four train: tanh with Xavier ends at ${f.percent('tanh')} training error, ReLU with He at ${f.percent('he')}, tiny weights with batch norm at ${f.percent('small')}, and even the sigmoid with batch norm at ${f.percent('sigmoid')}. The bars are back at step 1, where the table’s factors were measured.`,
    ],
    notShown: (f) => [
      `${f.whole('count')} of the four trained: tanh with Xavier ${f.percent('tanh')}, ReLU with He ${f.percent('he')}, tiny weights with batch norm ${f.percent('small')}, sigmoid with batch norm ${f.percent('sigmoid')} training error. Stacks as narrow as these depend on luck; try another seed. The bars are back at step 1, where the table’s factors were measured.`,
    ],
    after: [
      'The table holds theory against your run. For the sigmoid after batch norm there is no formula as simple. He’s factor falls short of 1 because the maps are small and zero-padded: deeper than about 12 layers, so narrow a stack may fail without batch norm.',
    ],
  },
  growth: {
    heading: 'Batch norm’s secret',
    before: [
      'With both cures, two plain networks, 20 and 56 layers deep. Now look closely at the bars of the *first* step, before anything has been learned. Use the slider below to come back to it.',
    ],
    ask: 'With batch norm, at step 1, from one layer to the one before it the signal gradient will …',
    options: { shrink: 'shrink', same: 'stay the same', grow: 'grow' },
    shown: (f) => [
      `It *grows*: at step 1, × ${f.factor('factor')} per layer with 20 layers, × ${f.factor('deeperFactor')} with 56. For wide ReLU networks [theory](https://arxiv.org/abs/1902.08129) says $\\sqrt{\\pi/(\\pi-1)} = 1.21$ from one layer to the next of the same shape. Here it is less: these layers are narrow, shapes change on the way, and the last maps are 2×2.`,
      `At step 1 the first conv’s {weightGradient@1|weight gradient} was ${f.about('before')} times the last one’s with 20 layers, and ${f.about('deeperBefore')} times with 56. By {weightGradient@${f.whole('step')}|step ${f.whole('step')}} it was ${f.about('later')} times and ${f.about('deeperLater')} times.`,
    ],
    notShown: (f) => [
      `In your run: × ${f.factor('factor')} per layer with 20 layers and × ${f.factor('deeperFactor')} with 56 at step 1. That is not the growth that is usual here, nor what [theory](https://arxiv.org/abs/1902.08129) expects of wide ReLU networks with batch norm (× 1.21).`,
    ],
    after: [
      'So batch norm does not simply “keep gradients healthy”. At the start it makes them *explode*, gently. In a network of moderate depth the first steps tame that. In a very deep one the first step is so large for the early layers that it wrecks them, and then, from most seeds, hardly any gradient reaches them. Move the slider from step 1 to 10 and see which it is.',
    ],
  },
};
