/** Networks apart, in workers: on a thread each, and on two each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giving } from '../../../ui/pageWork.ts';
import type { Engine, Trainer, UpdateRule } from '../../engine.ts';
import { alone, history, subject, testSideBySide, together } from '../../testSideBySide.ts';
import { createCpuEngine } from '../engine.ts';
import { startCpuEngine } from '../start.ts';
import { helperIn } from '../threads/team.ts';
import { withPlaces } from './apart.ts';

const adam: UpdateRule = { opt: 'adam', wd: 0.01, clip: 0.5, seed: 1, stats: 'running' };

describe.each([2, 4])('networks apart in workers, with %i threads', (threads) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startCpuEngine({ threads });
  });
  afterAll(() => engine.dispose());

  testSideBySide(() => engine, [['pre-activation, everything at once', adam, 2]]);

  it('get all threads once the others stand still', async () => {
    const of = subject('residual blocks, stochastic depth', 2);
    const [pair, single] = [await together(engine, of, adam), await alone(engine, of, adam)];
    const huge = of.networks[1]?.initial.map((values) => values.map(() => 3e38)) ?? [];
    pair[1]?.restore({ parameters: huge, moments: [], updates: 0 });
    expect((await pair[1]?.step(of.batch(1, 0), 0.01))?.overflow).not.toBeNull();
    expect(await history(pair.slice(0, 1), of)).toEqual(await history([single[0] as Trainer], of));
    for (const trainer of [...pair, ...single]) trainer.dispose();
  });
});

it('each place gives way when it is its turn, where there is a core for each thread and none besides', async () => {
  const page = new SharedArrayBuffer(4);
  const says = new Int32Array(page);
  const engine = await startCpuEngine({ threads: Math.max(2, navigator.hardwareConcurrency), page });
  const of = subject('residual blocks, stochastic depth', 2);
  const trainers = await together(engine, of, adam);
  says[0] = giving.other;
  await trainers[0]?.step(of.batch(0, 0), 0.01);
  expect(says[0]).toBe(giving.other);
  await trainers[1]?.step(of.batch(1, 0), 0.01);
  expect(says[0]).toBe(giving.none);
  engine.dispose();
});

it('a worker that breaks breaks the place, with its reason', async () => {
  const script = URL.createObjectURL(new Blob(["onmessage = () => { throw new Error('no memory') };"]));
  const engine = withPlaces({ ...createCpuEngine(), threads: 2 }, () => helperIn(new Worker(script)));
  const of = subject('residual blocks, stochastic depth', 2);
  await expect(together(engine, of, adam)).rejects.toThrow('no memory');
  engine.dispose();
});
