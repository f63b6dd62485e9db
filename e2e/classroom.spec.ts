// A class that fills one figure: without a network, runs travel as texts.
import { expect } from '@playwright/test';
import { faults } from './axe.ts';
import { LabPage, test } from './labPage.ts';

/** Two networks that train for a second. */
const twins = '#v=1&a=t7-plain-8&b=t7-residual-8&steps=10&train=500';

test.describe('without a network', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('a finished run is handed in as a text or a link, and collected into the figure once', async ({ page }) => {
    const lab = new LabPage(page);
    await lab.open(twins);
    await lab.train();
    const errors = Object.values(await lab.errorsAt('End'));
    await page.getByRole('button', { name: 'Hand in' }).click();
    const text = await page.getByRole('textbox', { name: 'The run as a text' }).inputValue();
    await expect(page.getByRole('img', { name: 'QR code of the run' })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Copy a link' }).click();
    await expect(page.getByText('Copied.')).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.keyboard.press('Escape');

    // Somebody follows the link, and pastes a text of the same run, and one that was cut off, in another visit.
    await page.goto('about:blank');
    await page.goto(link);
    await expect(page.getByText('The link: 2 runs taken.')).toBeVisible();
    await expect(page).toHaveURL(/view=class/);
    const field = page.getByRole('textbox', { name: 'Texts or links of runs' });
    await field.fill(`Ada: ${text}\nBen: ${text.slice(0, -9)}`);
    await page.getByRole('button', { name: 'Take these runs' }).press('Enter');
    await expect(page.getByText('2 runs taken, 2 of them known already')).toBeVisible();
    await expect(page.getByText('no record of a finished run')).toBeVisible();
    await expect(page.getByRole('heading', { name: '2 runs collected' })).toBeVisible();
    const chart = page.getByRole('slider', { name: /^Training error by depth/ });
    for (const error of errors)
      await expect(chart).toHaveAttribute('aria-valuetext', new RegExp(`${error.toFixed(1)}%`));
    await page.reload();
    await expect(page.getByRole('row', { name: /^Residual, 8 layers.*seed 1/ })).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: /^Remove: Plain/ }).click();
    await expect(page.getByRole('heading', { name: '1 run collected' })).toBeVisible();
  });
});
