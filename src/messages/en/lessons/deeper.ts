import type { LessonWords } from '../../figures.ts';

export const deeper: LessonWords = {
  architectures: {
    heading: 'Eight layers, sixteen, nineteen',
    before: [
      'In 2012 [AlexNet](https://papers.nips.cc/paper/4824-imagenet-classification-with-deep-convolutional-neural-networks), with 8 [[weight layer|weight layers]], changed how computers see. Two years later [VGG](https://arxiv.org/abs/1409.1556) went to 16 and 19 layers, and saw better still. The recipe seemed plain: *go deeper*.',
      'Here are the three at the scale of this page: layer for layer, but narrower (convs 8 times, dense layers 32 times) and for grey images of 14×14 pixels instead of coloured ones of 224×224. All kernels are 3×3 (AlexNet’s first two were larger; its first pooling is left out), and batch norm is added so that they train within a minute.',
    ],
    ask: 'All three train on the same images in the same order. Which one ends with the lowest training error?',
    options: {
      alexnet: 'AlexNet-like, 8 layers',
      vgg16: 'VGG-16-like',
      vgg19: 'VGG-19-like',
      close: 'No clear winner (within 3 points)',
    },
    shown: (f) => [
      `Training error: AlexNet-like ${f.percent('alexnet')}, VGG-16-like ${f.percent('vgg16')}, VGG-19-like ${f.percent('vgg19')}. The deepest is worse than the shallowest: so short a run *did not reward the deeper recipe*.`,
    ],
    notShown: (f) => [
      `Training error: AlexNet-like ${f.percent('alexnet')}, VGG-16-like ${f.percent('vgg16')}, VGG-19-like ${f.percent('vgg19')}. Here the deepest is not clearly worse than the shallowest. Keep the question, though: will the *next* ten layers help as well?`,
    ],
    after: [
      'This does not contradict VGG, which was trained far longer, on far more and far larger images. Nor is it what depth by itself does, as the three differ in more than depth. To see that, one needs networks that differ in *nothing else*.',
    ],
  },
  base: {
    heading: 'A base to build on',
    before: [
      'So here is the smallest of a family that differs in depth alone: one conv layer, three pairs of conv layers (each pair twice as wide as the one before), and a classifier. 8 weight layers, as [He et al.](https://arxiv.org/abs/1512.03385) count them. We call it the *base*.',
      'It looks at photographs of clothes, in ten classes. Guessing gets 90% of them wrong.',
    ],
    ask: 'After its run, what share of *test* images will the base get wrong?',
    options: {
      under10: 'under 10%',
      under30: '10 to 30%',
      under60: '30 to 60%',
      over60: 'more than 60%',
    },
    shown: (f) => [
      `Eight layers get **${f.percent('test')}** of the test images wrong, and ${f.percent('train')} of the training sample.`,
    ],
    notShown: (f) => [
      `Your base still gets ${f.percent('test')} of the test images wrong: it has not learned much. Give it more steps, or run it again with another seed.`,
    ],
    after: [
      '([[training error|Training]] and [[test error]] are both measured with the weights left as they are.) Now the question of this story. If eight layers can do that, what could stop twenty, or fifty-six, from doing at least as well?',
    ],
  },
};
