// An experiment as a SCORM package, as Share makes it, in a learning management system.
import { readFileSync } from 'node:fs';
import { expect, type FrameLocator, type Page } from '@playwright/test';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import type { LmsApi } from '../src/embed/lms.ts';
import { expectVerdict, short, trainButton } from './embedPage.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';
import { staticHost } from './staticHost.ts';

type Api = LmsApi & { LMSGetLastError(): string; readonly cmi: unknown };

/** All that the system knows, of which a course may read a part. */
interface Known {
  readonly interactions: Readonly<Record<number, Readonly<Record<string, unknown>>>>;
  readonly core: { readonly session_time: string };
}

declare global {
  interface Window {
    API: Api;
    refused: unknown[];
    calls: string[];
  }
}

/** A system of which the page is a part: scorm-again's API, and what is launched in a frame in a frame. */
const system = `<!doctype html><title>LMS</title><link rel="icon" href="data:,">
  <script src="./scorm12.js"></script>
  <script>
    window.refused = [];
    window.calls = [];
    window.API = new Scorm12API({ logLevel: 5, autocommit: false });
    const set = API.LMSSetValue.bind(API);
    API.LMSSetValue = (element, value) => {
      const answer = set(element, value);
      if (answer !== 'true') refused.push([element, value, API.LMSGetLastError()]);
      return answer;
    };
    for (const name of ['LMSInitialize', 'LMSCommit', 'LMSFinish']) API.on(name, () => calls.push(name));
  </script>
  <iframe title="player" src="./player.html" width="760" height="560"></iframe>`;
const player = '<!doctype html><iframe title="course" src="./course/scorm.html" width="720" height="520"></iframe>';

async function packageFromShare(page: Page, button: RegExp): Promise<Readonly<Record<string, Uint8Array>>> {
  const saved = page.waitForEvent('download');
  await page.getByRole('dialog', { name: 'Share this experiment' }).getByRole('button', { name: button }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('depthscope-depthscope-plain-8-layers-residual-8-layers-scorm.zip');
  const zip = new Uint8Array(readFileSync(await download.path()));
  const files = (await new ZipReader(new Uint8ArrayReader(zip)).getEntries()).map(async (entry) => {
    if (entry.directory) throw new Error(entry.filename);
    return [entry.filename, await entry.getData(new Uint8ArrayWriter())] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

async function launch(page: Page, files: Readonly<Record<string, Uint8Array>>) {
  const encoder = new TextEncoder();
  const host = await staticHost((path) => {
    if (path === 'lms.html') return encoder.encode(system);
    if (path === 'player.html') return encoder.encode(player);
    if (path === 'scorm12.js') return readFileSync('node_modules/scorm-again/dist/scorm12.min.js');
    return files[path.replace('course/', '')] ?? null;
  });
  await page.goto(`${host.url}lms.html`);
  return host;
}

const known = (page: Page): Promise<Known> => page.evaluate(() => JSON.parse(JSON.stringify(window.API.cmi)));
const elementOf = (page: Page, element: string) => page.evaluate((name) => window.API.LMSGetValue(name), element);

/** Bets, trains, leaves; what the system has heard of it. */
async function learn(page: Page, embed: FrameLocator): Promise<void> {
  // Whether or not the package listens by then.
  await embed.getByRole('radio', { name: 'Residual, 8 layers' }).check();
  await expect.poll(() => elementOf(page, 'cmi.core.lesson_status')).toBe('incomplete');
  const bet = { id: 'bet', type: 'fill-in', student_response: 'Residual, 8 layers' };
  await expect.poll(async () => (await known(page)).interactions[0]).toMatchObject({ ...bet, result: 'neutral' });
  await trainButton(embed).click();
  await expectVerdict(embed);
  await expect.poll(() => elementOf(page, 'cmi.core.lesson_status')).toBe('completed');
  const { interactions } = await known(page);
  expect(Object.values(interactions)).toEqual([
    expect.objectContaining({
      ...bet,
      result: expect.stringMatching(/^(?:correct|wrong)$/),
      time: expect.stringMatching(/^\d\d:\d\d:\d\d$/),
    }),
  ]);
  const isRight = interactions[0]?.result === 'correct';
  await expect(
    embed.getByText(`Your bet was “Residual, 8 layers”. That is ${isRight ? '' : 'not '}what happened.`),
  ).toBeVisible();
  expect(await elementOf(page, 'cmi.core.score.raw')).toBe(isRight ? '100' : '0');
  expect([await elementOf(page, 'cmi.core.score.min'), await elementOf(page, 'cmi.core.score.max')]).toEqual([
    '0',
    '100',
  ]);
  await page.evaluate(() => document.querySelector('iframe')?.remove());
  await expect.poll(() => page.evaluate(() => window.calls.at(-1))).toBe('LMSFinish');
  const calls = await page.evaluate(() => window.calls);
  expect(calls[0]).toBe('LMSInitialize');
  expect(calls).toContain('LMSCommit');
  expect(await page.evaluate(() => window.refused)).toEqual([]);
  const time = (await known(page)).core.session_time;
  // The system leaves out zeros at the end.
  expect(time).toMatch(/^\d{2,4}:\d\d:\d\d(?:\.\d\d?)?$/);
  expect(time).not.toMatch(/^[0:.]+$/);
}

test('packages with a frame of the site, and with all of it, report to the system that launches them', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const lab = new LabPage(page);
  await lab.open(short);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this experiment' });
  await dialog.getByRole('button', { name: 'A bet' }).click();
  const thin = await packageFromShare(page, /^Small package/);
  expect(Object.keys(thin)).toHaveLength(4);
  const whole = await packageFromShare(page, /^Whole package/);

  const course = await context.newPage();
  const embed = course.frameLocator('iframe').frameLocator('iframe').frameLocator('iframe');
  const lms = await launch(course, thin);
  await learn(course, embed);
  await lms.stop();

  // Whatever the package lacks is asked of nobody.
  const asked: string[] = [];
  course.on('request', (request) => asked.push(request.url()));
  const closed = await launch(course, whole);
  expect(await embed.locator('body').evaluate(() => crossOriginIsolated)).toBe(false);
  await learn(course, embed);
  expect(asked.filter((url) => !/^(?:blob|data):/.test(url) && !url.startsWith(closed.url))).toEqual([]);
  await closed.stop();
});
