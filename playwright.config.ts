import { defineConfig } from '@playwright/test';
import { browserFlags, findBrowser } from './tools/browser.ts';

/** The tests' server is on this machine, which a page of somebody else's may not ask for anything; on the web it is not. */
const reachable = '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessForWorkers';

/** `npm test` looks for a free port first. */
const port = Number(process.env.E2E_PORT ?? 4174);
const url = `http://127.0.0.1:${port}/`;

/** What people do, in the page as it is built: `vite build` comes first. */
export default defineConfig({
  testDir: 'e2e',
  // Each test trains for real, mostly in one thread; more at a time would wait for each other on two cores.
  workers: 2,
  // The lessons are long, and no test needs another: whichever worker is free takes the next.
  fullyParallel: true,
  // No test is about time: the limit ends what hangs, on busy machines too.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  // Where a machine is shared, a test may have to wait for others: what fails once and then passes is listed as flaky.
  retries: 1,
  reporter: 'list',
  use: {
    baseURL: url,
    // Between page and network it would hide requests from tests that answer them; `offline.spec.ts` has it.
    serviceWorkers: 'block',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
  },
  projects: [
    {
      name: 'chromium',
      use: {
        browserName: 'chromium',
        launchOptions: { executablePath: findBrowser(), args: [...browserFlags, reachable] },
      },
    },
  ],
  webServer: {
    command: `npx vite preview --host 127.0.0.1 --port ${port} --strictPort`,
    url,
    reuseExistingServer: false,
    stdout: 'ignore',
  },
});
