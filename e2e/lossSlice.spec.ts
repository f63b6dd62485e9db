import { expect } from '@playwright/test';
import { faults } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

test('the loss around two networks is sliced, first along a line and then in a plane, and read by keyboard', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&b=t7-residual-8&steps=5&train=1000');
  await lab.train();
  await lab.view('Instruments');
  await page.getByRole('button', { name: 'Loss slice', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Loss slice' });
  const compute = panel.getByRole('button', { name: 'Compute', exact: true });
  const again = panel.getByRole('button', { name: 'Compute again' });

  await compute.click();
  await expect(again).toBeVisible({ timeout: 60_000 });
  const line = page.getByRole('slider', { name: /^Loss slice/ });
  await line.focus();
  const centre = /^at 0\. Plain, 8 layers: (\d\.\d+); Residual, 8 layers: (\d\.\d+)$/;
  await expect(line).toHaveAttribute('aria-valuetext', centre);
  const [, plain = ''] = centre.exec((await line.getAttribute('aria-valuetext')) ?? '') ?? [];
  await line.press('End');
  await expect(line).toHaveAttribute('aria-valuetext', /^at 1\. /);

  await panel.getByRole('radiogroup', { name: 'Slice' }).getByText('Plane').click();
  await panel.getByRole('button', { name: /Points/ }).click();
  await page.getByRole('option', { name: '11 × 11' }).click();
  await compute.click();
  await expect(again).toBeVisible({ timeout: 60_000 });
  // The middle of the plane is that of the line.
  const plane = page.getByRole('slider', { name: /^Loss around Plain, 8 layers/ });
  await plane.focus();
  await expect(plane).toHaveAttribute('aria-valuetext', `at 0, 0. Plain, 8 layers: ${plain}`);
  await plane.press('ArrowUp');
  await plane.press('ArrowLeft');
  await expect(plane).toHaveAttribute('aria-valuetext', /^at −0\.2, 0\.2\. Plain, 8 layers: \d\.\d+$/);
  await expect(page.getByText(/a two-dimensional slice of a space of 19,074 dimensions/).first()).toBeVisible();
  expect(await faults(page)).toEqual([]);
});
