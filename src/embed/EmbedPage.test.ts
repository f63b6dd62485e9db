import { expect, it } from 'vitest';
import { chartPlaces } from './EmbedPage.tsx';

const box = (width: number, height: number) => ({ width, height, rem: 16 });

it('puts charts beside a wide figure and below a tall one, and leaves out what has no room', () => {
  expect(chartPlaces(box(700, 500), 2)).toMatchObject({ isTall: false, count: 2 });
  expect(chartPlaces(box(560, 420), 2)).toMatchObject({ isTall: false, count: 0 });
  expect(chartPlaces(box(480, 300), 2)).toMatchObject({ isTall: false, count: 0 });
  expect(chartPlaces(box(360, 640), 2)).toMatchObject({ isTall: true, count: 2 });
  expect(chartPlaces(box(360, 640), 0)).toMatchObject({ count: 0, size: 0 });
});

it('leaves the figure its room whatever is beside it', () => {
  for (const [width, height] of [
    [700, 500],
    [900, 300],
    [360, 640],
    [360, 900],
    [1400, 900],
  ] as const) {
    const { isTall, size } = chartPlaces(box(width, height), 2);
    expect((isTall ? height : width) - size).toBeGreaterThanOrEqual((isTall ? 17 : 22) * 16);
  }
});
