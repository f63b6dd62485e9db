// What the page does where a browser, a server or a host withholds what it starts with: it trains on the next best, or says why it cannot.
import { expect, type Page } from '@playwright/test';
import { FIRST_PICTURE_BYTES, openFirstPicture } from '../tools/firstPicture.ts';
import { ownScript } from '../tools/siteHeaders.ts';
import { answer, answerChanged } from './answer.ts';
import { LabPage, leaveOutEngine, test as newcomer, notices } from './labPage.ts';
import { test } from './returning.ts';

/** A network that every engine trains at once. */
const experiment = '#v=1&a=conv-4/2&batch=8&steps=2&train=200&test=100';
const workerScript = '*/assets/worker-*.js';

newcomer('the first picture takes no more bytes than it may', async ({ page }) => {
  const bytes = await openFirstPicture(page, './');
  // React alone is more than a quarter of what it may take.
  expect(bytes).toBeGreaterThan(FIRST_PICTURE_BYTES / 4);
  expect(bytes).toBeLessThan(FIRST_PICTURE_BYTES);
});

/** Runs a script in the training worker, before anything of ours asks for anything. */
function inWorker(page: Page, script: string): Promise<() => Promise<void>> {
  return answerChanged(page, workerScript, ({ body, ...rest }) => ({ ...rest, body: `${script}\n${body.toString()}` }));
}

/** A stub of WebGPU in the worker. */
const gpu = (requestAdapter: string) =>
  `Object.defineProperty(navigator, 'gpu', { value: { requestAdapter: ${requestAdapter} } });`;

/** Changes the adapters that the worker gets. */
const changedAdapter = (change: string) => `{
  const { gpu } = navigator;
  const ask = gpu.requestAdapter.bind(gpu);
  gpu.requestAdapter = async (options) => { const adapter = await ask(options); ${change}; return adapter; };
}`;

const unnamed = `Object.defineProperty(adapter, 'info', { value: { vendor: '', architecture: '', device: '', description: '' } })`;

/** The page and its workers with another Content-Security-Policy in the place of their own. */
async function underPolicy(page: Page, policy: string): Promise<void> {
  const meta = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
  const patterns = ['*/', '*/?backend=*', '*/assets/*orker-*.js', '*/assets/helper-*.js'];
  for (const pattern of patterns)
    await answerChanged(page, pattern, ({ status, headers, body }) => ({
      status,
      headers: { ...headers, 'content-security-policy': policy },
      body: body.toString().replace(meta, ''),
    }));
}

function badge(page: Page, name: RegExp) {
  return page.getByRole('button', { name });
}

const withoutGpu = [
  ['throws when it is asked for a GPU', gpu(`() => { throw new DOMException('blocklisted', 'NotSupportedError'); }`)],
  ['has a software GPU that does not say what it is', changedAdapter(unnamed)],
  [
    'has a software GPU that does not say what it is, and no WebGL',
    `OffscreenCanvas.prototype.getContext = () => null; ${changedAdapter(unnamed)}`,
  ],
] as const;

test('a browser that has no GPU, or a software one that does not say so, trains on WebAssembly, without a word', async ({
  page,
}) => {
  const lab = new LabPage(page);
  for (const [what, script] of withoutGpu) {
    await test.step(what, async () => {
      await page.goto('about:blank');
      const stop = await inWorker(page, script);
      await lab.open(experiment);
      await expect(badge(page, /Your processor/)).toBeVisible();
      await expect(notices(page)).toHaveCount(0);
      await lab.train();
      await stop();
    });
  }
});

test('a browser that never answers whether there is a GPU trains on WebAssembly, and that is said', async ({
  page,
}) => {
  await inWorker(page, gpu('() => new Promise(() => {})'));
  const lab = new LabPage(page);
  await lab.open(experiment);
  await expect(badge(page, /Your processor/)).toBeVisible();
  const said = page.locator('.notice').filter({ hasText: 'did not answer when it was asked for a GPU' });
  await expect(said).toHaveCount(1);
  await expect(notices(page)).toHaveCount(0);
  await lab.train();
  await said.getByRole('button', { name: 'Dismiss this notice' }).click();
  await expect(said).toHaveCount(0);
});

test('a GPU that refuses a limit it has announced trains with the usual ones', async ({ page }) => {
  const refusing = `const make = adapter.requestDevice.bind(adapter);
    adapter.requestDevice = async (wanted) => {
      if (Object.keys(wanted.requiredLimits).length > 0) throw new DOMException('limit', 'OperationError');
      return make(wanted);
    }`;
  await inWorker(page, changedAdapter(refusing));
  const lab = new LabPage(page);
  await lab.open(`?engine=webgpu${experiment}`);
  await expect(badge(page, /Your GPU/)).toBeVisible();
  await expect(notices(page)).toHaveCount(0);
  await lab.train();
});

test.describe('under a policy', () => {
  const strict = `default-src 'self'; script-src 'self' 'wasm-unsafe-eval' ${ownScript}; style-src 'self' 'unsafe-inline'`;

  test.describe('that forbids threads', () => {
    test.use({
      expectedError:
        /blob:.*violates the following Content Security Policy directive|A worker violates worker-src: blob/,
    });

    test('TensorFlow.js trains on one thread, and the page says so', async ({ page }) => {
      await underPolicy(page, `${strict}; worker-src 'self'`);
      const lab = new LabPage(page);
      await lab.open(`?backend=wasm${experiment}`);
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
      await expect(notices(page)).toHaveText([/tfjs wasm with threads did not start/]);
      await lab.train();
      await badge(page, /TensorFlow\.js · wasm/).click();
      await expect(page.getByRole('dialog').getByText('1 thread')).toBeVisible();
    });
  });

  test.describe('that asks for trusted types', () => {
    test.use({ expectedError: /TrustedScript|A worker violates require-trusted-types-for/ });

    test('the page trains', async ({ page }) => {
      await underPolicy(page, `${strict} blob:; worker-src 'self' blob:; require-trusted-types-for 'script'`);
      const lab = new LabPage(page);
      await lab.open(experiment);
      await expect(badge(page, /Your processor/)).toBeVisible();
      await lab.train();
    });
  });

  test.describe('that forbids to compile WebAssembly', () => {
    test.use({ expectedError: /WebAssembly|wasm|A worker violates (worker|script)-src: / });

    test('the page trains in JavaScript, and says so', async ({ page }) => {
      await underPolicy(page, strict.replace("'wasm-unsafe-eval'", ''));
      const lab = new LabPage(page);
      await lab.open(experiment);
      await expect(badge(page, /TensorFlow\.js · cpu/)).toBeVisible();
      await expect(notices(page).filter({ hasText: /cpu did not start/ })).toBeVisible();
      await lab.train();
    });
  });

  test.describe('that forbids workers', () => {
    test.use({ expectedError: /violates the following Content Security Policy directive/ });

    test('the page says that it cannot train', async ({ page }) => {
      await underPolicy(page, `${strict}; worker-src 'none'`);
      await page.goto(`./${experiment}`);
      await expect(page.getByRole('alert').filter({ hasText: /training worker/ })).toBeVisible();
    });
  });
});

test.describe('where files are missing', () => {
  test.use({ expectedError: /Failed to load resource|worker|wasm/ });
  const missing = { status: 404, body: '' };

  test('a page without its own script says so', async ({ page }) => {
    await answer(page, '*/assets/page-*.js', () => missing);
    await page.goto('./');
    await expect(page.getByText('This page could not start')).toBeVisible();
  });

  test('a worker without its script is reported, and a retry starts it', async ({ page }) => {
    const stop = await answer(page, workerScript, () => missing);
    await page.goto(`./${experiment}`);
    const alert = page.getByRole('alert').filter({ hasText: /training worker/ });
    await expect(alert).toBeVisible();
    await stop();
    await alert.getByRole('button', { name: 'Try again' }).click();
    const lab = new LabPage(page);
    await expect(lab.play).toBeEnabled();
    await expect(alert).toHaveCount(0);
    await lab.train();
  });

  test('without the files of TensorFlow.js’ WebAssembly the page trains on the next best engine, and says so', async ({
    page,
  }) => {
    await answer(page, '*.wasm', () => missing);
    const lab = new LabPage(page);
    await lab.open(`?backend=wasm${experiment}`);
    await expect(badge(page, /TensorFlow\.js · cpu/)).toBeVisible();
    await expect(notices(page).filter({ hasText: /tfjs wasm did not start/ })).toBeVisible();
    await lab.train();
  });

  test('where no thread of its own starts the page trains on one', async ({ page }) => {
    // Whoever looks at a page from outside does not see what its workers load for workers of their own.
    await inWorker(
      page,
      `globalThis.Worker = class extends EventTarget {
        constructor() { super(); setTimeout(() => this.dispatchEvent(new Event('error'))); }
        postMessage() {}
        terminate() {}
      };`,
    );
    const lab = new LabPage(page);
    await lab.open(experiment);
    await lab.train();
    await badge(page, /Your processor/).click();
    await expect(page.getByRole('dialog').getByText(/1 thread, SIMD/)).toBeVisible();
  });

  test('without any engine’s files that is said, and a retry gets them', async ({ page }) => {
    const engines = ['engine', 'start'].map((name) => answer(page, `*/assets/${name}-*.js`, () => missing));
    const stops = await Promise.all(engines);
    await page.goto(`./${experiment}`);
    const alert = page.getByRole('alert').filter({ hasText: /No engine/ });
    await expect(alert).toBeVisible();
    for (const stop of stops) await stop();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await new LabPage(page).train();
  });
});

test('a worker that gives no sign of life is reported', async ({ page }) => {
  await page.clock.install();
  await page.addInitScript(leaveOutEngine);
  await page.goto(`./${experiment}`);
  await expect(page.getByRole('heading', { name: 'Flat plain, 2 layers' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.clock.fastForward(21_000);
  await expect(page.getByRole('alert').filter({ hasText: /training worker could not be started/ })).toBeVisible();
});

const storages = {
  'that throws': () => {
    const denied = {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(globalThis, name, denied);
  },
  'that never answers': () => {
    indexedDB.open = () => new EventTarget() as IDBOpenDBRequest;
    if ('caches' in globalThis) caches.open = () => new Promise(() => undefined);
  },
} as const;

for (const [what, stub] of Object.entries(storages)) {
  test(`with a storage ${what} the page trains, and says once what is not kept`, async ({ page }) => {
    await page.addInitScript(stub);
    await inWorker(page, `(${stub})();`);
    const lab = new LabPage(page);
    await lab.open(experiment);
    await lab.train();
    await expect(notices(page)).toHaveText([/finished runs (and choices )?last until the page is closed/]);
    await notices(page).getByRole('button', { name: 'Dismiss this notice' }).click();
    await expect(notices(page)).toHaveCount(0);
    await lab.view('Library');
    await expect(page.getByRole('row', { name: /Flat plain, 2 layers/ })).toBeVisible();
  });
}

test('finished runs that are damaged are counted, and the others are there', async ({ page }) => {
  await page.addInitScript(() => {
    const request = indexedDB.open('depthscope', 1);
    request.onupgradeneeded = () => {
      const runs = request.result.createObjectStore('cells', { keyPath: 'key' });
      for (const run of [{ key: 'cut off' }, { key: 'strange', link: '#', finishedAt: 'yesterday', steps: -1 }])
        runs.add(run);
    };
    request.onsuccess = () => request.result.close();
  });
  const lab = new LabPage(page);
  await lab.open(experiment);
  await lab.train();
  await expect(notices(page)).toHaveText([/2 finished runs .* are damaged/]);
  await lab.view('Library');
  await expect(page.getByRole('row', { name: /Flat plain, 2 layers/ })).toBeVisible();
  await expect(page.getByRole('main').getByText(/2 finished runs .* are damaged/)).toBeVisible();
});
