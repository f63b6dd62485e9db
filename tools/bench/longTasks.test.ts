import { expect, test } from 'vitest';
import { type AnimationFrame, withSources } from './longTasks.ts';

const frame: AnimationFrame = {
  start: 1000,
  ms: 80,
  layoutFrom: 1060,
  scripts: [
    { invoker: 'FrameRequestCallback', ms: 20, forcedLayoutMs: 5 },
    { invoker: 'TimerHandler:setInterval', ms: 30, forcedLayoutMs: 0 },
    { invoker: 'FrameRequestCallback', ms: 4, forcedLayoutMs: 0 },
  ],
};

test('A long task is told by what took its time, the longest first', () => {
  expect(withSources([{ start: 1000.4, ms: 79.6 }], [{ ...frame, start: 0 }, frame])).toEqual([
    {
      ms: 80,
      sources: {
        'TimerHandler:setInterval': 30,
        'style, layout and paint': 20,
        FrameRequestCallback: 19,
        'forced layout': 5,
      },
    },
  ]);
  expect(Object.keys(withSources([{ start: 1000, ms: 80 }], [frame])[0]?.sources ?? {})[0]).toBe(
    'TimerHandler:setInterval',
  );
});

test('A task outside of all long frames has no known source', () => {
  expect(withSources([{ start: 900, ms: 60 }], [frame])).toEqual([{ ms: 60, sources: {} }]);
});
