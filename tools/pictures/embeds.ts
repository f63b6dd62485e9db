/** An embed before, during and after its run, in every size of frame that authors use, light and dark. */
import { mkdirSync } from 'node:fs';
import { text } from '../../src/messages/messages.ts';
import { embedSizes } from '../firstPicture.ts';
import { RUN_MS, reachStep, type Take, takeSizes } from './take.ts';

const folder = 'docs/embeds';
const experiment = '#v=1&a=t7-plain-20&b=t7-residual-20';
/** Where the run is stopped to be pictured. */
const MIDWAY = 40;

export const takeEmbeds: Take = async (browser, url) => {
  mkdirSync(folder, { recursive: true });
  const page = await browser.newPage({ viewport: embedSizes[0], colorScheme: 'light' });
  const takeAll = (when: string) =>
    takeSizes(
      page,
      embedSizes,
      () => ['light', 'dark'],
      ({ width, height }, theme) => `${folder}/${when}-${width}x${height}-${theme}.png`,
    );
  await page.goto(`${url}?embed=1${experiment}`);
  const train = page.getByRole('button', { name: text.embed.run });
  await train.waitFor();
  await takeAll('before');
  await train.click();
  await reachStep(page, MIDWAY);
  await takeAll('during');
  await page
    .locator('.figure-said')
    .getByText(/ of 100 /)
    .waitFor({ timeout: RUN_MS });
  await takeAll('after');
};
