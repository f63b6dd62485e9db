import { CLOSE, lowest } from '../../records/finding.ts';
import { errorsOf } from '../evidence.ts';
import type { Evidence, Part } from '../lesson.ts';

function twinErrors(evidence: Evidence) {
  const [plain, residual] = [errorsOf(evidence, 'a')?.train, errorsOf(evidence, 'b')?.train];
  return plain === undefined || residual === undefined ? null : { plain, residual };
}

/** Which of two twins ends with the lower training error: a plain network, a, or its residual twin, b. */
export const twinComparison: Pick<Part, 'keeps' | 'highlight' | 'quantity' | 'question' | 'check'> = {
  keeps: ['error', 'quantity'],
  highlight: 'error',
  quantity: 'signalGradient',
  question: {
    kind: 'choose',
    options: ['plain', 'residual', 'close'],
    truth: (evidence) => {
      const errors = twinErrors(evidence);
      return errors && lowest(errors, CLOSE);
    },
  },
  check: (evidence) => {
    const errors = twinErrors(evidence);
    if (!errors) return null;
    const gap = errors.plain - errors.residual;
    return { isShown: gap > CLOSE, values: { ...errors, gap } };
  },
};
