/** `npm run picture`: takes the picture of the README, midway through a run of the default experiment. */
import type { Browser } from '@playwright/test';
import { text } from '../src/messages/messages.ts';
import { withBrowser } from './browserPage.ts';

const WIDTH = 1440;
const HEIGHT = 900;
const experiment = '#v=1&a=t7-plain-38&b=t7-residual-38';
/** Where the run is stopped: late enough for the curves to have parted. */
const STEP = 60;

async function takePicture(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT }, colorScheme: 'light' });
  await page.goto(url + experiment);
  await page.getByRole('button', { name: text.app.transport.play }).click();
  const scrubber = page.getByRole('slider', { name: text.app.transport.scrubber });
  await page.waitForFunction(
    ([input, step]) => input instanceof HTMLInputElement && Number(input.value) >= Number(step),
    [await scrubber.elementHandle(), STEP] as const,
  );
  await page.getByRole('button', { name: text.app.transport.pause }).click();
  await page.screenshot({ path: 'docs/lab.png' });
}

withBrowser('index.html', takePicture).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
