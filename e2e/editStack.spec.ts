import { expect } from '@playwright/test';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('a stack is edited by keyboard alone, while the link follows, and then trains', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=conv-4/2,residual-8&steps=2&train=200&test=100');
  const column = lab.network('a');
  await expect(column.getByRole('heading', { name: 'Custom, 4 layers' })).toBeVisible();

  await column.getByRole('button', { name: /^Edit the stack/ }).press('Enter');
  const addLayer = column.getByRole('button', { name: 'Add layer' });
  await addLayer.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Conv layer', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(column.getByRole('heading', { name: 'Custom, 5 layers' })).toBeVisible();
  await expect(page).toHaveURL(/a=conv-4\/2,residual-8,conv-\d+/);
  await expect(addLayer).toBeFocused();

  // The list is one stop of the Tab key: arrow keys go through its items, Tab through the buttons of one.
  await column.getByRole('button', { name: /^What the numbers/ }).focus();
  const residual = column.getByRole('row', { name: /residual 8/ });
  for (const [key, focused] of [
    ['Tab', column.getByRole('row', { name: /conv 4/ })],
    ['ArrowDown', residual],
    ['Tab', residual.getByRole('button', { name: /^Move/ })],
    ['Tab', residual.getByRole('button', { name: /^Decrease/ })],
    ['Tab', residual.getByRole('button', { name: /^Increase/ })],
    ['Tab', residual.getByRole('button', { name: /^Edit/ })],
    ['Tab', residual.getByRole('button', { name: /^Remove/ })],
  ] as const) {
    await page.keyboard.press(key);
    await expect(focused).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(column.getByRole('heading', { name: 'Custom, 3 layers' })).toBeVisible();
  await expect(page).toHaveURL(/a=conv-4\/2,conv-\d+/);

  await column.getByRole('button', { name: /^Finish editing/ }).press('Enter');
  await lab.train();
  expect(await lab.bars('a')).toHaveLength(3);
});

test('values that are not possible stay in their fields, twins come and go, and one depth is chosen for all', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&train=200&test=100&steps=3');
  await lab.train();
  await test.step('a value that is not possible stands beside the reason, and nothing is reset', async () => {
    await page.getByRole('button', { name: '32 images a step' }).click();
    const field = page.getByRole('textbox', { name: 'Batch size' });
    await field.fill('5000');
    await field.press('Enter');
    await expect(field).toHaveValue('5000');
    await expect(page.getByText(/5000 is not possible.*1 to 512/)).toBeVisible();
    expect(await lab.step()).toBe(3);
    await field.fill('16');
    await field.press('Enter');
    await expect(page.getByText('Batch size changed: training starts again from step 0.')).toBeVisible();
    await expect(page).toHaveURL(/batch=16/);
    await page.keyboard.press('Escape');
  });

  await test.step('adding the twin puts the residual network beside the plain one', async () => {
    await page.getByRole('button', { name: 'Add network' }).click();
    await page.getByRole('menuitem', { name: 'Twin of Plain, 8 layers' }).click();
    await expect(lab.network('b').getByRole('heading', { name: 'Residual, 8 layers' })).toBeVisible();
    await expect(page).toHaveURL(/a=t7-plain-8&b=t7-residual-8/);
  });

  await test.step('a network is begun with a block, to build on', async () => {
    await page.getByRole('button', { name: 'Add network' }).click();
    await page.getByRole('menuitem', { name: 'Begin with a residual block' }).click();
    await expect(page).toHaveURL(/&c=residual-8\/2(&|$)/);
    await expect(lab.network('c').getByRole('heading')).toHaveAccessibleName(/3 layers/);
    await lab
      .network('c')
      .getByRole('button', { name: /^Remove / })
      .click();
  });

  await test.step('one choice of depth is for every network, as long as all have one depth', async () => {
    await page.getByRole('button', { name: 'Layers of every network' }).click();
    await page.getByRole('option', { name: '20 layers' }).click();
    await expect(lab.network('a').getByRole('heading')).toHaveAccessibleName('Plain, 20 layers');
    await expect(lab.network('b').getByRole('heading')).toHaveAccessibleName('Residual, 20 layers');
    await page.getByRole('button', { name: 'Remove Plain, 20 layers' }).click();
    await expect(lab.network('a').getByRole('heading', { name: 'Residual, 20 layers' })).toBeVisible();
    await expect(lab.network('b')).toHaveCount(0);
    await page.goto('./#v=1&a=t7-plain-8&b=t7-plain-20');
    await expect(lab.network('b').getByRole('heading')).toHaveAccessibleName('Plain, 20 layers');
    await expect(page.getByRole('button', { name: 'Layers of every network' })).toHaveCount(0);
  });
});
