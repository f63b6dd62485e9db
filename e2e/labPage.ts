import {
  type BrowserContext,
  test as base,
  type ConsoleMessage,
  type Disposable,
  expect,
  type Locator,
  type Page,
  type WebError,
  type Worker,
} from '@playwright/test';

interface Quiet {
  /** What a test makes the browser complain of on purpose; null where it is to be quiet. */
  readonly expectedError: RegExp | null;
  /** Whether pages are opened as where a browser is set to save data. */
  readonly savesData: boolean;
  readonly quiet: undefined;
}

interface Violation extends ReportBody {
  readonly effectiveDirective: string;
  readonly blockedURL: string;
}

/**
 * Lets a worker write to the console what its policy refuses, and has refused before anybody asked: of workers, Playwright hears nothing but
 * that.
 */
async function tellViolations(worker: Worker): Promise<void> {
  await worker
    .evaluate(() => {
      const tell = (reports: readonly Report[]) => {
        for (const { body } of reports) {
          const { effectiveDirective, blockedURL } = body as Violation;
          console.error(`A worker violates ${effectiveDirective}: ${blockedURL}`);
        }
      };
      new ReportingObserver(tell, { types: ['csp-violation'], buffered: true }).observe();
    })
    // It may have ended by then.
    .catch(() => undefined);
}

/**
 * Opens pages as where a browser is set to save data: they keep no files for visits without a network, of which each would fetch hundreds
 * while its test goes on.
 */
export function saveData(context: BrowserContext): Promise<Disposable> {
  return context.addInitScript(() => {
    if ('connection' in navigator) Object.defineProperty(navigator.connection, 'saveData', { value: true });
  });
}

/** For a page whose worker never answers: what it shows of an address, and where, waits for no engine, which is half the work of a visit. */
export function leaveOutEngine(): void {
  Object.assign(globalThis, {
    Worker: class extends EventTarget {
      postMessage() {}
      terminate() {}
    },
  });
}

/**
 * A test that fails on whatever the browser complains of, in pages, frames and workers: uncaught errors, errors on the console, and what a
 * Content-Security-Policy refuses.
 */
export const test = base.extend<Quiet>({
  expectedError: [null, { option: true }],
  savesData: [true, { option: true }],
  context: async ({ context, savesData }, use) => {
    if (savesData) await saveData(context);
    await use(context);
  },
  quiet: [
    async ({ context, expectedError }, use) => {
      const complaints: string[] = [];
      const add = (complaint: string) => {
        if (!expectedError?.test(complaint)) complaints.push(complaint);
      };
      const onConsole = (message: ConsoleMessage) => {
        if (message.type() === 'error') add(`${message.text()} (${message.location().url})`);
      };
      const onError = (error: WebError) => add(error.error().stack ?? error.error().message);
      const onPage = (page: Page) => page.on('worker', tellViolations);
      context.on('console', onConsole).on('weberror', onError).on('page', onPage);
      await use(undefined);
      // What is still on its way when a test ends concerns no handler of it any more.
      for (const page of context.pages()) await page.unrouteAll({ behavior: 'ignoreErrors' });
      context.off('console', onConsole).off('weberror', onError).off('page', onPage);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** All that the page has said above itself, but for what a busy machine is told: no test is about time. */
export function notices(page: Page): Locator {
  const all = page.getByRole('region', { name: 'Notices' }).locator('.notice');
  return all
    .filter({ hasNotText: 'has been loading for ten seconds' })
    .filter({ hasNotText: 'did not answer when it was asked for a GPU' });
}

/** Training errors in per cent, by the name of the network. */
export type Errors = Readonly<Record<string, number>>;

/** Long enough for two small networks to train on two busy cores. */
const TRAINING_MS = 90_000;

/** The lab page, as a person uses it. */
export class LabPage {
  readonly play: Locator;
  readonly pause: Locator;

  constructor(readonly page: Page) {
    this.play = page.getByRole('button', { name: 'Play', exact: true });
    this.pause = page.getByRole('button', { name: 'Pause', exact: true });
  }

  /** @param address hash, or query and hash, of the page; without a hash, of the lab as it opens */
  async open(address = ''): Promise<void> {
    await this.page.goto(`./${address}${address.includes('#') ? '' : '#view=lab'}`);
    await expect(this.play).toBeEnabled({ timeout: TRAINING_MS });
  }

  async view(name: 'Lab' | 'Instruments' | 'Sweep' | 'Library'): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'View' }).getByText(name, { exact: true }).click();
  }

  /** Presses play and waits until every step is done and evaluated. */
  async train(): Promise<void> {
    await this.play.click();
    await this.finished();
  }

  async finished(): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: 'Finished' })).toBeAttached({ timeout: TRAINING_MS });
  }

  /** Waits until at least this many steps are recorded. */
  async reached(step: number): Promise<void> {
    await expect.poll(() => this.step(), { timeout: TRAINING_MS }).toBeGreaterThanOrEqual(step);
  }

  /** The step on view. */
  async step(): Promise<number> {
    const words = await this.page.getByText(/^step [\d,]+ \/ [\d,]+$/).textContent();
    return Number(/step ([\d,]+)/.exec(words ?? '')?.[1]?.replaceAll(',', ''));
  }

  network(id: 'a' | 'b' | 'c' | 'd'): Locator {
    return this.page.locator(`[data-network=${id}]`);
  }

  /** Lengths of the bars of one network in pixels, input first. */
  async bars(id: 'a' | 'b'): Promise<readonly number[]> {
    const path = await this.network(id).locator('.stack-bars').getAttribute('d');
    return [...(path ?? '').matchAll(/h([\d.]+)/g)].map((match) => Number(match[1]));
  }

  /** The errors at one end of the Error chart, read as a screen reader does, once there are some. */
  async errorsAt(end: 'Home' | 'End'): Promise<Errors> {
    const chart = this.page.getByRole('slider', { name: /^Error/ });
    let errors: Errors = {};
    await expect(async () => {
      await chart.focus();
      await chart.press(end);
      const words = (await chart.getAttribute('aria-valuetext')) ?? '';
      const found = [...words.matchAll(/([^.;:]+): ([\d.]+)% training error/g)];
      errors = Object.fromEntries(found.map(([, name = '', percent]) => [name.trim(), Number(percent)]));
      expect(errors).not.toEqual({});
    }).toPass();
    return errors;
  }
}
