/** A long run outlives its tab and its browser: it goes on from its latest copy, to the numbers of one that was never interrupted. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import { browserFlags, findBrowser } from '../tools/browser.ts';
import { LabPage, saveData } from './labPage.ts';
import { test } from './returning.ts';

const STEPS = 2000;
/** Small, so that most of the time is the browsers' own. */
const EXPERIMENT = `?engine=cpu#v=1&a=conv-4/2,residual-4&batch=16&train=1000&test=100&steps=${STEPS}&view=lab`;

interface OwnBrowser {
  readonly process: ChildProcess;
  readonly browser: Browser;
  readonly page: Page;
}

/** A browser whose profile stays when it is killed. */
async function startBrowser(profile: string): Promise<OwnBrowser> {
  const port = join(profile, 'DevToolsActivePort');
  rmSync(port, { force: true });
  const flags = [...browserFlags, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const process = spawn(findBrowser(), flags, { stdio: 'ignore' });
  await expect.poll(() => existsSync(port)).toBe(true);
  const address = `http://127.0.0.1:${readFileSync(port, 'utf8').split('\n')[0]}`;
  // Who connects while the first window opens may never be answered.
  let browser: Browser | undefined;
  await expect(async () => {
    browser = await chromium.connectOverCDP(address, { timeout: 10_000 });
  }).toPass({ timeout: 120_000 });
  if (!browser) throw new Error('no browser');
  const context = browser.contexts()[0] ?? (await browser.newContext());
  await saveData(context);
  const page = await context.newPage();
  return { process, browser, page };
}

/** The whole browser at once, as when the power fails. */
async function kill({ process, browser }: OwnBrowser): Promise<void> {
  const ended = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGKILL');
  await ended;
  await browser.close().catch(() => undefined);
}

/** What the browser keeps of the run: its latest copy, and the loss of every step. */
async function keptRun(page: Page) {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === 'depthscope-runs')) return null;
    const database = await settled(indexedDB.open('depthscope-runs'));
    const stores = database.transaction(['runs', 'records']);
    const [run] = await settled(stores.objectStore('runs').getAll());
    const parts = await settled(stores.objectStore('records').getAll());
    database.close();
    if (!run) return null;
    const records = parts.flatMap((part) => part.records);
    const losses = records.filter(({ type }) => type === 'step').map(({ step, loss }) => [step, loss]);
    const errors = records.filter(({ type }) => type === 'evaluation');
    const { parameters, moments } = run.snapshots.get('a');
    return { step: Number(run.step), losses, errors, parameters: parameters.map(String), moments: moments.map(String) };
  });
}

test('2,000 steps, the tab closed and the browser killed on the way, end as if nothing had happened', async ({
  page,
  baseURL,
}, info) => {
  const whole = new LabPage(page);
  await whole.open(EXPERIMENT);
  await whole.train();
  const expected = await keptRun(page);
  expect(expected?.losses.map(([step]) => step)).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));

  const profile = info.outputPath('profile');
  const address = new URL(EXPERIMENT, baseURL).href;
  let own = await startBrowser(profile);
  // A pause keeps a copy at once; what is trained after it is lost.
  const trainUntilKept = async (beyond: number) => {
    const lab = new LabPage(own.page);
    await expect(lab.play).toBeEnabled();
    await lab.play.click();
    await lab.reached(beyond + 1);
    await lab.pause.click();
    await expect.poll(async () => (await keptRun(own.page))?.step ?? 0).toBeGreaterThan(beyond);
    const kept = (await keptRun(own.page))?.step ?? 0;
    await lab.play.click();
    await lab.reached(kept + 1);
    return kept;
  };
  await own.page.goto(address);
  const first = await trainUntilKept(0);
  await own.page.close();

  const context = own.browser.contexts()[0];
  if (!context) throw new Error('no profile');
  own = { ...own, page: await context.newPage() };
  await own.page.goto(address);
  await expect(own.page.getByText(/^This browser has kept this run: it goes on from step/)).toBeVisible();
  await expect.poll(() => new LabPage(own.page).step()).toBeGreaterThanOrEqual(first);
  const second = await trainUntilKept(first);
  expect(second).toBeLessThan(STEPS);
  await kill(own);

  own = await startBrowser(profile);
  await own.page.goto(address);
  const lab = new LabPage(own.page);
  await expect(lab.play).toBeEnabled();
  // Another tab is told whose the run is.
  const other = await own.page.context().newPage();
  await other.goto(address);
  await expect(other.getByText(/^Another tab trains this experiment, and keeps it/)).toBeVisible();
  await other.close();
  await lab.train();
  expect(await keptRun(own.page)).toEqual(expected);
  expect(await lab.errorsAt('End')).toEqual(await whole.errorsAt('End'));
  await kill(own);
});
