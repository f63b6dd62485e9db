import { expect, it } from 'vitest';
import { anyEngine } from '../engine/choose.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import type { Command } from '../session/worker/protocol.ts';
import { afterPaint } from './afterPaint.ts';

it('a client held back until the first paint passes nothing on before, everything in order then, and at once afterwards', () => {
  const sent: Command[] = [];
  let paint = () => {};
  const held = afterPaint({ send: (command) => sent.push(command), listen: () => () => undefined }, (done) => {
    paint = done;
  });
  const load: Command = { type: 'load', request: { run: 1, experiment: defaultExperiment, engine: anyEngine } };
  held.send(load);
  held.send({ type: 'play' });
  expect(sent).toEqual([]);
  paint();
  expect(sent).toEqual([load, { type: 'play' }]);
  held.send({ type: 'pause' });
  expect(sent).toEqual([load, { type: 'play' }, { type: 'pause' }]);
});
