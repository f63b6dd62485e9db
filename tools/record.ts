/**
 * `npm run record -- FOLDER [lab] [code] [charts]`: writes down what the product computes and draws, so that two states of the tree can be
 * compared with `diff -r`. Numbers, programs and tables must be equal bit for bit; pictures are for the eye.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Download, Page } from '@playwright/test';
import { networkIds } from '../src/experiment/experiment.ts';
import { parseLink } from '../src/experiment/parseLink.ts';
import { messageOf } from '../src/experiment/problem.ts';
import { frameworks, programOf } from '../src/export/program.ts';
import { withBrowser } from './browserPage.ts';
import { openInstruments } from './labPage.ts';

/** Every family, norm, activation, shortcut and setting of blocks; small, so that the float64 reference engine trains them too. */
const experiments: Readonly<Record<string, string>> = {
  twins: 'a=t7-plain-8&b=t7-residual-8',
  s14: 'a=s14-plain-8&b=s14-residual-8&batch=8',
  sigmoid: 'a=f7-6&act=sigmoid&init=xavier&norm=none',
  tanh: 'a=f7-4&act=tanh&init=normal&std=0.05&norm=none',
  gain: 'a=f7-4&init=xavier&gain=3&norm=none&clip=1&wd=0.001',
  optionB: 'a=t7-residual-8&shortcut=b&order=pre',
  projection: 'a=t7-residual-8&shortcut=c&opt=adam&lr=0.003&schedule=cosine',
  scales: 'a=t7-residual-8&skipscale=0.5&branchscale=0.5&skipinit=on&norm=none&lr=0.01',
  gates: 'a=t7-residual-8&gate=exclusive&b=t7-residual-8&b.gate=shortcut&b.gatebias=-3',
  chance: 'a=t7-residual-8&dropout=0.2&survival=0.5&b=t7-residual-8&b.order=pre&b.dropout=0.1',
  pools: 'a=conv-4/2,maxpool,identity,conv-4,avgpool,dense-16&size=28&head=flatten&opt=sgd&schedule=constant',
  inserted: 'a=conv-4/2,dirac-4,zeroresidual-4,plain-4,residual-8/2&seed=7',
  diverges: 'a=f7-12&init=xavier&gain=30&norm=none&lr=1',
};
const usual = '&train=600&steps=3';

/** How long something took, and when, is no part of what was computed. */
function untimed(lines: string): string {
  return lines.replaceAll(/"(msPerStep|ms|seconds|finishedAt)":("[^"]*"|[\d.eE+-]+)/g, '"$1":0');
}

function lab(folder: string, name: string, ...args: readonly string[]): void {
  const tsx = join('node_modules', '.bin', 'tsx');
  const output = execFileSync(tsx, ['tools/lab.ts', '--json', ...args], { encoding: 'utf8', maxBuffer: 1e9 });
  writeFileSync(join(folder, `${name}.jsonl`), untimed(output));
  process.stderr.write(`${name}\n`);
}

const engines = { reference: ['--engine', 'reference'], wasm: ['--engine', 'tfjs', '--backend', 'wasm'] } as const;

function recordLab(folder: string): void {
  for (const [engine, asked] of Object.entries(engines)) {
    for (const [name, link] of Object.entries(experiments))
      lab(folder, `${name}-${engine}`, '--exp', `v=1&${link}${usual}`, ...asked);
  }
  const examined = 'blocks,confusion,distributions,gradients,inside,removals,shattering,swaps,lossLine';
  lab(folder, 'examined', '--exp', `v=1&${experiments.twins}${usual}`, '--examine', examined, ...engines.wasm);
  const results = join(folder, 'cells.jsonl');
  lab(
    folder,
    'sweep',
    '--exp',
    `v=1&a=t7-plain-8${usual}`,
    '--sweep',
    'depth:8,14',
    '--seeds',
    '1,2',
    '--results',
    results,
    ...engines.wasm,
  );
  writeFileSync(results, untimed(readFileSync(results, 'utf8')));
}

function recordCode(folder: string): void {
  for (const [name, link] of Object.entries(experiments)) {
    const { networks, training } = parseLink(`#v=1&${link}`).experiment;
    for (const framework of frameworks) {
      const programs = networks.map((spec, index) =>
        programOf(framework, spec, training, networkIds[index] ?? '', training),
      );
      writeFileSync(join(folder, `${name}-${framework}.txt`), programs.join('\n\n'));
    }
  }
}

/** What is drawn after training and every examination, of every chart on the page: its table, CSV and SVG. */
async function saveCharts(page: Page, folder: string, prefix: string): Promise<void> {
  const menus = page.getByRole('button', { name: /data and pictures$/ });
  for (let index = 0; index < (await menus.count()); index++) {
    const menu = menus.nth(index);
    if (!(await menu.isVisible()) || (await menu.isDisabled())) continue;
    for (const action of ['SVG', 'CSV']) {
      await menu.click();
      const saved = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: `Save as ${action}` }).click();
      const file: Download = await saved;
      const text = readFileSync(await file.path(), 'utf8')
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, '')
        .replaceAll(/\d{4}-\d\d-\d\d[T ]?[\d:.Z]*/g, 'DATE');
      writeFileSync(join(folder, `${prefix}-${index}-${file.suggestedFilename()}`), text);
    }
    await menu.click();
    await page.getByRole('menuitem', { name: /table/i }).click();
    const dialog = page.getByRole('dialog');
    writeFileSync(join(folder, `${prefix}-${index}.table.txt`), await dialog.innerText());
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
}

async function recordCharts(folder: string): Promise<void> {
  await withBrowser('index.html', async (browser, url) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const viewport of [
        { width: 1440, height: 900 },
        { width: 390, height: 844 },
      ]) {
        const page = await browser.newPage({ viewport, colorScheme, acceptDownloads: true });
        await page.goto(`${url}?engine=tfjs&backend=wasm#v=1&${experiments.twins}&train=600&steps=12`);
        const view = (name: string) =>
          page.getByRole('radiogroup', { name: 'View' }).getByText(name, { exact: true }).click();
        await page.getByRole('button', { name: 'Play', exact: true }).click();
        await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ state: 'attached', timeout: 120_000 });
        const name = `${viewport.width}-${colorScheme}`;
        await page.screenshot({ path: join(folder, `lab-${name}.png`), fullPage: true });
        const isFirst = name === '1440-light';
        if (isFirst) await saveCharts(page, folder, 'lab');
        await view('Instruments');
        await openInstruments(page);
        const compute = page.getByRole('button', { name: 'Compute', exact: true });
        while ((await compute.count()) > 0) {
          await compute.first().click();
          await page.waitForFunction(
            () =>
              !document.querySelector('[role=progressbar]') &&
              ![...document.querySelectorAll('.examination button')].some(({ textContent }) => textContent === 'Stop'),
            undefined,
            { timeout: 240_000 },
          );
        }
        await page.screenshot({ path: join(folder, `instruments-${name}.png`), fullPage: true });
        if (isFirst) await saveCharts(page, folder, 'instruments');
        await page.close();
        process.stderr.write(`${name}\n`);
      }
    }
  });
}

const recorders = { lab: recordLab, code: recordCode, charts: recordCharts };

async function main(): Promise<void> {
  const [out, ...wanted] = process.argv.slice(2);
  if (!out) throw new Error('Name the folder that takes the records: npm run record -- FOLDER [lab] [code] [charts]');
  for (const [name, record] of Object.entries(recorders)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const folder = join(out, name);
    mkdirSync(folder, { recursive: true });
    await record(folder);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
});
