/** What axe is asked for. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

type Rules = Parameters<AxeBuilder['options']>[0];

/** WCAG 2.2, level AA. */
export const standard: Rules = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
};

/** What axe recommends beside that, too. */
export const everything: Rules = {};

/** What a theme changes of a page: colours and sizes, and neither names nor roles. */
export const ofTheme: Rules = { runOnly: { type: 'rule', values: ['color-contrast', 'target-size'] } };

/**
 * The accessibility faults of a page.
 * @param within a part of it
 */
export async function faults(page: Page, rules = standard, within = 'html') {
  // The page has no frames of others, for which axe would open a window each time. React Aria leaves what it has announced in its live
  // region for seven seconds, named by elements that may be gone by then.
  const { violations } = await new AxeBuilder({ page })
    // Of what passes nobody reads.
    .options({ ...rules, resultTypes: ['violations'] })
    .setLegacyMode()
    .include(within)
    .exclude('[data-live-announcer]')
    .analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
