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
