/** The pictures that chat programs show of our pages (`tools/staticPages.ts`), as Share draws them. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { laterText } from '../../src/messages/laterText.ts';
import { text } from '../../src/messages/messages.ts';
import { siteName } from '../staticPages/words.ts';
import { previewOf, previewSize } from '../staticPages.ts';
import { RUN_MS, type Take } from './take.ts';

const pictures = {
  degradation: '#v=1&a=t7-plain-38&b=t7-residual-38',
  depths: '#v=1&a=t7-plain-8&b=t7-plain-56',
  vanishing: '#v=1&a=f7-plain-4&b=f7-plain-12&act=sigmoid&init=xavier&lr=0.1&steps=60',
  exploding: '#v=1&a=f7-plain-12&b=f7-plain-20&init=xavier&gain=2&steps=1',
} as const;

/** Of the strip below the figure, where Share writes the address: the page's own is of no use to anybody else. */
const STRIP = 68;

async function take(browser: Browser, url: string, name: string, link: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  await page.goto(url + link);
  await page.getByRole('button', { name: text.app.transport.play, exact: true }).click();
  await page
    .getByRole('status')
    .filter({ hasText: text.app.status.finished })
    .waitFor({ state: 'attached', timeout: RUN_MS });
  await page.getByRole('button', { name: text.app.share.button }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: laterText.share.picture.save, exact: true }).click();
  const png = readFileSync(await (await download).path());
  const jpeg = await page.evaluate(
    async ([source, words, strip]) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
      const context = canvas.getContext('2d');
      if (!context) throw new Error('This browser draws nothing.');
      context.drawImage(image, 0, 0);
      context.fillStyle = '#ffffff';
      context.fillRect(0, canvas.height - strip, canvas.width, strip);
      context.fillStyle = '#1b1e23';
      context.font = `bold 26px ${getComputedStyle(document.body).fontFamily}`;
      context.fillText(words, 32, canvas.height - 24);
      return { url: canvas.toDataURL('image/jpeg', 0.85), size: [canvas.width, canvas.height] };
    },
    [`data:image/png;base64,${png.toString('base64')}`, `${siteName} · ${text.home.title}`, STRIP] as const,
  );
  if (jpeg.size.join() !== Object.values(previewSize).join())
    throw new Error(`The picture is of ${jpeg.size.join('×')} pixels.`);
  writeFileSync(`public/${previewOf(name)}`, Buffer.from(jpeg.url.replace(/^.*,/, ''), 'base64'));
  await page.close();
}

export const takePreviews: Take = async (browser, url, wanted) => {
  mkdirSync('public/previews', { recursive: true });
  for (const [name, link] of Object.entries(pictures)) {
    if (wanted.length === 0 || wanted.includes(name)) await take(browser, url, name, link);
  }
};
