import { expect, type Locator, type Page } from '@playwright/test';
import { answerChanged } from './answer.ts';
import { faults } from './axe.ts';
import { LabPage } from './labPage.ts';
import { test } from './returning.ts';

/** Long enough for a few evaluations of two small networks on two busy cores. */
const COMPUTING_MS = 60_000;

async function instrument(page: Page, name: string): Promise<Locator> {
  const toggle = page.getByRole('button', { name, exact: true });
  if ((await toggle.getAttribute('aria-pressed')) !== 'true') await toggle.click();
  return page.getByRole('region', { name, exact: true });
}

test('a network is taken apart block by block, looked into image by image, and the loss around it sliced', async ({
  page,
}) => {
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&b=t7-residual-8&steps=6&train=500&test=200');
  await lab.view('Instruments');
  await lab.train();

  const lesions = await instrument(page, 'Lesions');
  await lesions.getByRole('button', { name: 'Compute' }).click();
  const errors = lesions.getByRole('slider', { name: /^Error without one block/ });
  await expect(lesions.getByText('Computed at step 6.')).toBeVisible({ timeout: COMPUTING_MS });
  await errors.focus();
  await errors.press('End');
  await expect(errors).toHaveAttribute(
    'aria-valuetext',
    /^place 4\. Plain, 8 layers, conv 6, conv 7, where the shape changes: [\d.]+%, whole network [\d.]+%; Residual, 8 layers, conv 6/,
  );

  const inside = await instrument(page, 'Inside');
  await inside.getByRole('button', { name: 'Compute' }).click();
  const matrix = inside.getByRole('slider', { name: /^Confusion matrix/ });
  await expect(matrix).toHaveAttribute('aria-valuetext', /, taken for .*: [1-9]\d* test images?\. Error of /, {
    timeout: COMPUTING_MS,
  });
  // The most confused image leads to itself, and there the network says the same of it.
  const worst = inside.getByRole('list').getByRole('button').first();
  const [, number = '', own = '', taken = '', percent = ''] =
    /test image ([\d,]+): (.*), taken for (.*) with a probability of (\d+)/.exec(
      (await worst.getAttribute('aria-label')) ?? '',
    ) ?? [];
  await worst.click();
  const image = inside.getByRole('slider', { name: `Test image ${number}, class ${own}` });
  await expect(image).toHaveAttribute('aria-valuetext', new RegExp(`^${taken}: ${percent}\\.\\d%$`));
  await inside.getByRole('button', { name: / Layer$/ }).click();
  await page.getByRole('option', { name: 'conv 4 · 4×4×16' }).click();
  const maps = inside.getByRole('slider', { name: /^Activations of conv 4/ });
  await maps.focus();
  await maps.press('End');
  await expect(maps).toHaveAttribute('aria-valuetext', /^channel 16, row 4, column 4: [\d.]+/);

  // The loss around them is sliced, first along a line and then in a plane, and read by keyboard.
  await page.getByRole('button', { name: 'Loss slice', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Loss slice' });
  const compute = panel.getByRole('button', { name: 'Compute', exact: true });
  const again = panel.getByRole('button', { name: 'Compute again' });

  await compute.click();
  await expect(again).toBeVisible({ timeout: COMPUTING_MS });
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
  await expect(again).toBeVisible({ timeout: COMPUTING_MS });
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

test('a data set brings its own name and those of its classes', async ({ page }) => {
  const classes = ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'];
  await answerChanged(page, '*/data/manifest.json', ({ body, ...rest }) => {
    const manifest = { ...JSON.parse(body.toString()), name: 'Kana', classes };
    return { ...rest, body: JSON.stringify(manifest) };
  });
  const lab = new LabPage(page);
  await lab.open('#v=1&a=t7-plain-8&steps=3');
  await page
    .getByRole('button', { name: /steps\/s|Your processor/ })
    .first()
    .click();
  await expect(page.getByRole('dialog')).toContainText('Kana · 6,000 train / 1,000 test');
  await page.keyboard.press('Escape');
  await lab.view('Instruments');
  await lab.train();
  const inside = await instrument(page, 'Inside');
  await inside.getByRole('button', { name: 'Compute' }).click();
  const one = `(?:${classes.join('|')})`;
  const matrix = inside.getByRole('slider', { name: /^Confusion matrix/ });
  await expect(matrix).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^${one}, taken for ${one}: .* Error of ${one}: `),
    {
      timeout: COMPUTING_MS,
    },
  );
  await expect(
    inside.getByRole('slider', { name: new RegExp(`^Test image 1, class ${one}\\.|class ${one}$`) }),
  ).toBeVisible();
  const worst = inside.getByRole('list').getByRole('button').first();
  await expect(worst).toHaveAttribute('aria-label', new RegExp(`: ${one}, taken for ${one} with`));
  await inside.getByRole('button', { name: /^Images of class|Images of class/ }).click();
  await expect(page.getByRole('option')).toHaveText(['any', ...classes].map((name) => new RegExp(name, 'i')));
  await page.keyboard.press('Escape');
  const shattering = await instrument(page, 'Shattering');
  await shattering.getByRole('button', { name: 'Compute' }).click();
  await expect(shattering.getByText(new RegExp(`\\(${one}\\)|\\b${one}\\b.*\\b${one}\\b`)).first()).toBeVisible({
    timeout: COMPUTING_MS,
  });
  await expect(page.locator('body')).not.toContainText(/Fashion|Pullover|Sneaker|Trouser/);
});
