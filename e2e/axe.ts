/** What axe is asked for. */
import type AxeBuilder from '@axe-core/playwright';

type Rules = Parameters<AxeBuilder['options']>[0];

/** WCAG 2.2, level AA. */
export const standard: Rules = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
};

/** What a theme changes of a page: colours and sizes, and neither names nor roles. */
export const ofTheme: Rules = { runOnly: { type: 'rule', values: ['color-contrast', 'target-size'] } };
