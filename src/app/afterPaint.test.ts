import { describe, expect, it } from 'vitest';
import { anyEngine } from '../engine/choose.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import type { LabClient } from '../session/worker/protocol.ts';
import { afterPaint } from './afterPaint.ts';

function recorder() {
  const calls: string[] = [];
  const record = (name: string) => () => void calls.push(name);
  const client: LabClient = {
    listen: () => () => undefined,
    load: record('load'),
    play: record('play'),
    pause: record('pause'),
    step: record('step'),
    adjust: record('adjust'),
    keep: record('keep'),
    examine: record('examine'),
    stopExamining: record('stopExamining'),
    retry: record('retry'),
  };
  return { calls, client };
}

describe('a client held back until the first paint', () => {
  it('passes nothing on before, everything in order then, and at once afterwards', () => {
    const { calls, client } = recorder();
    let paint = () => {};
    const held = afterPaint(client, (done) => {
      paint = done;
    });
    held.load({ run: 1, experiment: defaultExperiment, engine: anyEngine });
    held.play();
    expect(calls).toEqual([]);
    paint();
    expect(calls).toEqual(['load', 'play']);
    held.pause();
    expect(calls).toEqual(['load', 'play', 'pause']);
  });
});
