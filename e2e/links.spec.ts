import { expect } from '@playwright/test';
import { networkIds } from '../src/experiment/experiment.ts';
import { LabPage, leaveOutEngine, notices } from './labPage.ts';
import { test } from './returning.ts';

test('reloading a link restores the experiment exactly, down to its errors', async ({ page }) => {
  const lab = new LabPage(page);
  const link =
    '#v=1&a=conv-8,residual-8*3,residual-16/2,identity*4&b=plain-8&b.norm=none&act=tanh&lr=0.02&seed=7&train=200&test=100&steps=2';
  await lab.open(link);
  await page.getByRole('button', { name: 'seed 7' }).click();
  const seed = page.getByRole('textbox', { name: 'Seed' });
  await seed.fill('9');
  await seed.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/seed=9/);
  const edited = new URL(page.url()).hash;
  const parts = (hash: string) => new Set(hash.slice(1).split('&'));
  expect(parts(edited)).toEqual(parts(link.replace('seed=7', 'seed=9')));

  await lab.train();
  const errors = await lab.errorsAt('End');
  expect(Object.keys(errors)).toHaveLength(2);

  await page.reload();
  await expect(lab.play).toBeEnabled();
  expect(new URL(page.url()).hash).toBe(edited);
  await expect(page.getByRole('button', { name: 'seed 9' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'learning rate 0.02' })).toBeVisible();
  await expect(lab.network('a').getByRole('heading', { name: 'Custom, 10 layers' })).toBeVisible();
  await expect(lab.network('b').getByRole('heading', { name: 'Plain, 8 layers' })).toBeVisible();
  await expect(notices(page)).toHaveCount(0);
  await lab.train();
  expect(await lab.errorsAt('End')).toEqual(errors);
});

const mangled = [
  ['100 KB', `#v=1&a=${'conv-8,'.repeat(14_300)}`, /The link is 100,\d+ characters long/],
  ['100 KB of a lesson', `#lesson=5&steps=${'6'.repeat(100_000)}`, /The link is 100,\d+ characters long/],
  [
    'a sweep of many seeds',
    `#v=1&sweep=lr:1&seeds=${Array.from({ length: 12_000 }, (_, seed) => seed)}`,
    /characters long/,
  ],
  ['a deep repetition', '#v=1&a=conv-8*999999999', /from 1,000,000,000 weight layers to 1,202/],
  ['a prototype', '#v=1&__proto__.norm=none&constructor=1', /Ignored “__proto__.norm” in the link/],
  ['half a character', '#v=1&a=\ud800&lr=1%00', /Network a of the link/],
  ['a truncated escape', '#v=1&a=t7-plain-8&lr=%E0%A4%A', /Ignored lr=%E0%A4%A in the link, and used 0.05/],
] as const;

test('a link with nonsense is said to be wrong, and the page goes on, also where it begins with that', async ({
  page,
}) => {
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs++;
    return dialog.dismiss();
  });
  const lab = new LabPage(page);
  const dismiss = notices(page).getByRole('button', { name: 'Dismiss this notice' });
  const paste = (link: string) =>
    page.evaluate((hash) => {
      location.hash = hash;
    }, link);

  await test.step('hostile', async () => {
    await page.goto('./#v=1&a=<img src=x onerror=alert(1)>&lr=1e999&__proto__=x&steps=-5');
    await expect(lab.network('a').getByRole('heading', { name: 'Plain, 38 layers' })).toBeVisible();
    await expect(page.getByText(/Changed lr=1e999 in the link to 10/)).toBeVisible();
    await expect(page.getByText(/Ignored “__proto__” in the link/)).toBeVisible();
    await expect(page.locator('img')).toHaveCount(0);
    expect(dialogs).toBe(0);
  });
  for (const [name, hash, notice] of mangled) {
    await test.step(name, async () => {
      for (let left = await dismiss.count(); left > 0; left--) {
        await dismiss.first().click();
        await expect(dismiss).toHaveCount(left - 1);
      }
      await paste(hash);
      await expect(page.getByText(notice)).toBeVisible();
    });
  }
  await paste('#v=1&a=f7-plain-12&act=sigmoid');
  await expect(lab.network('a').getByRole('heading', { name: 'Flat plain, 12 layers' })).toBeVisible();

  await page.addInitScript(leaveOutEngine);
  for (const [name, hash, notice] of mangled) {
    await test.step(`${name} at the beginning`, async () => {
      await page.goto('about:blank');
      await page.goto(`./${hash}`);
      await expect(page.getByText(notice)).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  }
});

/** Links as they arrive (the query before the hash), the depths of the networks that they open, and what is said of them: nothing, or first of all this. */
const arrived = [
  ['in HTML', '#v=1&amp;a=t7-plain-20&amp;b=t7-residual-20', ['Plain, 20 layers', 'Residual, 20 layers'], null],
  ['escaped whole', '#v%3D1%26a%3Dt7-plain-20%26b%3Dt7-residual-20', ['Plain, 20 layers', 'Residual, 20 layers'], null],
  [
    'at the end of a sentence',
    '#v=1&a=t7-plain-20&b=t7-residual-20).',
    ['Plain, 20 layers', 'Residual, 20 layers'],
    null,
  ],
  ['in the query', '?x=v%3D1%26a%3Dt7-plain-20#?secret=Q1', ['Plain, 20 layers'], null],
  ['cut short', '#v=1', ['Plain, 38 layers', 'Residual, 38 layers'], /^This link is damaged: none of its networks/],
  [
    'with every * eaten',
    '#v=1&a=conv-8,residual-83,residual-16/2,identity4&b=plain-20',
    ['Plain, 20 layers'],
    /^This link is damaged: not all of it can be read/,
  ],
  [
    'beyond the limits',
    '#v=1&a=t7-residual-116&lr=0.1',
    ['Residual, 110 layers'],
    /^Changed network a of the link from t7-residual-116 to t7-residual-110/,
  ],
] as const;

test('a link that arrives mangled opens what was sent, or leads with what is different', async ({ page }) => {
  const lab = new LabPage(page);
  await page.addInitScript(leaveOutEngine);
  for (const [how, address, names, notice] of arrived) {
    await test.step(how, async () => {
      await page.goto('about:blank');
      await page.goto(`./${address}`);
      for (const [index, name] of names.entries()) {
        const network = lab.network(networkIds[index] ?? 'a');
        await expect(network.getByRole('heading', { name, exact: true })).toBeVisible();
      }
      await expect(page.locator('[data-network]')).toHaveCount(names.length);
      const said = notices(page).getByRole('paragraph');
      if (notice) await expect(said.first()).toHaveText(notice);
      else await expect(said).toHaveCount(0);
      expect(new URL(page.url()).search).toBe('');
    });
  }
});
