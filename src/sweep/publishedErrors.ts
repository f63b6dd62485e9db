/**
 * He et al. 2015 (arXiv 1512.03385), Table 6: residual networks on CIFAR-10, full size, 64,000 iterations. Of the plain ones
 * the paper prints no errors: they are drawn in its Fig. 6 only, and none is given here.
 */
export interface PublishedError {
  readonly depth: number;
  /** Test error in per cent; of the best run where there were several. */
  readonly testError: number;
  /** Mean and standard deviation of five runs, where the paper gives them. */
  readonly remark?: string;
  /** Parameters, in millions. */
  readonly millions: number;
}

export const published: readonly PublishedError[] = [
  { depth: 20, testError: 8.75, millions: 0.27 },
  { depth: 32, testError: 7.51, millions: 0.46 },
  { depth: 44, testError: 7.17, millions: 0.66 },
  { depth: 56, testError: 6.97, millions: 0.85 },
  { depth: 110, testError: 6.43, remark: '6.61 ± 0.16', millions: 1.7 },
  { depth: 1202, testError: 7.93, millions: 19.4 },
];
