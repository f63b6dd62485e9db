/** The words beside the experiment of He et al. 2015. */
import { number } from '../format.ts';

const percent = (value: number) => `${value.toFixed(2)}%`;

export const paper = {
  title: 'Test error: He et al. 2015, and here',
  columns: ['Network', 'He et al.', 'Here'] as const,
  error: (value: number, remark: string) => `${percent(value)}${remark ? ` (${remark})` : ''}`,
  drawn: 'a curve, no number',
  hidden: 'above 60%, not drawn',
  here: (value: number, step: number) => `${percent(value)}, step ${number(step)}`,
  notYet: 'not measured yet',
  theirs:
    'Their figures, not measured here: after 64,000 steps, Table 6 (for 110 layers the best of five runs, and their mean). For plain networks they draw curves without numbers, in Figure 6.',
  source: 'arXiv 1512.03385',
};
