import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { test as newcomer, saveData } from './labPage.ts';

interface Profile {
  readonly context: BrowserContext;
  /** Forgets all that a site keeps. */
  readonly forget: () => Promise<unknown>;
}

/**
 * A test in a browser that has been here before: it has the page's files, and what it has compiled of them, which is a third of the work of a
 * visit; nothing else is left of earlier tests.
 */
export const test = newcomer.extend<object, { profile: Profile }>({
  profile: [
    async ({ launchOptions }, use, { project }) => {
      const folder = mkdtempSync(join(tmpdir(), 'depthscope-profile-'));
      const { baseURL, viewport = null } = project.use;
      if (!baseURL) throw new Error('no site');
      const options = { ...launchOptions, baseURL, viewport, serviceWorkers: 'block' } as const;
      const context = await chromium.launchPersistentContext(folder, options);
      const [window] = context.pages();
      if (!window) throw new Error('no window');
      const browser = await context.newCDPSession(window);
      const { origin } = new URL(baseURL);
      const storageTypes = 'cookies,local_storage,indexeddb,cache_storage,service_workers';
      const forget = () => browser.send('Storage.clearDataForOrigin', { origin, storageTypes });
      await use({ context, forget });
      await context.close();
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  context: async ({ profile: { context, forget }, permissions, savesData }, use) => {
    const before = context.pages();
    const saving = savesData && (await saveData(context));
    if (permissions) await context.grantPermissions(permissions);
    await use(context);
    for (const page of context.pages()) if (!before.includes(page)) await page.close();
    await context.unrouteAll();
    await context.clearPermissions();
    if (saving) await saving.dispose();
    await forget();
  },
});
