import { useState } from 'react';
import { flushSync } from 'react-dom';
import { beforeEach, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { draw } from '../ui/testDraw.ts';
import { useCursor } from './cursor.ts';
import { Rule } from './marks.tsx';
import { Plot } from './Plot.tsx';
import { type Plane, usePlane } from './plane.tsx';
import { errorAxis, stepAxis } from './scale.ts';

const steps = [0, 20, 40, 60, 80, 100];
const planes: Plane[] = [];
let setTop: (top: number) => void;
let setTitle: (title: string) => void;

/** Notes the planes that it is drawn on. */
function Probe() {
  planes.push(usePlane());
  return null;
}

function Example() {
  const [top, changeTop] = useState(1);
  const [title, changeTitle] = useState('Error');
  setTop = changeTop;
  setTitle = changeTitle;
  const cursor = useCursor(steps, 100);
  return (
    <Plot
      title={title}
      x={stepAxis(100, 'step')}
      y={errorAxis({ kind: 'linear', min: 0, max: top }, 'error')}
      cursor={cursor}
      spoken={(at) => `step ${at}`}
      summary=""
      table={() => ({ columns: [], rows: [] })}
      empty={null}
      legend={null}
    >
      <Probe />
      <Rule at={cursor.isPointing ? cursor.at : null} />
    </Plot>
  );
}

beforeEach(() => {
  planes.length = 0;
  flushSync(() => draw(<Example />, { display: 'flex', width: '400px', height: '300px' }));
});

function slider(): HTMLElement {
  const found = document.querySelector<HTMLElement>('[role=slider]');
  if (!found) throw new Error('no slider');
  return found;
}

const newest = (): Plane => {
  const plane = planes.at(-1);
  if (!plane) throw new Error('nothing was drawn');
  return plane;
};

test('is read by pointer at the nearest position, and marks it', async () => {
  const { x, area } = newest();
  const at = x.at(43).px;
  await userEvent.hover(slider(), { position: { x: at, y: area.top + 5 } });
  await expect.poll(() => slider().getAttribute('aria-valuetext')).toBe('step 40');
  expect(Number(document.querySelector('.chart-cursor')?.getAttribute('x1'))).toBeCloseTo(x.at(40).px, 9);
});

test('is read by keys from position to position, and let go by Escape', async () => {
  slider().focus();
  const now = () => slider().getAttribute('aria-valuenow');
  for (const [key, step] of [
    ['ArrowLeft', '80'],
    ['Home', '0'],
    ['PageUp', '20'],
    ['End', '100'],
    ['Escape', '100'],
  ] as const) {
    await userEvent.keyboard(`{${key}}`);
    await expect.poll(now).toBe(step);
  }
  expect(document.querySelector('.chart-cursor')).toBeNull();
  expect([slider().getAttribute('aria-valuemin'), slider().getAttribute('aria-valuemax')]).toEqual(['0', '100']);
});

test('keeps its plane, and with it what is drawn, until an end of an axis moves', () => {
  const before = newest();
  flushSync(() => setTitle('Another title'));
  expect(newest()).toBe(before);
  flushSync(() => setTop(0.4));
  expect(newest()).not.toBe(before);
  expect(newest().y.px(0.4)).toBeCloseTo(newest().area.top, 9);
});
