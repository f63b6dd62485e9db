// Embeds as they stand in other people's pages.
import { expect, type Frame, type FrameLocator, type Page } from '@playwright/test';
import { answer } from './answer.ts';

/** Two small networks that train for seconds. */
export const short = '#v=1&a=t7-plain-8&b=t7-residual-8&steps=10&train=200&test=100';
/** The same for long enough to be interrupted. */
export const long = '#v=1&a=t7-plain-8&b=t7-residual-8&steps=5000&train=200&test=100';

const TRAINING_MS = 90_000;

interface Host {
  /** Of the page, beside the embed's own server. */
  readonly origin?: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Opens a page of somebody else's at `/article.html`. */
export async function openHost(
  page: Page,
  { origin = 'http://host.localhost', body, headers = {} }: Host,
): Promise<void> {
  const url = `${origin}/article.html`;
  await answer(page, url, () => ({
    headers: { 'content-type': 'text/html', ...headers },
    body: `<!doctype html><link rel="icon" href="data:,">${body}`,
  }));
  await page.goto(url);
}

type Place = Page | FrameLocator | Frame;

export const trainButton = (place: Place) => place.getByRole('button', { name: 'Train', exact: true });
export const pauseButton = (place: Place) => place.getByRole('button', { name: 'Pause', exact: true });
/** What the run showed, at whichever length. */
const verdict = (place: Place) =>
  place.getByRole('status').filter({ hasText: /is wrong on \d+ of 100|\d+ of 100 wrong|Plain \d+, Residual \d+/ });

export async function expectVerdict(place: Place): Promise<void> {
  await expect(verdict(place)).toBeAttached({ timeout: TRAINING_MS });
}

/** The step on view, as the slider says it; 0 where there is none yet. */
export async function stepOf(place: Place): Promise<number> {
  const slider = place.getByRole('slider', { name: 'Step shown' });
  return (await slider.count()) === 0 ? 0 : Number(await slider.inputValue());
}

/** Words that are cut off, and whatever would have to be scrolled to. */
export function misfits(page: Page | Frame): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, scrollHeight } = document.documentElement;
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.push(`scrolls: ${scrollWidth}×${scrollHeight}`);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (
        !node.textContent?.trim() ||
        !parent?.checkVisibility() ||
        parent.closest('.visually-hidden, option, title, desc')
      )
        continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { left, right, top, bottom, width, height } = range.getBoundingClientRect();
      if (width === 0 || height === 0) continue;
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
        found.push(`outside: ${node.textContent}`);
    }
    return found;
  });
}
