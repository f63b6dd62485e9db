/** A browser with one of our pages, for scripts that look at it or make it work. */
import { type Browser, chromium } from '@playwright/test';
import { browserFlags, findBrowser } from './browser.ts';
import { type PageName, servePage } from './pages.ts';

/** The browser of all calls without flags of their own, where tests want one. */
let shared: Promise<Browser> | null = null;

/** For tests of commands: has one browser serve them all, each in a context of its own, until what is returned is called. */
export function shareBrowser(): () => Promise<void> {
  const browser = chromium.launch({ executablePath: findBrowser(), args: browserFlags });
  shared = browser;
  return async () => {
    shared = null;
    await (await browser).close();
  };
}

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
    const common = flags.length === 0 ? shared : null;
    const browser = await (common ?? chromium.launch({ executablePath, args: [...browserFlags, ...flags] }));
    try {
      return await use(browser, served.url);
    } finally {
      if (common) await Promise.all(browser.contexts().map((context) => context.close()));
      else await browser.close();
    }
  } finally {
    await served.close();
  }
}
