import { expect } from '@playwright/test';
import { faults, ofTheme, standard } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('a trained page has no accessibility faults that axe can find in any theme, and the theme is remembered', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&b=t7-residual-8&steps=3&train=200&test=100&nonsense=1');
  await lab.train();
  for (const theme of ['Light', 'Dark', 'Projector']) {
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: theme }).click();
    await expect(page.getByRole('menu')).toHaveCount(0);
    const rules = theme === 'Light' ? standard : ofTheme;
    expect(await faults(page, rules), theme).toEqual([]);

    await page.getByRole('button', { name: 'Settings of Plain, 8 layers' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    expect(await faults(page, rules, '[role=dialog]'), theme).toEqual([]);
    await page.keyboard.press('Escape');
  }
  await page.goto('about:blank');
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open('#v=1&a=t7-plain-8');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'projector');

  // A setting says what it is where one has gone to it, and a quantity shows its formula.
  await page.getByRole('button', { name: 'Settings of Plain, 8 layers' }).click();
  const dialog = page.getByRole('dialog');
  const gain = dialog.getByRole('textbox', { name: 'Gain' });
  await expect(gain).toHaveAccessibleDescription(/up to 100 ?Multiplies the weights at the start/);
  const norm = dialog.getByRole('button', { name: 'Normalisation' });
  await expect(norm).toHaveAccessibleDescription(/^Brings signals to mean 0/);
  // Seen at the foot, one at a time, wherever the settings are scrolled to.
  const isSeen = (setting: string) =>
    dialog.getByText(setting).evaluate((sentence) => {
      const { left, top, width, height } = sentence.getBoundingClientRect();
      return sentence.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
  await gain.focus();
  await expect.poll(() => isSeen('Multiplies the weights at the start')).toBe(true);
  await norm.focus();
  await expect.poll(() => isSeen('Brings signals to mean 0')).toBe(true);
  expect(await isSeen('Multiplies the weights at the start')).toBe(false);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Formula: signal gradient' }).click();
  await expect(page.getByRole('dialog', { name: 'Signal gradient' }).getByRole('math')).toHaveCount(4);
});
