import { expect } from '@playwright/test';
import { answer } from './answer.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

// That the lab's own twins of 38 layers part is held by `session/worker/science.browser.test.ts`.
test('who presses play in the lab sees both errors fall and a bar move for every weight layer', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open();
  await expect(page.getByRole('heading', { name: 'Residual, 38 layers' })).toBeVisible();
  await expect.poll(async () => (await lab.bars('b')).length).toBe(38);
  await lab.open('#v=1&a=t7-plain-8&b=t7-residual-8&steps=30&train=500&test=100');
  await expect(page.getByRole('heading', { name: 'Residual, 8 layers' })).toBeVisible();
  await lab.train();
  const after = { a: await lab.bars('a'), b: await lab.bars('b') };
  await page.getByRole('slider', { name: 'Step shown' }).fill('1');
  for (const id of ['a', 'b'] as const) {
    expect(after[id]).toHaveLength(8);
    const moved = async () => (await lab.bars(id)).filter((length, layer) => length !== after[id][layer]);
    await expect.poll(async () => (await moved()).length).toBeGreaterThan(6);
  }
  const untrained = await lab.errorsAt('Home');
  const trained = await lab.errorsAt('End');
  for (const name of ['Plain, 8 layers', 'Residual, 8 layers']) {
    expect(untrained[name]).toBeGreaterThan(80);
    expect(trained[name]).toBeLessThan(60);
  }
});

test('the page is there before the engine: it keeps a press of Play, and says what computes once it can', async ({
  page,
}) => {
  const stop = await answer(page, '*.wasm', () => new Promise(() => undefined));
  await page.goto('./?backend=wasm#view=lab');
  await expect(page.getByRole('heading', { name: 'Plain, 38 layers' })).toBeVisible();
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect(page.getByRole('progressbar')).toBeAttached();
  await stop();
  const lab = new LabPage(page);
  await lab.open('?backend=cpu#v=1&a=t7-plain-8');
  await expect(page.getByRole('button', { name: /TensorFlow\.js · cpu/ })).toBeVisible();
});
