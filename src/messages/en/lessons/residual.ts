import type { LessonWords } from '../../figures.ts';

export const residual: LessonWords = {
  block: {
    heading: 'H(x) = F(x) + x',
    before: [
      'Say a pair of layers should learn a mapping $H(x)$. If that is close to “pass $x$ on”, plain layers have to build the identity out of weights, which, as you saw, they do not do well. So let the [[shortcut]] carry $x$, and let the layers learn only what is *missing*:',
      '$$F(x) = H(x) - x, \\qquad H(x) = F(x) + x$$',
      '(A difference: mind the minus sign.) If nothing is missing, $F(x) = 0$ is easy to reach.',
      'Below is a block of residual 56. Run it, and see how large $F(x)$ is beside $x$, block by block, measured by their standard deviations.',
    ],
    ask: 'After training, how large is F(x) beside x in the last block of a stage (nine blocks of one shape), compared with its first?',
    options: { smaller: 'smaller', same: 'about as large', larger: 'larger' },
    shown: (f) => [
      `From the first block of a stage to its last, std F(x) / std x falls from ${f.factor('first1')} to ${f.factor('last1')} in the first stage, from ${f.factor('first2')} to ${f.factor('last2')} in the second and from ${f.factor('first3')} to ${f.factor('last3')} in the third. The later blocks of a stage make *smaller corrections* to what they are given.`,
      'Between two stages it jumps up: there the shape changes, and the shortcut drops three of four pixels and fills the new channels with zeros, so less of $x$ is left.',
    ],
    notShown: (f) => [
      `From the first block of a stage to its last, std F(x) / std x goes from ${f.factor('first1')} to ${f.factor('last1')} in the first stage, from ${f.factor('first2')} to ${f.factor('last2')} in the second and from ${f.factor('first3')} to ${f.factor('last3')} in the third. In this run the later blocks’ corrections are not clearly smaller than the earlier ones’.`,
    ],
    after: [
      'Part of this is arithmetic: with [[batch norm]] every $F(x)$ has about the same size, while $x$, the [[trunk]], is a running sum and grows along a stage. So each block changes it by less: at the start of training, batch norm [shrinks the branch](https://arxiv.org/abs/2002.10444) by about $\\sqrt{\\text{depth}}$ compared with the trunk.',
      "What it does for gradients: $\\partial H/\\partial x = 1 + F\\,'(x)$, so the loss always has a direct way back. But it does not follow that “the gradient is at least 1 and cannot vanish”: $F\\,'$ may be negative.",
      'He et al. found, in their Fig. 7, that the layers of residual networks respond less strongly than those of plain ones. *That contrast does not appear at this scale*: with batch norm the response’s standard deviation is the learned scale, about 1, in both. Hence the ratio you see here instead.',
    ],
  },
};
