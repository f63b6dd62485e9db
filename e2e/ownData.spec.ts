/** Images that somebody brings: from a folder on the computer to a network that tells them apart. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { madeUpCifar, madeUpCounts, madeUpId } from '../src/data/readers/madeUpCifar.ts';
import { faults } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

/** A folder of class folders with so many pictures each, of one colour a class. */
async function pictures(page: Page, folder: string, colours: readonly string[], each: number): Promise<string> {
  for (const colour of colours) {
    await page.setContent(`<body style="background: ${colour}">`);
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 16, height: 16 } });
    mkdirSync(join(folder, colour), { recursive: true });
    for (let i = 0; i < each; i++) writeFileSync(join(folder, colour, `${i}.png`), picture);
  }
  writeFileSync(join(folder, '.DS_Store'), 'left by a Mac');
  return folder;
}

async function choose(page: Page, button: string, files: string | readonly string[]): Promise<void> {
  const choice = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).press('Enter');
  await (await choice).setFiles(files as string);
}

test('pictures from a folder are looked at, trained on, kept, and asked for where a link needs them', async ({
  page,
}, info) => {
  const folder = await pictures(page, info.outputPath('balls'), ['red', 'blue'], 18);
  const page404 = info.outputPath('images.idx');
  writeFileSync(page404, '<!DOCTYPE html><title>Not found</title>');
  const lab = new LabPage(page);
  await lab.open('#v=1&a=conv-4/2&batch=8&steps=20&opt=adam&lr=0.02');
  const dialog = page.getByRole('dialog', { name: 'Images to train on' });

  await page.getByRole('button', { name: 'Images', exact: true }).press('Enter');
  await choose(page, 'Choose files…', page404);
  await expect(dialog.getByRole('alert')).toHaveText(/^images\.idx is a web page .* its download failed/);

  await choose(page, 'Choose a folder…', folder);
  await expect(dialog).toContainText('30 training images and 6 test images of 16 × 16 pixels, in colour, in 2 classes');
  await expect(dialog).toContainText(
    'There is one part only: 16.7% of each class, drawn by chance, are kept for the test.',
  );
  await expect(dialog.getByRole('row', { name: /^red 15 3/ })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Balls');
  await dialog.getByRole('checkbox', { name: /^Keep them/ }).press('Space');
  await dialog.getByRole('button', { name: 'Train on these images' }).press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/[#&]data=[0-9a-f]{16}\.16x3\.2\.30\.6\.Balls(&|$)/);
  await lab.train();
  expect(Object.values(await lab.errorsAt('End'))).toEqual([0]);

  await page.reload();
  await expect(lab.play).toBeEnabled();
  await page.getByRole('button', { name: 'Images', exact: true }).press('Enter');
  await dialog.getByRole('button', { name: 'Delete Balls from this browser' }).press('Enter');
  await expect(dialog.getByText('Kept in this browser')).toBeHidden();

  await page.reload();
  await expect(dialog).toContainText(
    '“Balls” is not on this computer: 30 training and 6 test images of 16×16 pixels in 2 classes.',
  );
  await choose(page, 'Choose a folder…', folder);
  await dialog.getByRole('button', { name: 'Train on these images' }).press('Enter');
  await lab.train();
  expect(Object.values(await lab.errorsAt('End'))).toEqual([0]);

  // He et al.'s experiment asks for images that are not ours to publish, and says where they are.
  await page.getByRole('button', { name: 'Experiments' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Plain against residual, 32 layers' }).press('Enter');
  await expect(dialog).toContainText('“CIFAR-10” is not on this computer: 50,000 training and 10,000 test images');
  await expect(dialog.getByRole('link', { name: 'cs.toronto.edu/~kriz/cifar.html' })).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Close' }).press('Enter');
  await expect(page.getByRole('region', { name: /^Test error: He et al\. 2015/ })).toContainText('7.51%');
});

test('each shape of CIFAR-10 holds the same images', async ({ page }, info) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=conv-4/2&batch=8&steps=1');
  const dialog = page.getByRole('dialog', { name: 'Images to train on' });
  const { train, test: tests } = madeUpCounts;
  mkdirSync(info.outputPath(), { recursive: true });
  for (const [name, content] of Object.entries(await madeUpCifar())) {
    const path = info.outputPath(name);
    writeFileSync(path, content);
    await page.getByRole('button', { name: 'Images', exact: true }).press('Enter');
    await choose(page, 'Choose files…', path);
    await expect(dialog.getByRole('row', { name: new RegExp(` ?${train} ${tests}$`) })).toHaveCount(3);
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
    await dialog.getByRole('button', { name: 'Train on these images' }).press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page).toHaveURL(new RegExp(`[#&]data=${madeUpId}\\.32x3\\.3\\.240\\.30\\.${name.replace('.', '-')}`));
  }
});
