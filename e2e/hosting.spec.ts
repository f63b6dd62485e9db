import { expect } from '@playwright/test';
import { LabPage, test } from './labPage.ts';

const experiment = '#v=1&a=t7-plain-8&steps=2&train=200&test=100';

test('every file of the page comes with a policy, its type as it is said to be, and no referrer', async ({
  request,
}) => {
  for (const path of ['./', './index.html', './teachers.html', './icon.svg', './data/manifest.json']) {
    const headers = (await request.get(path)).headers();
    expect(headers['content-security-policy'], path).toContain(
      "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-",
    );
    expect(headers, path).toMatchObject({
      'document-isolation-policy': 'isolate-and-require-corp',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['content-security-policy'], 'anybody may embed it').not.toContain('frame-ancestors');
    expect(headers, 'anybody may embed it').not.toHaveProperty('x-frame-options');
  }
});

test('files that are named by their content stay as they are, and all others are asked for again', async ({
  request,
}) => {
  const caching = async (path: string) => (await request.get(path)).headers()['cache-control'];
  const page = await (await request.get('./')).text();
  const [, script = ''] = /<script type="module"[^>]* src="(\.\/assets\/[^"]+)"/.exec(page) ?? [];
  const [, images = ''] = /"(test-0\.[^"]+)"/.exec(await (await request.get('./data/manifest.json')).text()) ?? [];
  for (const path of [script, `./data/${images}`]) {
    expect(await caching(path), path).toBe('public, max-age=31536000, immutable');
    expect((await request.get(path)).status(), path).toBe(200);
  }
  for (const path of ['./', './data/manifest.json', './embed/v1.js', './sw.js'])
    expect(await caching(path), path).toBe('no-cache');
  expect(await caching('./assets/no.js')).toBeUndefined();
});

test('what does not exist is not found', async ({ request }) => {
  for (const path of [
    './no-such-page',
    './no/such/page',
    './no.html',
    './assets/no.js',
    './data/no.bin',
    './no.wasm',
  ]) {
    const response = await request.get(path, { headers: { accept: 'text/html,*/*' } });
    expect(response.status(), path).toBe(404);
    expect(await response.text(), path).not.toContain('<script');
  }
});

test.describe('on a static host, which sends no headers of ours', () => {
  test.use({ expectedError: /violates the following Content Security Policy directive/ });

  test('the page carries its policy itself: it trains, and no script of others runs', async ({ page }) => {
    await page.route('**/*', async (route) => {
      // The server ends connections that lie idle, at times as a request goes out on one: then that is made again.
      const response = await route.fetch({ maxRetries: 3 });
      const headers = Object.fromEntries(
        Object.entries(response.headers()).filter(
          ([name]) => !/^(content-security|cross-origin|document-isolation|x-content|referrer)/.test(name),
        ),
      );
      const isPage = headers['content-type']?.includes('text/html');
      const body = isPage
        ? (await response.text()).replace('</head>', '<script>globalThis.intruded = true;</script></head>')
        : await response.body();
      await route.fulfill({ status: response.status(), headers, body });
    });
    const lab = new LabPage(page);
    await lab.open(experiment);
    expect(await page.evaluate(() => [crossOriginIsolated, 'intruded' in globalThis])).toEqual([false, false]);
    await lab.train();
    // The page still fetches what it will need; nobody waits for that any more.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });
});
