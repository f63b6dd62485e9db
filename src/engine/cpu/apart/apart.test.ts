/** Networks apart, in Node: places are asked by messages as workers are, and are in this thread. */
import { afterAll, describe, expect, it } from 'vitest';
import { bytesOf } from '../../../experiment/memory.ts';
import type { NetworkGraph } from '../../../network/graph.ts';
import type { Trainer, UpdateRule } from '../../engine.ts';
import { alone, history, subject, testSideBySide, together } from '../../testSideBySide.ts';
import { createCpuEngine } from '../engine.ts';
import type { Helper } from '../threads/team.ts';
import { withPlaces } from './apart.ts';
import { hosting } from './hosting.ts';
import type { Message } from './place.ts';

const adam: UpdateRule = { opt: 'adam', wd: 0.01, clip: 0.5, seed: 1 };
const momentum: UpdateRule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 };

interface TestPlace {
  /** How many it was asked to start with. */
  threads: number;
  /** Trainers that it has been asked for. */
  made: number;
  isOpen: boolean;
  /** As a worker that cannot go on. */
  readonly die: (error: unknown) => void;
}

/** An engine on two threads as far as it knows, and its places. */
function subjectEngine() {
  const places: TestPlace[] = [];
  const open = (): Helper => {
    const { port1, port2 } = new MessageChannel();
    let onError: (error: unknown) => void = () => undefined;
    const place: TestPlace = { threads: 0, made: 0, isOpen: true, die: (error) => onError(error) };
    places.push(place);
    const start = async (threads: number) => {
      place.threads = threads;
      return createCpuEngine();
    };
    const follow = hosting(start, (answer) => port2.postMessage(answer));
    port2.onmessage = ({ data: { id, ask } }: MessageEvent<Message>) => {
      if ('make' in ask) place.made++;
      follow(id, ask);
    };
    return {
      postMessage: (message) => port1.postMessage(message),
      listen: (onMessage, whenFailed) => {
        port1.onmessage = ({ data }) => onMessage(data);
        onError = whenFailed;
      },
      terminate: () => {
        place.isOpen = false;
        port1.close();
      },
    };
  };
  return { engine: withPlaces({ ...createCpuEngine(), threads: 2 }, open), places };
}

describe('networks apart', () => {
  const { engine } = subjectEngine();
  afterAll(() => engine.dispose());

  testSideBySide(
    () => engine,
    [
      ['residual blocks, stochastic depth', adam, 2],
      ['residual blocks, option A, batch norm', { ...adam, stats: 'running' }, 2],
      ['pre-activation, everything at once', momentum, 2],
    ],
  );

  it('have places of their own, which serve those that come behind them', async () => {
    const { engine: own, places } = subjectEngine();
    const of = subject('residual blocks, dropout on the shortcut', 2);
    for (let time = 1; time <= 2; time++) {
      const trainers = await together(own, of, momentum);
      expect(places.map(({ threads, made }) => [threads, made])).toEqual([
        [1, time],
        [1, time],
      ]);
      for (const trainer of trainers) trainer.dispose();
      // Behind which a place has forgotten it.
      await expect(trainers[0]?.snapshot()).rejects.toThrow();
    }
    // Who trains by turns takes their memory.
    const { graph, initial } = of.networks[0] as (typeof of.networks)[0];
    const trainer = await own.createTrainer(graph, initial, momentum, of.images, { batch: 2, calibration: 2 });
    expect(places.map(({ isOpen }) => isOpen)).toEqual([false, false]);
    trainer.dispose();
    own.dispose();
  });

  it('say how many bytes they take where they are, which those who asked need not plan', async () => {
    const { engine: own } = subjectEngine();
    const { networks, images } = subject('residual blocks, dropout on the shortcut', 2);
    const trainers = await own.sideBySide?.createTrainers(networks, momentum, images, { batch: 3, calibration: 8 });
    const need = createCpuEngine().memoryNeed([networks[0]?.graph as NetworkGraph], momentum, 3);
    expect(trainers?.map(({ memory }) => memory)).toEqual([0, 1].map(() => bytesOf(need, 3)));
    own.dispose();
  });

  it('are those of which that is quicker, on images that other threads see', async () => {
    const of = subject('residual blocks, stochastic depth', 3);
    expect(await engine.sideBySide?.createTrainers(of.networks, momentum, of.images)).toBeNull();
    const pixels = new Float32Array(of.images.train.pixels.length);
    const images = { ...of.images, train: { ...of.images.train, pixels } };
    expect(await engine.sideBySide?.createTrainers(of.networks.slice(0, 2), momentum, images)).toBeNull();
  });

  it('see images that arrive late', async () => {
    const of = subject('28×28 images', 2);
    const { train, test } = of.images;
    const all = [train, test].map(({ pixels, labels }) => ({ pixels: pixels.slice(), labels: labels.slice() }));
    for (const { pixels, labels } of [train, test]) [pixels, labels].map((each) => each.fill(0));
    const pair = await together(engine, of, momentum);
    [train, test].forEach(({ pixels, labels }, i) => {
      pixels.set(all[i]?.pixels ?? []);
      labels.set(all[i]?.labels ?? []);
    });
    const found = await history(pair, of);
    const single = await alone(engine, of, momentum);
    for (const [i, trainer] of single.entries()) expect(found[i]).toEqual((await history([trainer], of, i))[0]);
  });

  it('get the threads of one that stands still, and go on as if nothing had been', async () => {
    const { engine: own, places } = subjectEngine();
    const of = subject('residual blocks, stochastic depth', 2);
    const rule = { ...adam, stats: 'running' } as const;
    const [pair, single] = [await together(own, of, rule), await alone(own, of, rule)];
    const step = (trainers: readonly Trainer[], time: number) =>
      Promise.all(trainers.map((trainer, i) => trainer.step(of.batch(i, time), 0.01)));
    for (const trainers of [pair, single]) await step(trainers, 0);
    const huge = of.networks[1]?.initial.map((values) => values.map(() => 3e38)) ?? [];
    for (const trainers of [pair, single]) trainers[1]?.restore({ parameters: huge, moments: [], updates: 0 });
    // Two are under way as the first of them overflows.
    const found = await Promise.all([step(pair, 1), step(pair, 2)]);
    expect(found[0]?.[1]?.overflow).not.toBeNull();
    expect(found).toEqual([await step(single, 1), await step(single, 2)]);
    const [left, twin] = [pair[0], single[0]] as [Trainer, Trainer];
    expect(await history([left], of)).toEqual(await history([twin], of));
    expect(places.map(({ threads, made }) => [threads, made])).toEqual([
      [1, 1],
      [1, 1],
      [2, 1],
    ]);
    // What stands still can be looked at.
    expect((await pair[1]?.snapshot())?.updates).toBe(0);
    own.dispose();
  });

  it('stay where they are if no other threads start', async () => {
    const { engine: own, places } = subjectEngine();
    const of = subject('residual blocks, stochastic depth', 2);
    const [pair, single] = [await together(own, of, adam), await alone(own, of, adam)];
    const huge = of.networks[1]?.initial.map((values) => values.map(() => 3e38)) ?? [];
    pair[1]?.restore({ parameters: huge, moments: [], updates: 0 });
    await pair[1]?.step(of.batch(1, 0), 0.01);
    places[2]?.die(new Error('no worker'));
    expect(await history(pair.slice(0, 1), of)).toEqual(await history(single.slice(0, 1), of));
    expect(places.map(({ isOpen }) => isOpen)).toEqual([true, true, false]);
    own.dispose();
  });

  it('fail with their place, and the others do not', async () => {
    const { engine: own, places } = subjectEngine();
    const of = subject('residual blocks, stochastic depth', 2);
    const pair = await together(own, of, momentum);
    const underWay = pair.map((trainer, i) => trainer.step(of.batch(i, 0), 0.01));
    places[0]?.die(new Error('out of memory'));
    await expect(underWay[0]).rejects.toThrow('out of memory');
    await expect(pair[0]?.snapshot()).rejects.toThrow('out of memory');
    expect((await underWay[1])?.loss).toBeGreaterThan(0);
    for (const trainer of pair) trainer.dispose();
    // Those to come have another place.
    const next = await together(own, of, momentum);
    expect(await Promise.all(next.map((trainer) => trainer.snapshot()))).toHaveLength(2);
    own.dispose();
  });

  it('are trained by turns where no place can be had', async () => {
    const dead = (): Helper => ({
      postMessage: () => undefined,
      listen: (_, onError) => queueMicrotask(() => onError(new Error('no worker'))),
      terminate: () => undefined,
    });
    const own = withPlaces({ ...createCpuEngine(), threads: 2 }, dead);
    await expect(together(own, subject('residual blocks, stochastic depth', 2), momentum)).rejects.toThrow('no worker');
    own.dispose();
  });
});
