import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './labPage.ts';
import { LessonPage } from './lessonPage.ts';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const theme of ['light', 'dark', 'projector']) {
  test(`lessons in the ${theme} theme have no accessibility faults that axe can find`, async ({ page }) => {
    await page.addInitScript((chosen) => localStorage.setItem('depthscope.theme', chosen), theme);
    const lesson = new LessonPage(page);
    for (const place of theme === 'light' ? ['2', '3', '5', '7', '8'] : ['3', '5']) {
      await lesson.open(place);
      await expect(lesson.panel.locator('.lesson-heading')).toBeVisible();
      const results = await new AxeBuilder({ page }).withTags(standard).analyze();
      expect(results.violations).toEqual([]);
    }
    await page.goto('./teachers.html');
    await expect(page.getByRole('heading', { name: 'Aims' })).toBeVisible();
    expect((await new AxeBuilder({ page }).withTags(standard).analyze()).violations).toEqual([]);
  });
}

test('a lesson does not scroll the page sideways, however wide that is', async ({ page }) => {
  const lesson = new LessonPage(page);
  for (const place of ['5', '8']) {
    await lesson.open(place);
    await expect(lesson.panel.locator('.lesson-heading')).toBeVisible();
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
      [360, 740],
    ] as const) {
      await page.setViewportSize({ width, height });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth), `lesson ${place} at ${width}`)
        .toBe(width);
    }
  }
});
