import { expect } from '@playwright/test';
import { faults, ofTheme, standard } from './axe.ts';
import { LessonPage } from './lessonPage.ts';
import { test } from './returning.ts';

test('lessons have no accessibility faults that axe can find, in any theme, and do not scroll sideways', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  const expectNone = async (rules: typeof standard, where: string) =>
    expect(await faults(page, rules), where).toEqual([]);
  for (const place of ['2', '3', '5', '7', '8']) {
    await lesson.open(place);
    await expect(lesson.panel.locator('.lesson-heading')).toBeVisible();
    await expectNone(standard, `lesson ${place}`);
    for (const width of [1024, 360, 1440]) {
      await page.setViewportSize({ width, height: 768 });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth), `lesson ${place} at ${width}`)
        .toBe(width);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  }
  for (const theme of ['Dark', 'Projector']) {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: theme }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    for (const place of ['3', '5']) {
      await lesson.open(place);
      await expectNone(ofTheme, `lesson ${place}, ${theme}`);
    }
  }
  await page.goto('./teachers.html');
  await expect(page.getByRole('heading', { name: 'Aims' })).toBeVisible();
  await expectNone(ofTheme, 'for teachers, on a projector');
  await page.evaluate(() => localStorage.setItem('depthscope.theme', 'light'));
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Aims' })).toBeVisible();
  await expectNone(standard, 'for teachers');
});
