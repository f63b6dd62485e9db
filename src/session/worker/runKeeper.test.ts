import { describe, expect, it } from 'vitest';
import { createCpuEngine } from '../../engine/cpu/engine.ts';
import type { Experiment, NetworkSpec } from '../../experiment/experiment.ts';
import type { RecordBatch } from './batch.ts';
import type { RunRequest } from './protocol.ts';
import type { KeptRun, RunStore } from './runStore.ts';
import { evaluationsOf, experiment, lossesOf, range, TestSession, tiny } from './testSession.ts';

/** What a browser would keep, for as long as the test lasts. */
function memoryStore() {
  const runs = new Map<string, KeptRun>();
  const parts = new Map<string, RecordBatch[]>();
  const taken = new Set<string>();
  const store: RunStore = {
    async take(key) {
      if (taken.has(key)) return null;
      taken.add(key);
      return () => taken.delete(key);
    },
    find: async (key) => structuredClone(runs.get(key) ?? null),
    async *records({ id }) {
      yield* structuredClone(parts.get(id) ?? []);
    },
    async save(run, batch, before) {
      if (before !== null) runs.delete(before);
      runs.set(run.key, structuredClone(run));
      parts.set(run.id, [...(parts.get(run.id) ?? []).slice(0, run.parts - 1), structuredClone(batch)]);
    },
    remove: async (key) => void runs.delete(key),
    tidy: async () => undefined,
  };
  return { store, runs };
}

const normed: NetworkSpec = { ...tiny, norm: 'batch' };
const long = experiment([normed, tiny], { steps: 40, opt: 'momentum', schedule: 'cosine' });

function request(kept: NonNullable<RunRequest['kept']>, wanted: Experiment): RunRequest {
  return { run: 1, experiment: wanted, engine: { engine: 'cpu', backend: null }, kept };
}

/** A page that opens the experiment. */
function page(runs: RunStore, kept: NonNullable<RunRequest['kept']> = 'goesOn', wanted = long): TestSession {
  const at = new TestSession({ engine: () => createCpuEngine(), runs });
  return at.send({ type: 'load', request: request(kept, wanted) });
}

describe('a run that is kept', () => {
  it('goes on from its latest copy to the same numbers, however often the page ends', async () => {
    const whole = new TestSession({ engine: () => createCpuEngine() });
    const expected = await whole.finish(long);
    const { store } = memoryStore();
    let at = page(store);
    await at.until('ready');
    for (const end of [7, 22]) {
      for (let step = at.trained().length; step < end; step++) await at.step().until('paused');
      // What is trained behind the copy is lost with the page, and so is the page's hold on the run.
      at = page({ ...store, take: async () => () => undefined });
      await at.until('paused');
      expect(at.trained()).toEqual(range(1, end));
      expect(at.notices()).toEqual([{ code: 'run.goesOn', values: { step: end } }]);
    }
    await at.play().until('finished');
    expect(lossesOf(at.records())).toEqual(lossesOf(expected));
    expect(evaluationsOf(at.records())).toEqual(evaluationsOf(expected));
    expect(at.records().filter(({ type }) => type === 'step')).toEqual(expected.filter(({ type }) => type === 'step'));
  });

  it('is kept once its images are there where it was paused before, with the errors that waited for them', async () => {
    const { store, runs } = memoryStore();
    const at = new TestSession({ engine: () => createCpuEngine(), runs: store, arrived: { train: 20, test: 0 } });
    at.send({ type: 'load', request: request('goesOn', long) });
    await at.until('ready');
    await at.step().until('paused');
    expect(runs.size).toBe(0);
    at.arrive((images) => images.deliver(20, 30));
    await expect.poll(() => runs.size).toBe(1);
    const again = page({ ...store, take: async () => () => undefined });
    await again.until('paused');
    expect(again.trained()).toEqual([1]);
    expect(evaluationsOf(again.records())).toEqual(evaluationsOf(at.records()));
    expect(evaluationsOf(again.records())).not.toEqual([]);
  });

  it('is finished when the page is opened again, and forgotten where it is asked for afresh', async () => {
    const { store } = memoryStore();
    const at = page(store);
    await at.play().until('finished');
    at.send({
      type: 'load',
      request: { run: 2, experiment: experiment([tiny]), engine: { engine: 'cpu', backend: null } },
    });
    await at.until('ready');
    await page(store).until('finished');
    const again = page({ ...store, take: async () => () => undefined }, 'afresh');
    await again.until('ready');
    expect(again.trained()).toEqual([]);
    expect(again.notices()).toEqual([]);
  });

  it('says what stands in its way, and trains without being kept', async () => {
    const { store, runs } = memoryStore();
    const first = page(store);
    await first.until('ready');
    await first.step().until('paused');
    const [[key, copy] = []] = runs;
    const second = page(store);
    await second.until('ready');
    expect(second.notices()).toEqual([{ code: 'run.otherTab', values: {} }]);

    const free = { ...store, take: async () => () => undefined };
    if (key !== undefined && copy) runs.set(key, { ...copy, version: 'r0' });
    const newer = page(free);
    await newer.until('ready');
    expect(newer.notices()).toEqual([{ code: 'run.otherVersion', values: { step: 1 } }]);
    await newer.step().until('paused');
    expect(runs.get(key ?? '')).toMatchObject({ version: 'r0', step: 1 });

    if (key !== undefined && copy) runs.set(key, { ...copy, engine: 'webgpu of another computer' });
    const elsewhere = page(free);
    await elsewhere.until('paused');
    expect(elsewhere.notices()).toEqual([{ code: 'run.otherEngine', values: { step: 1 } }]);

    runs.clear();
    const full = () => Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    const crowded = page({ ...free, save: full });
    await crowded.until('ready');
    await crowded.step().until('paused');
    await crowded.step().until('paused');
    expect(crowded.trained()).toEqual([1, 2]);
    expect(crowded.notices()[0]).toEqual({ code: 'run.full', values: {} });
  });

  it('goes by its new name where its learning rate was changed on the way', async () => {
    const { store, runs } = memoryStore();
    const at = page(store);
    await at.until('ready');
    await at.step().until('paused');
    at.adjust(0.01, 40);
    await at.step().until('paused');
    expect(runs.size).toBe(1);
    const changed = { ...long, training: { ...long.training, lr: 0.01 } };
    const free = { ...store, take: async () => () => undefined };
    const again = page(free, 'goesOn', changed);
    await again.until('paused');
    expect(again.trained()).toEqual([1, 2]);
    await page(free).until('ready');
  });
});
