import { expect } from '@playwright/test';
import { browserFlags, findBrowser } from '../tools/browser.ts';
import { test } from './labPage.ts';

/** The test's server is on this machine, which a page of nobody in particular may not ask for anything; on the web it is not. */
const reachable = '--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessForWorkers';
test.use({ launchOptions: { executablePath: findBrowser(), args: [...browserFlags, reachable] } });

test('the page trains in a frame of an article, even where it is sandboxed and has no storage', async ({
  page,
  baseURL,
}) => {
  const frame = `<iframe title="Depth" sandbox="allow-scripts" src="./#v=1&a=f7-4&steps=3&train=1000" width="1200" height="800"></iframe>`;
  await page.route('**/article.html', (route) => route.fulfill({ contentType: 'text/html', body: frame }));
  await page.goto(`${baseURL}article.html`);
  const depth = page.frameLocator('iframe');
  await depth.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(depth.getByRole('status').filter({ hasText: 'Finished' })).toBeAttached({ timeout: 90_000 });
  await depth.getByRole('radiogroup', { name: 'View' }).getByText('Sweep', { exact: true }).click();
  await expect(depth.getByText('This browser does not let the page store anything').first()).toBeVisible();
});
