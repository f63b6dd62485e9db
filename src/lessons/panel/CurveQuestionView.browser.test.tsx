import { beforeEach, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../ui/base.css';
import '../lessons.css';
import { parseLink } from '../../experiment/parseLink.ts';
import { svgPicture } from '../../plot/picture.ts';
import { draw } from '../../ui/testDraw.ts';
import type { CurveQuestion } from '../lesson.ts';
import { CurveQuestionView } from './CurveQuestionView.tsx';

const question: CurveQuestion = {
  kind: 'draw',
  points: [
    { network: 'a', depth: 8 },
    { network: 'b', depth: 56 },
  ],
};
const { experiment } = parseLink('#v=1&a=t7-plain-8&b=t7-plain-56');

beforeEach(async () => {
  const evidence = { experiment, runs: {}, graft: null, blocks: null };
  draw(<CurveQuestionView id="test" question={question} evidence={evidence} isEnded={false} />, { width: '360px' });
  await expect.element(page.getByRole('figure')).toBeInTheDocument();
});

const shallow = () => page.getByRole('slider', { name: /of 8 layers/ });
const figure = () => page.getByRole('figure').element() as HTMLElement;

it('says at its axes what they measure, in which units', async () => {
  await expect.element(page.getByText('weight layers', { exact: true })).toBeInTheDocument();
  await expect.element(page.getByText('training error, %', { exact: true })).toBeInTheDocument();
});

it('is drawn by keyboard without moving, and then read as a table', async () => {
  const plot = document.querySelector('.curve-plot');
  const before = plot?.getBoundingClientRect().y;
  shallow().element().focus();
  await userEvent.keyboard('{Home}');
  const menu = page.getByRole('button', { name: /Training error by depth/ });
  await expect.element(menu).toBeInTheDocument();
  expect(plot?.getBoundingClientRect().y).toBe(before);
  await menu.click();
  await page.getByRole('menuitem', { name: 'Show as a table' }).click();
  const rows = page.getByRole('dialog').getByRole('row');
  await expect.element(rows.first()).toBeInTheDocument();
  expect(
    rows
      .elements()
      .map(({ textContent }) => textContent)
      .slice(1),
  ).toEqual(['80–', '560.500–']);
});

it('is a picture in which nothing lies over the curve', async () => {
  await userEvent.fill(shallow(), '20');
  const tree = new DOMParser().parseFromString(
    svgPicture(figure(), { title: '', summary: '', about: [] }),
    'image/svg+xml',
  );
  const texts = [...tree.querySelectorAll('text')].map(({ textContent }) => textContent);
  for (const part of ['Training error by depth', 'weight layers', 'training error, %', 'predicted', 'measured'])
    expect(texts).toContain(part);
  // The paper alone.
  expect(tree.querySelectorAll('rect')).toHaveLength(1);
});
