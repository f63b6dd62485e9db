/** A browser with one of our pages, for scripts that look at it or make it work. */
import { type Browser, chromium } from '@playwright/test';
import { browserFlags, findBrowser } from './browser.ts';
import { type PageName, servePage } from './pages.ts';

/**
 * Serves a page and starts a browser, for as long as `use` takes.
 * @param use is given the page's address
 * @param flags of the browser, besides the usual ones
 */
export async function withBrowser<T>(
  name: PageName,
  use: (browser: Browser, url: string) => Promise<T>,
  flags: readonly string[] = [],
): Promise<T> {
  const executablePath = findBrowser();
  const served = await servePage(name);
  try {
    const browser = await chromium.launch({ executablePath, args: [...browserFlags, ...flags] });
    try {
      return await use(browser, served.url);
    } finally {
      await browser.close();
    }
  } finally {
    await served.close();
  }
}
