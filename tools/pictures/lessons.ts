/** Every lesson after its run, on a desk and on a phone. */
import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { text } from '../../src/messages/messages.ts';
import { RUN_MS, type Take } from './take.ts';

const folder = 'docs/lessons';
const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

/** The parts that are pictured; the others are of the same set-ups. Long runs are cut short: the pictures are to show the page. */
const pictured = [
  { name: '1', place: '1&steps=40' },
  { name: '2', place: '2' },
  { name: '3', place: '3' },
  { name: '4', place: '4' },
  { name: '5', place: '5' },
  { name: '6', place: '6&steps=60' },
  { name: '6-graft', place: '6&part=2&steps=40' },
  { name: '7', place: '7' },
  { name: '8', place: '8' },
  { name: '9', place: '9&steps=40' },
] as const;

const words = text.lessons;

/** Runs a lesson to its verdict: without a prediction, or with one that deeper is better where a curve is to be drawn. */
async function runLesson(page: Page): Promise<void> {
  const panel = page.getByRole('complementary', { name: words.panel });
  const verdict = panel.locator('.lesson-verdict');
  const skip = panel
    .getByRole('button', { name: words.run.skip })
    .or(panel.getByRole('button', { name: words.tellMe }));
  const run = panel.getByRole('button', { name: words.run.start });
  const insert = panel.getByRole('button', { name: /^Insert/ });
  await skip.or(verdict).first().waitFor();
  const expected = panel.getByRole('slider', { name: /^Expected/ });
  for (let i = 0; i < (await expected.count()); i++) await expected.nth(i).fill(String(26 - 3 * i));
  if ((await expected.count()) > 0) await panel.getByRole('button', { name: words.question.fix }).click();
  while (!(await verdict.isVisible())) {
    if (await skip.isVisible()) await skip.click();
    if (await insert.isVisible()) await insert.click();
    if (await run.isEnabled({ timeout: 1000 }).catch(() => false)) await run.click();
    await verdict.or(insert).or(run).first().waitFor({ timeout: RUN_MS });
  }
}

export const takeLessons: Take = async (browser, url, wanted) => {
  mkdirSync(folder, { recursive: true });
  for (const { name, place } of pictured) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const page = await browser.newPage({ viewport: sizes[0], colorScheme: 'light' });
    await page.goto(`${url}#lesson=${place}`);
    await runLesson(page);
    for (const size of sizes) {
      await page.setViewportSize(size);
      await page.screenshot({ path: `${folder}/lesson-${name}-${size.width}.png` });
    }
    await page.close();
  }
};
