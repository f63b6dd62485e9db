/** Opens the page of the bench and has it race. */
import type { Page } from '@playwright/test';
import { withBrowser } from '../browserPage.ts';
import type { BenchPage } from './page/main.ts';

declare const window: Window & { readonly bench: BenchPage };

/** A browser for as long as `use` takes. Every call gets a page of its own, so that none inherits what another left. */
export function withBench<T>(use: (bench: BenchPage) => Promise<T>): Promise<T> {
  return withBrowser('bench.html', (browser, url) => {
    const onPage = async <R>(call: (page: Page) => Promise<R>): Promise<R> => {
      const page = await browser.newPage();
      try {
        await page.goto(url);
        return await call(page);
      } finally {
        await page.close();
      }
    };
    return use({
      adapter: () => onPage((page) => page.evaluate(() => window.bench.adapter())),
      race: (...request) => onPage((page) => page.evaluate((args) => window.bench.race(...args), request)),
    });
  });
}
