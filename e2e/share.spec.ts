import { readFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { sharedPages } from '../src/app/share/sharedPages.ts';
import { faults, standard } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('every lesson and shared experiment has a page of its own, which says what it is without a script', async ({
  request,
}) => {
  for (const { name, link } of sharedPages) {
    const response = await request.get(`./${name}.html`);
    expect(response.ok(), name).toBe(true);
    const page = await response.text();
    expect(page.match(/<title>[^<]+<\/title>/g)).toHaveLength(1);
    expect(page).toMatch(/<meta name="description" content="[^"]{50,}"/);
    expect(page).toContain(`<meta name="depthscope-link" content="${link.replaceAll('&', '&amp;')}"`);
    expect(JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? '')).toMatchObject({
      '@context': 'https://schema.org',
    });
  }
});

test('a page opens what it is of, and is what Share gives of that', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./lesson-5.html');
  await expect(page.getByRole('heading', { name: 'Cured, and still worse' })).toBeVisible();
  await expect(page).toHaveURL(/\/#lesson=5$/);
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/\/lesson-5\.html$/);
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/lesson-5\.html$/);

  await page.goto('./vanishing.html?engine=cpu');
  const lab = new LabPage(page);
  await expect(lab.play).toBeEnabled();
  await expect(page.locator('[data-network]')).toHaveCount(4);
  await expect(page).toHaveURL(/\/\?engine=cpu#v=1&a=f7-plain-2&b=/);
});

test('Share gives a link, a picture, code for other pages and a QR code, by keyboard alone', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=conv-8,residual-8*2&steps=2');
  await page.getByRole('button', { name: 'Share' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Share this experiment' });
  const link = dialog.getByRole('textbox', { name: 'Link' });
  await expect(link).toBeFocused();
  await expect(dialog.getByRole('img', { name: /Custom/ })).toBeVisible();
  expect(await faults(page, standard, '[role=dialog]')).toEqual([]);

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const code = page.getByRole('dialog', { name: 'QR code of the link' });
  await expect(code.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(code).toHaveCount(0);
  await expect(dialog).toBeVisible();

  const embed = dialog.getByRole('textbox', { name: 'Code for HTML' });
  await expect(embed).toHaveValue(/^<iframe src="[^"]*\?embed=1#v=1&amp;a=conv-8,residual-8\*2/);
  await dialog.getByRole('button', { name: 'HTML' }).click();
  await page.getByRole('option', { name: 'Markdown' }).click();
  await expect(dialog.getByRole('textbox', { name: 'Code for Markdown' })).toHaveValue(/a=conv-8,residual-8x2/);

  const saved = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  const png = readFileSync(await (await saved).path());
  // Width and height stand in the first chunk of a PNG.
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
  await page.keyboard.press('Escape');

  // Where the clipboard is refused, the link is shown selected.
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: () => Promise.reject(new DOMException('refused', 'NotAllowedError')) },
    });
  });
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(page.getByText(/does not let this page copy/)).toBeVisible();
  await expect(link).toHaveValue(/#v=1&a=conv-8,residual-8\*2&steps=2$/);
  await expect(link).toBeFocused();
  const selected = await link.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd]);
  expect(selected).toEqual([0, (await link.inputValue()).length]);
});
