import { expect, type Page } from '@playwright/test';
import { LabPage } from './labPage.ts';
import { LessonPage } from './lessonPage.ts';
import { test } from './returning.ts';

/** What the page shows of a place: the heading of a lesson's part, or the view. */
async function expectPlace(page: Page, place: string): Promise<void> {
  const views = page.getByRole('radiogroup', { name: 'View' });
  const part = page.getByRole('complementary', { name: 'Lesson' }).getByRole('heading', { level: 3 });
  if (['Lab', 'Instruments', 'Sweep', 'Library'].includes(place)) {
    await expect(views.getByRole('radio', { name: place })).toBeChecked();
    await expect(part).toHaveCount(0);
  } else {
    await expect(part).toHaveText(place);
  }
}

const fades = 'A fixed tax on every layer';
const hides = 'The bar that hides it';
const edge = 'Find the edge';

async function openLesson(page: Page, number: number): Promise<void> {
  await page.getByRole('button', { name: /^Lessons/ }).click();
  await page
    .getByRole('menuitem', { name: new RegExp(`^${number} ·`) })
    .or(page.getByRole('menuitemradio', { name: new RegExp(`^${number} ·`) }))
    .click();
}

test('Back leads through the views, the parts and the lessons to where one began, Forward there again', async ({
  page,
}) => {
  const lab = new LabPage(page);
  const lesson = new LessonPage(page);
  await lab.open('#v=1&a=t7-plain-8&train=200&test=100&steps=3');
  await test.step('between views it keeps what was trained and edited since', async () => {
    await lab.view('Instruments');
    await page.getByRole('button', { name: 'seed 1' }).click();
    const seed = page.getByRole('textbox', { name: 'Seed' });
    await seed.fill('9');
    await seed.press('Enter');
    await page.keyboard.press('Escape');
    await lab.train();
    await page.goBack();
    await expectPlace(page, 'Lab');
    await expect.poll(() => lab.step()).toBe(3);
    await expect(page).toHaveURL(/#v=1&a=t7-plain-8&seed=9&train=200&test=100&steps=3$/);
  });

  await openLesson(page, 2);
  await expectPlace(page, fades);
  await lesson.panel.getByRole('button', { name: 'Next part' }).click();
  await expectPlace(page, hides);
  await openLesson(page, 3);
  await expectPlace(page, edge);
  await lesson.panel.getByRole('button', { name: 'Open in the lab' }).click();
  await expectPlace(page, 'Lab');
  await lab.view('Instruments');
  await expectPlace(page, 'Instruments');
  await expect(page).toHaveURL(/&view=instruments$/);

  const before = ['Lab', edge, hides, fades, 'Lab'];
  for (const place of before) {
    await page.goBack();
    await expectPlace(page, place);
  }
  await expect(page).toHaveURL(/#v=1&a=t7-plain-8&seed=9&train=200&test=100&steps=3$/);
  await expect(lab.network('a').getByRole('heading', { name: /\b8\b/ })).toBeVisible();
  for (const place of [fades, hides, edge, 'Lab', 'Instruments']) {
    await page.goForward();
    await expectPlace(page, place);
  }
  await page.reload();
  await expectPlace(page, 'Instruments');
  await page.goBack();
  await page.goBack();
  await expectPlace(page, edge);
});

test('a lesson that is left for the lab and come back to still has its run', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('2&steps=2&train=200&test=100');
  await lesson.predict(/more than 100,000/);
  await lesson.runAndCheck();
  await lesson.panel.getByRole('button', { name: 'Open in the lab' }).click();
  await new LabPage(page).view('Library');
  await page.goBack();
  await page.goBack();
  await lesson.values();
});
