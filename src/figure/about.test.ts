import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aboutLines } from '../plot/about.ts';
import type { Lab } from '../session/store/lab.ts';
import { finished, labOf } from '../session/store/testLab.ts';
import { testRun } from '../session/testRuns.ts';
import { when } from '../session/when.ts';
import { experiment, tiny } from '../session/worker/testSession.ts';
import { aboutLab, aboutRuns } from './about.ts';

beforeEach(() => {
  vi.stubGlobal('location', { href: 'https://example.org/' });
});
afterEach(() => vi.unstubAllGlobals());

const short = experiment([tiny], { steps: 3 });

/** What an export of the lab's charts says, in lines. */
function exported({ store }: Lab): string[] {
  return aboutLines(aboutLab(store.getState()), new Date('2026-01-01T00:00:00Z'));
}

describe('an export of the lab', () => {
  it('says how to repeat a run that began from scratch', async () => {
    const lab = labOf(short);
    await finished(lab);
    expect(exported(lab).at(-1)).toMatch(/^To repeat it: https:\/\/example\.org\/#v=1/);
  });

  it('says that a run was grafted, and promises no repetition', async () => {
    const lab = labOf(short);
    await finished(lab);
    lab.commands.graft('a', experiment([{ ...tiny, stack: [...tiny.stack, { kind: 'identity', count: 1 }] }]));
    await when(lab, ({ graft }) => graft !== null);
    const lines = exported(lab).join('\n');
    expect(lines).toMatch(/link alone does not repeat this.*had learned/);
    expect(lines).not.toContain('To repeat it');
  });

  it('says that the learning rate was changed on the way, and promises no repetition', async () => {
    const lab = labOf(short);
    lab.commands.step();
    await when(lab, ({ runs }) => runs.a?.steps === 1);
    lab.commands.setLearningRate(0.5);
    await finished(lab);
    const lines = exported(lab).join('\n');
    expect(lines).toMatch(/link alone does not repeat this.*learning rate was changed/);
    expect(lines).not.toContain('To repeat it');
  });
});

it('a chart of finished runs names every network, seed and engine in it, and the links that repeat them', () => {
  const names = ['t7-plain-56', 't7-plain-8', 't7-plain-20', 't7-plain-38', 't7-residual-8'];
  const about = aboutRuns(
    [...names.map((name) => testRun(`a=${name}`)), testRun('a=t7-plain-8&seed=3'), testRun('a=t7-plain-8&seed=3')],
    'Kana',
  );
  expect(about?.networks).toBe(
    'Plain, 8 layers, 7×7 maps; Residual, 8 layers, 7×7 maps; Plain, 20 layers, 7×7 maps; Plain, 38 layers, 7×7 maps; Plain, 56 layers, 7×7 maps',
  );
  expect(about?.seeds).toEqual([1, 3]);
  // Four stand side by side; seed 1 is what a link says that says nothing.
  expect(about?.link.split(' ')).toEqual([
    'https://example.org/#v=1&a=t7-plain-8&b=t7-residual-8&c=t7-plain-20&d=t7-plain-38',
    'https://example.org/#v=1&a=t7-plain-56',
    'https://example.org/#v=1&a=t7-plain-8&seed=3',
  ]);
  expect(about?.data).toBe('Kana · 6,000 train / 1,000 test');
});

it('runs of two engines name both', () => {
  const { engine: wasm } = testRun('');
  const webgpu = wasm && { ...wasm, engine: 'webgpu', backend: 'webgpu' };
  const { engine = '' } =
    aboutRuns([testRun('a=t7-plain-8'), testRun('a=t7-plain-20', 0.3, { engine: webgpu })], null) ?? {};
  expect(engine.split('; ')).toHaveLength(2);
});

it('without runs there is nothing to say', () => {
  expect(aboutRuns([], null)).toBeNull();
});
