// What an embed and the page around it say to each other, in the kinds of pages that embeds stand in.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { answer } from './answer.ts';
import { expectVerdict, long, openHost, pauseButton, short, stepOf, trainButton } from './embedPage.ts';
import { test } from './returning.ts';

/** As docs/embed.md tells those who write it themselves. */
const byHand = `
  window.heard = [];
  window.connect = (frame, id) => new Promise((resolve) => {
    addEventListener('message', ({ source, data, ports }) => {
      if (source !== frame.contentWindow || data.depthscope !== 1 || data.type !== 'connected' || data.id !== id) return;
      clearInterval(asking);
      const port = ports[0];
      const waiting = new Map();
      port.onmessage = ({ data }) => {
        if (data.event) heard.push([id, data.event, data.data]);
        else waiting.get(data.id)?.(data);
      };
      let last = 0;
      resolve({ port, capabilities: data.capabilities, ask: (method, params) => new Promise((done) => {
        const id = ++last;
        waiting.set(id, done);
        port.postMessage({ id, method, params });
      }) });
    });
    const asking = setInterval(() => frame.contentWindow.postMessage({ depthscope: 1, type: 'connect', id }, '*'), 500);
  });`;

declare global {
  interface Window {
    heard: [id: string, event: string, data: Record<string, unknown>][];
    said: unknown[];
    api: {
      port: MessagePort;
      capabilities: string[];
      ask(method: string, params?: object): Promise<{ result?: unknown; error?: { code: string } }>;
    };
    connect(frame: HTMLIFrameElement, id: string): Promise<Window['api']>;
  }
}

const ask = async (page: Page, method: string, params: object = {}) =>
  page.evaluate(async ([name, given]) => window.api.ask(name, given), [method, params] as const);
const heard = (page: Page, event: string) =>
  page.evaluate((name) => window.heard.filter((each) => each[1] === name).map((each) => each[2]), event);

async function connectByHand(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = document.querySelector('iframe');
    if (frame) window.api = await window.connect(frame, 'one');
  });
}

test('the handshake and every request, spoken by hand; nonsense is not answered, and a flood not followed', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const frame = `<iframe title="Depth" src="${baseURL}?embed=1&show=bars,error,verdict,bet&origin=http://host.localhost${short}" width="700" height="500"></iframe>`;
  await openHost(page, { body: `${frame}<script>${byHand}</script>` });
  const residual = 'Residual, 8 layers';
  await page.frameLocator('iframe').getByRole('radio', { name: residual }).check();
  await connectByHand(page);
  const bet = { lesson: null, part: 'bet', answer: 'b', label: residual, isRight: null };
  await expect.poll(() => heard(page, 'prediction')).toEqual([bet]);
  expect(await heard(page, 'ready')).toEqual([
    { version: 1, link: '#v=1&a=t7-plain-8&b=t7-residual-8&train=200&test=100&steps=10', phase: 'idle', height: 455 },
  ]);
  expect((await ask(page, 'getResult')).result).toBe(null);
  expect((await ask(page, 'getState')).result).toMatchObject({
    v: 1,
    show: ['bars', 'error', 'verdict', 'bet'],
    ui: 'transport',
    step: null,
  });
  // Of what nobody can mean, nothing comes back.
  await page.evaluate(() => {
    const { port } = window.api;
    for (const nonsense of [
      null,
      7,
      'play',
      [],
      { method: 'play' },
      { id: {}, method: 'play' },
      { id: 9e9, method: 5 },
    ])
      port.postMessage(nonsense);
    const [frame] = document.querySelectorAll('iframe');
    for (const nonsense of [
      null,
      'connect',
      { depthscope: 2, type: 'connect', id: 'x' },
      { depthscope: 1, type: 'connect' },
    ]) {
      frame?.contentWindow?.postMessage(nonsense, '*');
    }
  });
  expect((await ask(page, 'dance')).error?.code).toBe('unknownMethod');
  expect((await ask(page, 'constructor')).error?.code).toBe('unknownMethod');
  expect((await ask(page, 'seek', { step: 'end' })).error?.code).toBe('badParams');
  expect((await ask(page, 'setState', { state: { v: 2 } })).error?.code).toBe('badParams');

  expect(
    (await ask(page, 'open', { link: '#v=1&a=t7-plain-8&steps=6&train=200&test=100&colour=red' })).result,
  ).toMatchObject({
    link: '#v=1&a=t7-plain-8&train=200&test=100&steps=6',
    problems: [{ code: 'link.unknownKey' }],
  });
  await expect(page.frameLocator('iframe').locator('.embed-stack')).toHaveCount(1);
  await ask(page, 'open', { link: short });
  expect((await ask(page, 'set', { steps: true, theme: 'dark', locale: 'xx' })).result).toEqual({ locale: 'en' });
  await expect(page.frameLocator('iframe').locator('html')).toHaveAttribute('data-theme', 'dark');

  expect((await ask(page, 'step', { steps: 2 })).result).toEqual({ step: 2 });
  const measured = (await ask(page, 'measure', { network: 'b', step: 2 })).result as {
    layers: string[];
    values: number[];
  };
  expect(measured.values).toHaveLength(measured.layers.length);
  expect(measured.values.every((value) => value > 0)).toBe(true);
  expect((await ask(page, 'measure', { network: 'd' })).error?.code).toBe('noNetwork');
  expect((await ask(page, 'measure', { step: 9 })).error?.code).toBe('noStep');
  expect((await ask(page, 'seek', { step: 9 })).error?.code).toBe('noStep');
  await ask(page, 'seek', { step: 1 });
  await expect.poll(() => stepOf(page.frameLocator('iframe'))).toBe(1);
  await ask(page, 'seek', { step: null });
  await ask(page, 'play');
  await expectVerdict(page.frameLocator('iframe'));
  await expect.poll(() => heard(page, 'completed')).toEqual([{ steps: 10, lesson: null }]);
  const phases = (await heard(page, 'phase')).map(({ phase }) => phase);
  expect(phases.slice(0, 1)).toEqual(['loading']);
  expect(phases.slice(-2)).toEqual(['running', 'finished']);
  expect((await heard(page, 'step')).length).toBeGreaterThan(0);
  const { result } = await ask(page, 'getResult');
  expect(result).toMatchObject({
    steps: 10,
    planned: 10,
    isOver: true,
    networks: [{ id: 'a', name: 'Plain, 8 layers' }, { id: 'b' }],
  });
  expect((await heard(page, 'result')).at(-1)).toEqual(result);
  const { picture } = (await ask(page, 'picture')).result as { picture: string };
  expect(picture).toMatch(/^<svg[\s\S]*<\/svg>$/);
  const kept = (await ask(page, 'getState')).result as object;
  await ask(page, 'open', { link: '#v=1&a=t7-plain-20' });
  await ask(page, 'setState', { state: kept });
  await expect(page.frameLocator('iframe').locator('.figure [data-network]')).toHaveCount(2);
  await ask(page, 'reset');

  // A hundred at once: some answers, and one word on it.
  await page.evaluate(() => {
    for (let id = 0; id < 200; id++) window.api.port.postMessage({ id: `flood ${id}`, method: 'getState' });
  });
  await expect.poll(async () => (await heard(page, 'error')).map(({ code }) => code)).toEqual(['flood']);
});

test('a page from elsewhere than the address says is not answered', async ({ page, baseURL }) => {
  const frame = `<iframe title="Depth" src="${baseURL}?embed=1&origin=https://other.example${short}" width="700" height="500"></iframe>`;
  await openHost(page, { body: `${frame}<script>${byHand}</script>` });
  await expect(trainButton(page.frameLocator('iframe'))).toBeEnabled();
  const answered = page.evaluate(async () => {
    const frame = document.querySelector('iframe');
    return Promise.race([
      frame && window.connect(frame, 'one').then(() => true),
      new Promise((done) => setTimeout(() => done(false), 1500)),
    ]);
  });
  expect(await answered).toBe(false);
});

test('WordPress: sandboxed, with its secret, it trains, says its height, and has its link followed', async ({
  page,
  baseURL,
}) => {
  // What wp-embed.js does: it hears a frame that knows its secret, and gives it between 200 and 1,000 pixels.
  const wordpress = `
    window.said = [];
    addEventListener('message', ({ source, data }) => {
      if (!data || !data.secret || /[^a-zA-Z0-9]/.test(data.secret)) return;
      const frame = document.querySelector('iframe[data-secret="' + data.secret + '"]');
      if (!frame || source !== frame.contentWindow) return;
      said.push(data.message);
      if (data.message === 'height') frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
      if (data.message === 'link') said.push(new URL(data.value).host === new URL(frame.src).host);
    });`;
  const frame = `<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" title="Depthscope" src="${baseURL}?embed=1${short}#?secret=V8zmGZ7dAx" data-secret="V8zmGZ7dAx" width="600" height="338" frameborder="0" marginwidth="0" marginheight="0" scrolling="no"></iframe>`;
  await openHost(page, { body: `<script>${wordpress}</script><figure>${frame}</figure>` });
  const depth = page.frameLocator('iframe');
  await expect(depth.locator('.embed-stack')).toHaveCount(2);
  await expect(depth.getByText('Plain, 8 layers', { exact: true })).toBeVisible();
  await expect(page.locator('iframe')).toHaveAttribute('height', '390');
  await depth.getByRole('link', { name: 'Open in Depthscope' }).click();
  await expect.poll(() => page.evaluate(() => window.said)).toEqual(expect.arrayContaining(['link', true]));
  await trainButton(depth).click();
  await expectVerdict(depth);
});

test('Canvas, and a frame in a frame: without any permission it trains, and says its height', async ({
  page,
  baseURL,
}) => {
  const inner = `<iframe title="inner" src="${baseURL}?embed=1${short}" width="560" height="420"></iframe>`;
  await answer(page, 'http://lti.example/frame.html', () => ({
    headers: { 'content-type': 'text/html' },
    body: inner,
  }));
  const listening = `<script>window.said = []; addEventListener('message', ({ data }) => said.push(data.subject));</script>`;
  await openHost(page, {
    body: `${listening}<iframe title="one" src="${baseURL}?embed=1${short}" width="700" height="500"></iframe><iframe title="two" src="http://lti.example/frame.html" width="600" height="460"></iframe>`,
  });
  await expect.poll(() => page.evaluate(() => window.said)).toContain('lti.frameResize');
  const nested = page.frameLocator('iframe[title=two]').frameLocator('iframe');
  await trainButton(nested).click();
  await expectVerdict(nested);
});

test('where a frame may store nothing, and where the page around is isolated, it trains', async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('Denied', 'SecurityError');
        },
      });
    }
  });
  await openHost(page, {
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    body: `<iframe title="Depth" src="${baseURL}?embed=1${short}" width="700" height="500" allow="cross-origin-isolated"></iframe>`,
  });
  const depth = page.frameLocator('iframe');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await depth.locator('body').evaluate(() => crossOriginIsolated)).toBe(true);
  await trainButton(depth).click();
  await expectVerdict(depth);
});

test('where the browser’s own settings let no site keep anything, it trains', async ({
  baseURL,
  playwright,
  launchOptions,
}, testInfo) => {
  const profile = testInfo.outputPath('profile');
  mkdirSync(join(profile, 'Default'), { recursive: true });
  // What “Block all cookies” writes. (Where only those of third parties are blocked, Chromium gives each page's frames a storage of their own.)
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(settings));
  const context = await playwright.chromium.launchPersistentContext(profile, launchOptions);
  const complaints: string[] = [];
  context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  await openHost(page, {
    body: `<iframe title="Depth" src="${baseURL}?embed=1${short}" width="700" height="500"></iframe>`,
  });
  const depth = page.frameLocator('iframe');
  const refused = await depth.locator('body').evaluate(() => {
    try {
      return localStorage.length;
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(refused).toBe('SecurityError');
  await trainButton(depth).click();
  await expectVerdict(depth);
  expect(complaints).toEqual([]);
  await context.close();
});

test('out of sight it says that it is paused, and goes on when it is back; at another width it says another height', async ({
  page,
  baseURL,
}) => {
  const frame = `<iframe title="Depth" src="${baseURL}?embed=1${long}" width="700" height="500"></iframe>`;
  await openHost(page, { body: `${frame}<script>${byHand}</script>` });
  await connectByHand(page);
  await ask(page, 'play');
  const phase = async () => (await heard(page, 'phase')).at(-1)?.phase;
  await expect.poll(phase, { timeout: 60_000 }).toBe('running');
  await page.evaluate(() => document.querySelector('iframe')?.style.setProperty('display', 'none'));
  await expect.poll(phase).toBe('paused');
  await page.evaluate(() => document.querySelector('iframe')?.style.setProperty('display', 'block'));
  await expect.poll(phase).toBe('running');
  await page.setViewportSize({ width: 400, height: 800 });
  await page.evaluate(() => document.querySelector('iframe')?.setAttribute('width', '360'));
  await expect.poll(async () => (await heard(page, 'resize')).at(-1)).toEqual({ height: 600 });
});

test.describe('<depth-scope>', () => {
  const scriptOf = (site: string | undefined) => `<script type="module" src="${site}embed/v1.js"></script>`;

  test('under a strict policy and a sub-path: three on a page, each with a port of its own, one in training', async ({
    page,
    baseURL,
  }) => {
    const site = 'http://tools.localhost/some/path/';
    await page.route(`${site}**`, async (route) => {
      const response = await route.fetch({
        url: route
          .request()
          .url()
          .replace(site, baseURL ?? ''),
      });
      await route.fulfill({ response });
    });
    const one = (experiment: string) =>
      `<depth-scope experiment="${experiment}" caption="Depth" height="300"><a href="#">Open it</a></depth-scope>`;
    await openHost(page, {
      headers: {
        'Content-Security-Policy': `default-src 'none'; img-src data:; script-src ${new URL(site).origin}; frame-src ${new URL(site).origin}`,
      },
      body: `${one(short)}${one(long)}${one('#v=1&amp;a=t7-plain-20&amp;steps=5000')}${scriptOf(site)}`,
    });
    await expect(page.locator('iframe')).toHaveCount(3);
    const links = await page.evaluate(async () => {
      const all = [...document.querySelectorAll('depth-scope')] as unknown as {
        connected: Promise<{ request(method: string): Promise<{ link: string }> }>;
      }[];
      return Promise.all(all.map(async (each) => (await (await each.connected).request('getState')).link));
    });
    expect(links).toEqual([
      expect.stringMatching(/steps=10$/),
      expect.stringMatching(/steps=5000$/),
      '#v=1&a=t7-plain-20&steps=5000',
    ]);
    const [first, second] = [page.frameLocator('iframe >> nth=0'), page.frameLocator('iframe >> nth=1')];
    await expect(page.locator('iframe').first()).toHaveAttribute('allow', /cross-origin-isolated/);
    await page.evaluate(() => {
      window.said = [];
      addEventListener(
        'depthscope-result',
        ({ target }) => window.said.push((target as Element).matches(':first-child')),
        true,
      );
    });
    await trainButton(second).click();
    await expect(pauseButton(second)).toBeVisible({ timeout: 60_000 });
    await trainButton(first).click();
    await expectVerdict(first);
    await expect.poll(() => page.evaluate(() => window.said)).toEqual([true]);
    await expect(trainButton(second)).toBeVisible();
  });

  test('waits for a press where that is asked for, and takes the height that suits it', async ({ page, baseURL }) => {
    await openHost(page, {
      body: `<main style="width:700px"><depth-scope loading="click" label="Try it" experiment="${short}"><p>Two networks.</p></depth-scope></main>${scriptOf(baseURL)}`,
    });
    await expect(page.getByText('Two networks.')).toBeVisible();
    await expect(page.locator('iframe')).toHaveCount(0);
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(page.locator('iframe')).toHaveCSS('height', '455px');
  });

  test('says with a code that an embed does not answer, and shows what stands in its place', async ({
    page,
    baseURL,
  }) => {
    await page.route('http://silent.example/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: 'Nobody is here.' }),
    );
    await openHost(page, {
      body: `<script>window.said = []; addEventListener('depthscope-error', ({ detail }) => said.push(detail.code), true);</script>
        <depth-scope site="http://silent.example/" timeout="1" experiment="${short}"><a href="${baseURL}">Open it in Depthscope</a></depth-scope>${scriptOf(baseURL)}`,
    });
    await expect(page.locator('depth-scope')).toHaveAttribute('failed', 'timeout');
    await expect(page.getByRole('link', { name: 'Open it in Depthscope' })).toBeVisible();
    expect(await page.evaluate(() => window.said)).toEqual(['timeout']);
    const code = await page.evaluate(() =>
      (document.querySelector('depth-scope') as unknown as { connected: Promise<unknown> }).connected.catch(
        ({ code }) => code,
      ),
    );
    expect(code).toBe('timeout');
  });
});

test('the script for pages of others is at most 4 KB, imports nothing, and may be loaded by anybody', async ({
  request,
}) => {
  const response = await request.get('./embed/v1.js');
  const script = await response.text();
  expect(gzipSync(script).length).toBeLessThanOrEqual(4096);
  expect(script).not.toMatch(/\bimport\b(?!\.meta)/);
  expect(script).toMatch(/export\{\w+ as connect\}/);
  expect(response.headers()).toMatchObject({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  });
});
