// A class that fills one figure: without a network, runs travel as texts.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, type Page } from '@playwright/test';
import { browserFlags, findBrowser } from '../tools/browser.ts';
import { faults } from './axe.ts';
import { LabPage, saveData } from './labPage.ts';
import { test as returning } from './returning.ts';

/** The server of `npm run room`, on a port of its own. */
const test = returning.extend<{ url: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants one
  url: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'depthscope-class-'));
    const port = await freePort();
    const args = [
      '--import',
      'tsx',
      'tools/room.ts',
      '--host',
      '127.0.0.1',
      '--port',
      String(port),
      '--folder',
      folder,
    ];
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => server.stdout.once('data', resolve));
    await use(`http://127.0.0.1:${port}/`);
    await ended(server);
    rmSync(folder, { recursive: true });
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Ends as Ctrl+C ends it. */
async function ended(server: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await exit;
}

/** What a camera of 640×480 sees of a picture: a film of two frames, as YUV4MPEG2. */
async function filmOf(page: Page, png: Buffer): Promise<Buffer> {
  const brightness = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(640, 480).getContext('2d');
    if (!canvas) throw new Error('No canvas.');
    canvas.fillStyle = 'white';
    canvas.fillRect(0, 0, 640, 480);
    canvas.drawImage(picture, 90, 10, 460, 460);
    return Array.from(canvas.getImageData(0, 0, 640, 480).data.filter((_, index) => index % 4 === 0));
  }, png.toString('base64'));
  const frame = [Buffer.from('FRAME\n'), Buffer.from(brightness), Buffer.alloc((640 * 480) / 2, 128)];
  return Buffer.concat([Buffer.from('YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n'), ...frame, ...frame]);
}

/** A page of a browser whose camera shows a film. */
async function withCamera(film: string, use: (page: Page) => Promise<void>): Promise<void> {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [
      ...browserFlags,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
  const context = await browser.newContext();
  await saveData(context);
  await use(await context.newPage());
  await browser.close();
}

/** Two networks that train for a second. */
const twins = '#v=1&a=t7-plain-8&b=t7-residual-8&steps=10&train=200&test=100';

test.describe('without a network', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('a finished run is handed in as a text or a link, and collected into the figure once', async ({
    page,
  }, testInfo) => {
    const lab = new LabPage(page);
    await lab.open(twins);
    await lab.train();
    const errors = Object.values(await lab.errorsAt('End'));
    await page.getByRole('button', { name: 'Hand in' }).click();
    const text = await page.getByRole('textbox', { name: 'The run as a text' }).inputValue();
    const code = page.getByRole('img', { name: 'QR code of the run' });
    const film = testInfo.outputPath('code.y4m');
    writeFileSync(film, await filmOf(page, await code.screenshot()));
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Copy a link' }).click();
    await expect(page.getByText('Copied.')).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press('Escape');

    // Its code is held before a camera in a class.
    await withCamera(film, async (teacher) => {
      await teacher.goto(link.replace(/#.*/, '#view=class'));
      await teacher.getByRole('button', { name: 'Scan with the camera' }).press('Enter');
      await expect(teacher.getByText('The code: 2 runs taken.')).toBeVisible();
      await teacher.getByRole('button', { name: 'Stop the camera' }).press('Enter');
      await expect(teacher.getByRole('button', { name: 'Scan with the camera' })).toBeFocused();
    });

    // Somebody follows the link, and pastes a text of the same run, and one that was cut off, in another visit.
    await page.goto('about:blank');
    await page.goto(link);
    await expect(page.getByText('The link: 2 runs taken.')).toBeVisible();
    await expect(page).toHaveURL(/view=class/);
    const field = page.getByRole('textbox', { name: 'Texts or links of runs' });
    await field.fill(`Ada: ${text}\nBen: ${text.slice(0, -9)}`);
    await page.getByRole('button', { name: 'Take these runs' }).press('Enter');
    await expect(page.getByText('2 runs taken, 2 of them known already')).toBeVisible();
    await expect(page.getByText('no record of a finished run')).toBeVisible();
    await expect(page.getByRole('heading', { name: '2 runs collected' })).toBeVisible();
    const chart = page.getByRole('slider', { name: /^Training error by depth/ });
    for (const error of errors)
      await expect(chart).toHaveAttribute('aria-valuetext', new RegExp(`${error.toFixed(1)}%`));
    await page.reload();
    await expect(page.getByRole('row', { name: /^Residual, 8 layers.*seed 1/ })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: /^Remove: Plain/ }).click();
    await expect(page.getByRole('heading', { name: '1 run collected' })).toBeVisible();
  });
});

test.describe('over a server', () => {
  test('a teacher opens a class, students bet, train and fill the figure, and the teacher leads, strikes and closes', async ({
    page: teacher,
    browser,
    url,
  }) => {
    await teacher.setViewportSize({ width: 1280, height: 720 });
    await teacher.goto(`${url}${twins}&view=class`);
    const depths = teacher.getByRole('textbox', { name: 'Depths' });
    await depths.fill('8, 20');
    await depths.press('Enter');
    await teacher.getByRole('button', { name: 'Open the class' }).press('Enter');
    await expect(teacher).toHaveURL(/#class=[A-Z2-9]{6}$/);
    const code = teacher.url().slice(-6);
    await expect(teacher.getByText(code, { exact: true })).toBeVisible();

    const students: Page[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        colorScheme,
        serviceWorkers: 'block',
      });
      await saveData(context);
      students.push(await context.newPage());
    }
    const [ada, ben] = students as [Page, Page];
    // One scans the code, the other types it.
    await ada.goto(`${url}#class=${code}`);
    await ben.goto(`${url}#view=class`);
    await ben.getByRole('textbox', { name: 'Code of the class' }).fill(` ${code.toLowerCase()} `);
    await ben.keyboard.press('Enter');
    await expect(ada.getByText(/^You are the \w+ \w+\.$/)).toBeVisible();
    await expect(ben.getByText(/^You are the \w+ \w+\.$/)).toBeVisible();
    const bet = ada.getByRole('radiogroup', { name: /^Your bet: at 20 layers/ });
    await bet.getByText('Residual', { exact: true }).click();
    await expect(ada.getByRole('button', { name: 'Train it' })).toBeDisabled();
    await expect(teacher.getByText('1 bet, shown when training starts.')).toBeVisible();
    expect(await faults(teacher)).toEqual([]);
    expect(await faults(ada)).toEqual([]);

    await teacher.getByRole('button', { name: 'Start training' }).click();
    for (const student of students) {
      const train = student.getByRole('button', { name: 'Train it' });
      await expect(train).toBeEnabled();
      await train.press('Enter');
    }
    for (const student of students) await expect(student.getByText('Your result has arrived.')).toBeVisible();
    await ada.getByRole('button', { name: 'Train another network' }).click();
    await expect(ada.getByText(/^Your network: Plain, 20 layers/)).toBeVisible();
    await ada.getByRole('button', { name: 'Train it' }).click();
    await expect(ada.getByText('The class has 3 runs.')).toBeVisible();
    await expect(teacher.getByText('runs done')).toBeVisible();
    const chart = teacher.getByRole('slider', { name: /^Training error by depth/ });
    await expect(chart).toHaveAttribute('aria-valuetext', /20 layers.*\d%/);
    expect(await faults(teacher)).toEqual([]);
    // As `npm start` serves it.
    expect(await teacher.evaluate(() => crossOriginIsolated)).toBe(true);

    // Without a connection a result waits, even while its page is closed, and arrives once when there is one again.
    await ben.getByRole('button', { name: 'Train another network' }).click();
    await expect(ben.getByText(/^Your network: Residual, 20 layers/)).toBeVisible();
    await ben.context().setOffline(true);
    await ben.getByRole('button', { name: 'Train it' }).click();
    await expect(ben.getByText('1 result waits for a connection.')).toBeVisible();
    await expect(ben.getByText('No connection to the class.')).toBeVisible();
    await ben.context().setOffline(false);
    await expect(ben.getByText('Your result has arrived. The class has 4 runs.')).toBeVisible();

    // The teacher takes everybody to a lesson and back, checks a run, and strikes it.
    await teacher.getByRole('button', { name: /Everybody is at/ }).click();
    await teacher.getByRole('option', { name: /^5/ }).click();
    await expect(ben.getByRole('heading', { name: 'Cured, and still worse' })).toBeVisible();
    await expect(ben.getByText(`Your teacher has taken class ${code} to lesson 5.`)).toBeVisible();
    expect(await faults(ben)).toEqual([]);
    await ben.getByRole('button', { name: 'Back to the class' }).press('Enter');
    await expect(ben.getByText(/^You are the/)).toBeVisible();
    await expect(ada.getByRole('heading', { name: 'Cured, and still worse' })).toBeVisible();
    await teacher.getByRole('button', { name: /Everybody is at/ }).click();
    await teacher.getByRole('option', { name: 'Training', exact: true }).click();
    await expect(ada.getByText(/^You are the/)).toBeVisible();
    await teacher.getByText('4 runs, to strike or to check').click();
    await teacher.getByRole('button', { name: /^Strike: Plain, 20 layers/ }).click();
    await expect(teacher.getByRole('row', { name: /^Plain, 20 layers.*\(struck\)/ })).toBeVisible();
    await expect(chart).toHaveAttribute('aria-valuetext', /^20 layers\. residual [\d.]+%$/);
    await teacher.reload();
    await expect(chart).toHaveAttribute('aria-valuetext', /^20 layers\. residual [\d.]+%$/);

    await teacher.getByRole('button', { name: 'Close the class' }).press('Enter');
    const dialog = teacher.getByRole('dialog', { name: 'Close the class' });
    await expect(dialog.getByRole('button', { name: 'Save records' })).toBeVisible();
    expect(await faults(teacher)).toEqual([]);
    await teacher.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await teacher.getByRole('button', { name: 'Close the class' }).press('Enter');
    await dialog.getByRole('button', { name: 'Close it for everybody' }).press('Enter');
    await expect(ada.getByText('The class is over.')).toBeVisible();
    await expect(teacher.getByRole('alert')).toContainText('There is no class of this code');
    for (const student of students) await student.context().close();
    await teacher.goto('about:blank');
  });
});
