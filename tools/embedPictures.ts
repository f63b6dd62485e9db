/** `npm run embed-pictures`: takes pictures of an embed before, during and after its run, in every size of frame that authors use, light and dark. */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { text } from '../src/messages/messages.ts';
import { withBrowser } from './browserPage.ts';
import { embedSizes } from './firstPicture.ts';

const folder = 'docs/embeds';
const experiment = '#v=1&a=t7-plain-20&b=t7-residual-20';
/** Where the run is stopped to be pictured. */
const MIDWAY = 40;

async function takeAll(page: Page, when: string): Promise<void> {
  for (const size of embedSizes) {
    await page.setViewportSize(size);
    for (const theme of ['light', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset.theme = name;
      }, theme);
      // What is measured anew is drawn in the frame after the next.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await page.screenshot({ path: `${folder}/${when}-${size.width}x${size.height}-${theme}.png` });
    }
  }
}

async function takePictures(browser: Browser, url: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const page = await browser.newPage({ viewport: embedSizes[0], colorScheme: 'light' });
  await page.goto(`${url}?embed=1${experiment}`);
  const train = page.getByRole('button', { name: text.embed.run });
  await train.waitFor();
  await takeAll(page, 'before');
  await page.setViewportSize(embedSizes[0]);
  await train.click();
  const scrubber = page.getByRole('slider', { name: text.app.transport.scrubber });
  await scrubber.waitFor({ timeout: 240_000 });
  await page.waitForFunction(
    ([input, step]) => input instanceof HTMLInputElement && Number(input.value) >= Number(step),
    [await scrubber.elementHandle(), MIDWAY] as const,
    { timeout: 240_000 },
  );
  await takeAll(page, 'during');
  await page.setViewportSize(embedSizes[0]);
  await page
    .locator('.figure-said')
    .getByText(/ of 100 /)
    .waitFor({ timeout: 240_000 });
  await takeAll(page, 'after');
}

withBrowser('index.html', takePictures).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
