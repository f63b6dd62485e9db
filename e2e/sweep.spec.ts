import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { faults, ofTheme, standard } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

const TRAINING_MS = 90_000;
/** Eight runs of a second each. */
const small = '#v=1&a=conv-4/2,plain-4&train=200&test=100&batch=16&steps=20&sweep=lr:0.05,0.1&seeds=1,2';

/** The sweep view, as a person uses it. */
class SweepPage {
  constructor(readonly page: Page) {}

  async open(address: string): Promise<void> {
    await this.page.goto(`./${address}`);
    await expect(this.page.getByRole('heading', { name: 'Sweep', exact: true })).toBeVisible();
  }

  async finished(): Promise<void> {
    await expect(this.page.getByText('Every run is finished.')).toBeVisible({ timeout: TRAINING_MS });
  }

  async reached(runs: number): Promise<void> {
    const done = async () => Number(/^\d+/.exec((await this.progress().textContent()) ?? '')?.[0]);
    await expect.poll(done, { timeout: TRAINING_MS }).toBeGreaterThanOrEqual(runs);
  }

  progress() {
    return this.page.getByText(/^\d+ of \d+ runs? finished$/);
  }

  /** What the buttons of the finished runs say. */
  async results(): Promise<(string | null)[]> {
    const buttons = await this.page.getByRole('button', { name: /Open in the lab$/ }).all();
    return Promise.all(buttons.map((button) => button.getAttribute('aria-label')));
  }
}

test('a sweep draws both pictures, survives a reload, and each run opens in the lab with the same errors', async ({
  page,
}) => {
  const sweep = new SweepPage(page);
  // Long enough that some runs are still to come when the page is loaded again.
  await sweep.open(small.replace('steps=20', 'steps=1000').replace('train=200&test=100', 'train=1000'));
  await page.getByRole('button', { name: 'Train 8 runs' }).click();
  await sweep.reached(1);
  await new LabPage(page).view('Lab');
  await expect(page.getByText(/^Sweep [1-8]\/8$/)).toBeVisible();
  await page.getByText(/^Sweep [1-8]\/8$/).click();
  // At once, as somebody may reload at once.
  expect(await page.evaluate(() => location.hash)).toMatch(/sweep=lr/);
  const before = await sweep.results();
  await page.reload();
  await expect.poll(() => sweep.results()).toEqual(expect.arrayContaining(before));
  await page.getByRole('button', { name: 'Continue' }).click();
  await sweep.finished();
  expect(await sweep.results()).toHaveLength(8);
  for (const name of [
    /^Final training error/,
    /^Final test error/,
    /^Error by step: plain/,
    /^Error by step: residual/,
  ]) {
    await expect(page.getByRole('slider', { name })).toHaveAttribute('aria-valuetext', /\d%/);
  }

  const first = page.getByRole('button', { name: /^0.05 plain, seed 1/ });
  const [, train, test_] = /: ([\d.]+) \/ ([\d.]+)%/.exec((await first.getAttribute('aria-label')) ?? '') ?? [];
  await first.click();
  const lab = new LabPage(page);
  await expect(lab.play).toBeEnabled({ timeout: TRAINING_MS });
  await expect(page).not.toHaveURL(/sweep=/);
  await lab.train();
  const chart = page.getByRole('slider', { name: /^Error/ });
  await expect(chart).toHaveAttribute('aria-valuetext', new RegExp(`${train}% training error, ${test_}% test error`));
});

test('runs can be left out and put back, seeds added later, and a finished sweep stays while the lab moves on', async ({
  page,
}) => {
  const sweep = new SweepPage(page);
  await sweep.open(small.replace('seeds=1,2', 'seeds=1&kinds=plain'));
  await page.getByRole('button', { name: 'Leave out 0.1 plain, seed 1' }).click();
  await page.getByRole('button', { name: 'Train 1 run' }).click();
  await expect(page.getByText('Nothing is left to train. 1 run was left out.')).toBeVisible({ timeout: TRAINING_MS });
  expect(await sweep.results()).toHaveLength(1);
  await page.getByRole('button', { name: 'Put 0.1 plain, seed 1 back' }).click();
  const seeds = page.getByRole('textbox', { name: 'Seeds' });
  await seeds.fill('1, 5');
  await seeds.press('Enter');
  await expect(page).toHaveURL(/seeds=1,5/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await sweep.finished();
  expect(await sweep.results()).toHaveLength(4);

  // It stays while the lab moves on, and so does its address, until the lab’s is asked for.
  const results = await sweep.results();
  const lab = new LabPage(page);
  await lab.view('Lab');
  await page.getByRole('button', { name: '16 images a step' }).click();
  const batch = page.getByRole('textbox', { name: 'Batch size' });
  await batch.fill('8');
  await batch.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/batch=8/);
  await lab.view('Sweep');
  await expect(page.getByText('The lab holds another experiment by now.')).toBeVisible();
  expect(await sweep.results()).toEqual(results);
  await expect(page).toHaveURL(/batch=16.*sweep=lr:0.05,0.1/);
  await page.getByRole('button', { name: 'Sweep that one' }).click();
  await expect(page.getByRole('button', { name: 'Train 4 runs' })).toBeVisible();
  await expect(page).toHaveURL(/batch=8.*sweep=lr:0.05,0.1/);
});

test('what cannot be swept stays in its field beside the reason, at 360 pixels too', async ({ page }) => {
  const sweep = new SweepPage(page);
  await sweep.open('#v=1&a=t7-plain-8&sweep=depth');
  const [values, seeds] = [
    page.getByRole('textbox', { name: 'Values of depth' }),
    page.getByRole('textbox', { name: 'Seeds' }),
  ];
  for (const [field, typed, reason] of [
    [values, '8, 21', /t7-plain-21 is not available.*nearest is/],
    [values, '', /The sweep is empty/],
    [values, '8, eight', /must be a number/],
    [seeds, '1, 2, 1', /Seed 1 is there twice/],
  ] as const) {
    await field.fill(typed);
    await field.press('Enter');
    await expect(page.getByText(reason)).toBeVisible();
    await expect(field).toHaveValue(typed);
  }
  await expect(page).toHaveURL(/sweep=depth$/);
  await page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

  // In a link the nearest is shown, with the reason.
  await page.goto('about:blank');
  await sweep.open('#v=1&a=t7-plain-8&sweep=depth:8,21');
  await expect(
    page.getByText(/^Changed depth 21 of the sweep in the link to 20. t7-plain-21 is not available/),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Train 12 runs' })).toBeVisible();
});

test('where the browser stores nothing, the sweep works and says how long it lasts', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(globalThis, 'indexedDB', {
      get: () => {
        throw new DOMException('sandboxed', 'SecurityError');
      },
    });
  });
  const sweep = new SweepPage(page);
  await sweep.open(small.replace('seeds=1,2', 'seeds=1'));
  await expect(page.getByText(/finished runs and choices last until the page is closed/)).toBeVisible();
  await page.getByRole('button', { name: 'Train 4 runs' }).click();
  await sweep.finished();
});

test('a chart is read as a table, and saved with its title, seeds, engine and link; axe finds no fault with it', async ({
  page,
}) => {
  const sweep = new SweepPage(page);
  await sweep.open(small);
  await page.getByRole('button', { name: 'Train 8 runs' }).click();
  await sweep.finished();
  const menu = page.getByRole('button', { name: 'Final training error: data and pictures' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Show as a table' }).click();
  const table = page.getByRole('dialog', { name: 'Final training error: data' }).getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(9);
  await page.keyboard.press('Escape');
  for (const kind of ['CSV', 'SVG', 'PNG']) {
    await menu.click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: `Save as ${kind}` }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`depthscope-final-training-error.${kind.toLowerCase()}`);
    const content = readFileSync(await file.path(), 'latin1');
    if (kind === 'PNG') expect(content.slice(1, 4)).toBe('PNG');
    else
      for (const part of ['Final training error', 'Seeds: 1, 2', 'Fused WebAssembly', 'sweep=lr:0.05,0.1'])
        expect(content).toContain(part);
  }

  await page.getByText('The published numbers').click();
  for (const theme of ['Light', 'Dark']) {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: theme }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    const rules = theme === 'Light' ? standard : ofTheme;
    expect(await faults(page, rules), theme).toEqual([]);
  }

  // What another machine has trained comes back as records, and is drawn beside the browser’s runs.
  await page.getByText('Run elsewhere').click();

  const program = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save depthscope_sweep.py' }).click();
  const text = readFileSync(await (await program).path(), 'utf8');
  expect(text.match(/"link": "#v=1/g)).toHaveLength(8);
  expect(text).toContain('def share_of(');

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save 8 records' }).click();
  const records = readFileSync(await (await saved).path(), 'utf8')
    .trim()
    .split('\n');
  // As a GPU elsewhere would have written them.
  const foreign = records.map((line) => {
    const record = JSON.parse(line);
    const [version, data, , ...experiment] = record.key.split(' | ');
    const engine = { engine: 'pytorch', backend: 'cuda float32', device: { kind: 'gpu', name: 'NVIDIA H100' } };
    const key = [version, data, 'pytorch cuda float32 NVIDIA H100', ...experiment].join(' | ');
    return JSON.stringify({ ...record, key, engine, finishedAt: '2026-12-01T00:00:00.000Z' });
  });
  const means = await page.getByRole('slider', { name: /^Final training error/ }).getAttribute('aria-valuetext');
  await page.locator('input[type=file]').setInputFiles({
    name: '0-of-1.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(`${foreign.join('\n')}\n{"key":"r4`),
  });
  await expect(page.getByText('0-of-1.jsonl: 8 runs taken.')).toBeVisible();
  await expect(page.getByText(/0-of-1.jsonl: line 9 is no record of a finished run/)).toBeVisible();
  await expect(
    page.getByText('PyTorch, cuda float32 (NVIDIA H100), Dec 1, 2026: 8 runs, drawn as open marks.'),
  ).toBeVisible();
  const spoken = await page.getByRole('slider', { name: /^Final training error/ }).getAttribute('aria-valuetext');
  // The browser's own are what they were, and the others are told apart.
  expect(spoken?.startsWith(means ?? '?')).toBe(true);
  expect(spoken).toContain('trained by PyTorch, cuda float32 (NVIDIA H100), Dec 1, 2026');
  expect(await faults(page)).toEqual([]);
  // They are there on the next visit, too, until they are removed.
  await page.reload();
  const final = page.getByRole('slider', { name: /^Final training error/ });
  await expect(final).toHaveAttribute('aria-valuetext', spoken ?? '?');
  await page.getByText('Run elsewhere').click();
  await page.getByRole('button', { name: /^Remove the runs of PyTorch/ }).press('Enter');
  await expect(page.getByText(/drawn as open marks/)).toHaveCount(0);
  await expect(final).toHaveAttribute('aria-valuetext', means ?? '?');
});
