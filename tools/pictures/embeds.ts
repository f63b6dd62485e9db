/**
 * An embed before, during and after its run (`run`), in every size of frame that authors use, light and dark; and, by its name, each thing that authors may
 * choose, before and after, in a wide frame and a tall one.
 */
import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { text } from '../../src/messages/messages.ts';
import { embedSizes } from '../firstPicture.ts';
import { RUN_MS, reachStep, type Take, takeSizes } from './take.ts';

const folder = 'docs/embeds';
const experiment = '#v=1&a=t7-plain-20&b=t7-residual-20';
/** Where the run is stopped to be pictured. */
const MIDWAY = 40;

const short = '#v=1&a=t7-plain-8&b=t7-residual-8&steps=60';
/** What stands in the query besides, and the hash. */
const choices: Readonly<Record<string, readonly [query: string, hash: string]>> = {
  'ui-none': ['&ui=none', short],
  four: ['', '#v=1&a=t7-plain-8&b=t7-residual-8&c=t7-plain-20&d=t7-residual-20&steps=60'],
  instrument: ['&instrument=history', short],
  lesson: ['', '#lesson=5&steps=60'],
  bet: ['&show=bars,error,verdict,bet', short],
  charts: ['&show=bars,error,depth,history,verdict', short],
};
const chosenSizes = embedSizes.filter(({ width }) => width === 700 || width === 360);

const trainButton = (page: Page) => page.getByRole('button', { name: text.embed.run });

/** Until it is said what the run showed, in whatever words there is room for. */
async function over(page: Page): Promise<void> {
  await page
    .getByRole('status')
    .getByText(/After \d+ steps|of 100 wrong/)
    .first()
    .waitFor({ state: 'attached', timeout: RUN_MS });
}

export const takeEmbeds: Take = async (browser, url, wanted) => {
  mkdirSync(folder, { recursive: true });
  const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name);
  const page = await browser.newPage({ viewport: embedSizes[0], colorScheme: 'light' });
  const take = (when: string, sizes: readonly (typeof embedSizes)[number][], themes: readonly string[]) =>
    takeSizes(
      page,
      sizes,
      () => themes,
      ({ width, height }, theme) => `${folder}/${when}-${width}x${height}-${theme}.png`,
    );
  if (isWanted('run')) {
    const takeAll = (when: string) => take(when, embedSizes, ['light', 'dark']);
    await page.goto(`${url}?embed=1${experiment}`);
    await trainButton(page).waitFor();
    await takeAll('before');
    await trainButton(page).click();
    await reachStep(page, MIDWAY);
    await takeAll('during');
    await over(page);
    await takeAll('after');
  }
  for (const [name, [query, hash]] of Object.entries(choices)) {
    if (!isWanted(name)) continue;
    // Another hash alone would not load the page anew.
    await page.goto('about:blank');
    await page.goto(`${url}?embed=1${query}${hash}`);
    await trainButton(page).waitFor();
    await take(`${name}-before`, chosenSizes, ['light']);
    if (name === 'bet') await page.getByRole('radio').nth(1).check();
    await trainButton(page).click();
    await over(page);
    await take(`${name}-after`, chosenSizes, ['light']);
  }
};
