/**
 * What a person does in the lessons. What the runs show is held, part by part as it ships, by `lessons/story/asShipped.browser.test.ts`; here a
 * run is no more than a way to get on, and a link shortens it.
 */
import { expect } from '@playwright/test';
import { LabPage } from './labPage.ts';
import { LessonPage, of } from './lessonPage.ts';
import { test } from './returning.ts';

test('lessons 1, 8 and 4 say what networks cost, that twins are of one size, and what theory expects; there is no lesson 12', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await page.goto('./#lesson=12');
  await expect(page.getByText('There is no lesson “12”; there are lessons 1 to 9.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Plain, 38 layers' })).toBeVisible();

  await test.step('lesson 1: costs stand beside the architectures, and the run waits for a prediction', async () => {
    await lesson.open('1');
    await expect(lesson.panel.getByRole('row', { name: /VGG-16-like 16 257,330/ })).toBeVisible();
    await expect(lesson.run).toBeDisabled();
    await lesson.predict('VGG-19-like');
    await expect(lesson.run).toBeEnabled({ timeout: 60_000 });
  });

  await test.step('lesson 8: the twins have the same number of parameters, and their code says so', async () => {
    await lesson.open('8');
    await expect(lesson.panel.getByRole('button', { name: 'Tell me without predicting' })).toBeVisible();
    await expect(lesson.verdict).toHaveCount(0);
    // There is nothing to train, and no button that would.
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toHaveCount(0);
    await lesson.panel.getByRole('radio', { name: 'none' }).check();
    const counts = await lesson.values();
    expect(of(counts, 'plain')).toBe(of(counts, 'residual'));
    const code = lesson.panel.getByRole('textbox', { name: 'Residual, 20 layers, 7×7 maps in PyTorch' });
    const parameters = of(counts, 'residual').toLocaleString('en');
    await expect(code).toHaveValue(new RegExp(`# Residual, 20 layers, 7×7 maps: ${parameters} parameters`));
    await expect(code).toHaveValue(/return self\.act\(x \+ shortcut\)/);
    await lesson.panel.getByText('TensorFlow.js', { exact: true }).click();
    await expect(
      lesson.panel.getByRole('textbox', { name: 'Residual, 20 layers, 7×7 maps in TensorFlow.js' }),
    ).toHaveValue(/buildModel/);
  });

  await test.step('lesson 4: theory stands beside the run’s own factor as soon as there is one', async () => {
    await lesson.open('4');
    await lesson.predict('all four');
    await expect(lesson.run).toBeEnabled({ timeout: 60_000 });
    await expect(lesson.panel.getByRole('row', { name: /ReLU, He × 0\.\d\d –/ })).toBeVisible();
    await lesson.run.click();
    await expect(lesson.panel.getByRole('row', { name: /ReLU, He × 0\.\d\d × 0\.\d\d/ })).toBeVisible();
  });
});

test('lesson 2: the signal fades, the weight gradient hides it, and each prediction is judged', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('2&steps=4&train=200&test=100');
  await test.step('a term explains itself to the keyboard, until Escape', async () => {
    const term = lesson.panel.getByRole('button', { name: 'signal gradient' });
    await term.focus();
    const meaning = lesson.panel
      .getByRole('tooltip', { name: /How strongly one example’s loss/ })
      .or(lesson.panel.getByText(/How strongly one example’s loss still speaks/));
    await expect(meaning).toBeVisible();
    await expect(term).toHaveAccessibleDescription(/How strongly one example’s loss/);
    await page.keyboard.press('Escape');
    await expect(meaning).toBeHidden();
  });

  // Where the window is low the verdict is in view.
  await page.setViewportSize({ width: 1366, height: 600 });
  await lesson.predict(/more than 100,000/);
  await lesson.runAndCheck();
  await lesson.expectShown();
  await expect(lesson.verdict.getByText(/^What your run shows/)).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(lesson.panel.getByText('As you predicted.')).toBeVisible();
  await expect(page.locator('.stack-predicted')).toHaveCount(3);

  await lesson.panel.getByRole('button', { name: 'Next part' }).click();
  const lab = new LabPage(page);
  await test.step('a lesson asks for the prediction before anything trains', async () => {
    // One thing to press.
    await expect(lab.play).toHaveCount(0);
    await expect(lesson.run).toBeDisabled();
    // Nothing has the focus but the page.
    const leave = () =>
      page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
    await leave();
    for (const key of ['Space', 'ArrowRight']) {
      await page.keyboard.press(key);
      await expect(lesson.panel.getByRole('radio', { name: /^fall/ })).toBeFocused();
      await page.keyboard.press('Tab');
      await leave();
    }
    expect(await lab.step()).toBe(0);
  });
  await lesson.predict('rise');
  await lesson.runAndCheck();
  await lesson.expectShown();
  await expect(lesson.panel.getByText(/^Not as you predicted\./)).toBeVisible();

  // The verdict speaks of step 1, and the page shows it, until one goes back to the end.
  const shown = (quantity: string) => page.getByRole('button', { name: `${quantity} Bars show` });
  const shownStep = lesson.verdict.getByRole('button', { name: /step 1/ });
  await expect(shown('Weight gradient')).toBeVisible();
  await expect.poll(() => lab.step()).toBe(1);
  await expect(shownStep).toHaveText('Showing step 1 · back to the end');
  await shownStep.press('Enter');
  await expect.poll(() => lab.step()).toBe(4);
  // What the words name they show.
  await lesson.verdict.getByRole('button', { name: 'Signal gradient' }).press('Enter');
  await expect(shown('Signal gradient')).toBeVisible();
  await expect.poll(() => lab.step()).toBe(1);

  // The prediction is judged, handed in, and made again.
  await expect(lesson.panel.getByRole('radio', { name: 'stay about flat ✓ this happened' })).toBeVisible();
  await expect(lesson.panel.getByRole('radio', { name: 'rise your guess' })).toBeChecked();
  await expect(lesson.panel.getByText('Not as you predicted.')).toBeVisible();
  await lesson.panel.getByRole('button', { name: 'Hand in' }).press('Enter');
  await expect(page.getByRole('textbox', { name: 'The run as a text' })).toHaveValue(/^ds1\./);
  await page.keyboard.press('Escape');
  await lesson.panel.getByRole('button', { name: 'Predict again' }).click();
  await expect(lesson.panel.getByText('✓ this happened')).toHaveCount(0);
  await expect(lesson.verdict).toHaveCount(0);
  await lesson.panel.getByRole('button', { name: 'Tell me without predicting' }).click();
  await expect(lesson.verdict).toBeVisible();
});

test('lesson 3 as it ships: the first NaN is named, and each gain is written down', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('3');
  await lesson.predict('about 1.5');
  await lesson.runAndCheck();
  await lesson.expectShown();
  await expect(lesson.verdict).toContainText(/the first number that is not finite appeared at step [1-9]/);

  await lesson.panel.getByRole('slider', { name: 'Gain' }).fill('0');
  await expect(lesson.panel.getByText('Your tries')).toBeVisible();
  const low = await lesson.runAndCheck();
  expect(of(low, 'factor')).toBeLessThan(0.8);
  // Who was right about the edge is not told that their run does not show it, though nothing explodes.
  await expect(lesson.panel.getByText('As you predicted.')).toBeVisible();
  await expect(lesson.verdict).toContainText(/^What your run shows.*This gain does not blow up/);
  await expect(lesson.panel.locator('tbody tr')).toHaveCount(2);
});

test('lesson 6: layers are inserted into a trained base, and those that are the identity change nothing', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open('6&part=2&steps=5&train=200&test=100');
  await lesson.predict('it is about as bad as guessing');
  await expect(lesson.run).toBeEnabled({ timeout: 60_000 });
  await lesson.run.click();
  await lesson.panel.getByRole('button', { name: 'Insert the layers' }).click({ timeout: 60_000 });
  for (const kind of ['base+identity', 'base+zeroresidual', 'base+dirac']) {
    await expect(lesson.panel.locator(`[data-graft="${kind}"]`)).toHaveText('0, exactly');
  }
  await expect(lesson.panel.locator('[data-graft="base+conv"]')).not.toHaveText(/^0/);
  // The answer is there, and with it what became of the prediction: another run would change neither.
  await expect(lesson.panel.getByText('As you predicted.')).toBeVisible();
  await expect(lesson.panel.getByText('✓ this happened')).toBeVisible();
  await expect(lesson.panel.getByText(/^Now train on/)).toBeVisible();
  await expect(lesson.run).toBeEnabled();
});

test('lesson 7: F(x) gets smaller beside x along every stage', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('7&steps=5&train=200&test=100');
  await lesson.predict('smaller');
  const sizes = await lesson.runAndCheck();
  // The blocks are looked at on the way, too: the verdict is about the last look.
  for (const stage of [1, 2, 3]) expect(of(sizes, `last${stage}`)).toBeLessThan(0.9 * of(sizes, `first${stage}`));
  await lesson.expectShown();
  await expect(lesson.panel.getByText(/Measured after 5 steps/)).toBeVisible();
  await expect(lesson.panel.getByRole('img', { name: /std x = .*, std F\(x\) = / })).toBeVisible();
  // A formula is mathematics, not a picture of it.
  await expect(lesson.panel.locator('math').first()).toBeVisible();
});

test('lesson 9: its end leads to the lab, which gets all of its controls back and keeps what was trained', async ({
  page,
}) => {
  const lesson = new LessonPage(page);
  await lesson.open('9&steps=1&train=100&test=100');
  await lesson.predict('Residual 110');
  await lesson.runAndCheck();
  await lesson.panel.getByRole('button', { name: 'Next part' }).click();
  await expect(lesson.panel.getByRole('link', { name: 'Balduzzi et al. 2017' })).toBeVisible();
  await lesson.panel.getByRole('button', { name: 'To the lab' }).click();
  await expect(lesson.panel).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Add network' })).toBeVisible();
  await expect.poll(() => new LabPage(page).step()).toBe(1);
});

test('a presenter gets through lesson 5 with the one key of a clicker; the curve that the class has drawn is kept', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.addInitScript(() => localStorage.setItem('depthscope.theme', 'projector'));
  const lesson = new LessonPage(page);
  await lesson.open('5&steps=10&train=200&test=100');
  const onward = () => page.keyboard.press('PageDown');
  const skip = lesson.panel.getByRole('button', { name: 'Run without predicting' });
  await onward();
  await expect(lesson.panel.getByText('Predict first.')).toBeInViewport();
  await expect(skip).toBeVisible();
  await lesson.panel.getByRole('slider', { name: /network of 56 layers/ }).fill('10');
  await lesson.panel.getByRole('button', { name: 'This is my prediction' }).click();
  await expect(skip).toHaveCount(0);
  await expect(lesson.run).toBeEnabled();
  await onward();
  await expect(lesson.panel.getByRole('button', { name: 'Pause' })).toBeVisible();
  // Pressed once too often: the run goes on.
  await onward();
  await lesson.values();
  await expect(lesson.panel.getByText(/Your curve is dashed/)).toBeVisible();
  await onward();
  // The next part looks at the same run.
  await expect(lesson.panel.getByRole('heading', { name: 'But are the gradients healthy?' })).toBeVisible();
  expect(of(await lesson.values(), 'deepBefore')).toBeGreaterThan(30);
  await onward();
  await expect(skip).toBeVisible();
  await onward();
  await onward();
  await expect(skip).toHaveCount(0);
  await expect(lesson.run).toBeEnabled();
  await onward();
  await lesson.values();
  await onward();
  await expect(lesson.panel.getByRole('button', { name: 'Lessons · 6 of 9' })).toBeVisible();
  await page.keyboard.press('PageUp');
  await expect(lesson.panel.getByRole('button', { name: 'Lessons · 5 of 9' })).toBeVisible();
});

test('a lesson is left, and resumed where it was, with its prediction', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('2&part=2');
  await lesson.panel.getByRole('radio', { name: 'rise' }).check();
  await lesson.panel.getByRole('button', { name: 'Open in the lab' }).click();
  await expect(page).toHaveURL(/#v=1&a=f7-plain-12/);
  await page.reload();
  await page.getByRole('button', { name: 'Lessons' }).click();
  await expect(page.getByRole('menuitem')).toHaveCount(9);
  await page.getByRole('menuitem', { name: /^2 · .* \(go on here\)$/ }).click();
  await expect(lesson.panel.getByRole('heading', { name: 'The bar that hides it' })).toBeVisible();
  await expect(lesson.panel.getByRole('radio', { name: 'rise' })).toBeChecked();
  await expect(page).toHaveURL(/#lesson=2&part=2$/);
});

test('a lesson puts the controls away that it does not need, and says when its networks are gone', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('5&v=1&a=t7-plain-8&b=t7-plain-20&steps=2');
  await expect(page.getByRole('heading', { name: 'Plain, 20 layers' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit the stack of Plain, 8 layers' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Training settings' })).toHaveCount(0);
  await expect(lesson.panel.getByText(/not this lesson’s any more/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await lesson.panel.getByRole('button', { name: 'Load the lesson’s networks' }).click();
  await expect(page.getByRole('heading', { name: 'Plain, 56 layers' })).toBeVisible();
  await expect(lesson.run).toBeVisible();
});
