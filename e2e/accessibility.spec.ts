import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { LabPage, test } from './labPage.ts';

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

for (const theme of ['Light', 'Dark', 'Projector']) {
  test(`a trained page in the ${theme.toLowerCase()} theme has no accessibility faults that axe can find`, async ({
    page,
  }) => {
    const lab = new LabPage(page);
    await lab.open('#v=1&a=t7-plain-8&b=t7-residual-8&steps=3&nonsense=1');
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: theme }).click();
    await lab.train();
    await expect(page.getByRole('menu')).toHaveCount(0);
    const results = await new AxeBuilder({ page }).withTags(standard).analyze();
    expect(results.violations).toEqual([]);

    await page.getByRole('button', { name: 'Settings of Plain, 8 layers' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    const opened = await new AxeBuilder({ page }).withTags(standard).include('[role=dialog]').analyze();
    expect(opened.violations).toEqual([]);
  });
}

test('the theme is remembered', async ({ page }) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8');
  await page.getByRole('button', { name: 'Theme' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('a setting says what it is where one has gone to it, and a quantity shows its formula', async ({ page }) => {
  const lab = new LabPage(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await lab.open('#v=1&a=t7-plain-8');
  await page.getByRole('button', { name: 'Settings of Plain, 8 layers' }).click();
  const dialog = page.getByRole('dialog');
  const gain = dialog.getByRole('textbox', { name: 'Gain' });
  await expect(gain).toHaveAccessibleDescription(/up to 100 ?Multiplies the weights at the start/);
  const norm = dialog.getByRole('button', { name: 'Normalisation' });
  await expect(norm).toHaveAccessibleDescription(/^Batch norm brings every channel/);
  // Seen at the foot, one at a time, wherever the settings are scrolled to.
  const isSeen = (setting: string) =>
    dialog.getByText(setting).evaluate((sentence) => {
      const { left, top, width, height } = sentence.getBoundingClientRect();
      return sentence.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
  await gain.focus();
  expect(await isSeen('Multiplies the weights at the start')).toBe(true);
  await norm.focus();
  expect(await isSeen('Batch norm brings every channel')).toBe(true);
  expect(await isSeen('Multiplies the weights at the start')).toBe(false);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Formula: signal gradient' }).click();
  await expect(page.getByRole('dialog', { name: 'Signal gradient' }).getByRole('math')).toHaveCount(4);
});
