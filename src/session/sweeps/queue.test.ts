import { describe, expect, it } from 'vitest';
import { anyEngine } from '../../engine/choose.ts';
import { type Engine, EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { ProblemError, problem } from '../../experiment/problem.ts';
import type { Sweep } from '../../experiment/sweep/sweep.ts';
import { finalErrors } from '../runs.ts';
import { holdingUnsaved, type Kept, memoryKept } from '../storage/kept.ts';
import { createLab } from '../store/lab.ts';
import type { Command, LabClient, LabListener, RunRequest } from '../worker/protocol.ts';
import { experiment, exploding, tiny } from '../worker/testArrival.ts';
import { testClient } from '../worker/testClient.ts';
import type { FinishedCell } from './finishedCell.ts';
import { SweepQueue } from './queue.ts';
import { type CellState, cellId, type SweepState, stateOf } from './state.ts';

const base = experiment([tiny], { steps: 4 });
const rates: Sweep = { axis: 'lr', values: [0.01, 0.1], kinds: ['plain'], seeds: [1, 2] };

function queueOf(client: LabClient, kept: Kept<FinishedCell> = memoryKept(), data = 'noise'): SweepQueue {
  return new SweepQueue(base, { client, kept, data, engine: anyEngine });
}

function when({ store }: SweepQueue, condition: (state: SweepState) => boolean): Promise<SweepState> {
  return new Promise((resolve) => {
    const look = (state: SweepState) => {
      if (!condition(state)) return;
      unsubscribe();
      resolve(state);
    };
    const unsubscribe = store.subscribe(look);
    look(store.getState());
  });
}

const became = (queue: SweepQueue, kind: SweepState['status']['kind']) =>
  when(queue, ({ status }) => status.kind === kind);

const kindsOf = (state: SweepState): CellState['kind'][] => state.cells.map((cell) => stateOf(state, cell).kind);

function resultsOf(state: SweepState): FinishedCell[] {
  return state.cells.flatMap((cell) => {
    const found = stateOf(state, cell);
    return found.kind === 'done' ? [found.result] : [];
  });
}

async function trained(queue: SweepQueue, of = base, sweep = rates): Promise<SweepState> {
  queue.show(of, sweep);
  queue.play();
  return became(queue, 'finished');
}

/** A worker whose fast engine refuses cells of one seed, so that the portable one trains those. */
function refusing({ seed, asked }: { readonly seed: number; readonly asked: RunRequest['engine'][] }): LabClient {
  const reference = createReferenceEngine();
  /** As long as the fast engine is to be done without. */
  let isRefused = false;
  const fast: Engine = {
    ...reference,
    name: 'webgpu',
    backend: 'webgpu',
    async createTrainer(graph, parameters, rule, ...how) {
      isRefused = rule.seed === seed;
      if (isRefused) throw new EngineRefusal('a test');
      return reference.createTrainer(graph, parameters, rule, ...how);
    },
  };
  const portable: Engine = { ...reference, name: 'tfjs', backend: 'wasm' };
  const client = testClient(async () => (isRefused || asked.at(-1)?.engine === 'tfjs' ? portable : fast));
  return {
    ...client,
    send(command) {
      // Two engines that take turns would go on for ever.
      if (asked.length > 20) throw new Error('The sweep does not come to its end.');
      if (command.type === 'load') {
        isRefused = false;
        asked.push(command.request.engine);
      }
      client.send(command);
    },
  };
}

/** What a single run in the lab measures. */
async function singleRun(of: Experiment) {
  const { store, commands } = createLab(testClient(), { experiment: of, problems: [], engine: anyEngine });
  commands.play();
  await new Promise<void>((resolve) => {
    store.subscribe(({ status }) => status.kind === 'finished' && resolve());
  });
  const evaluations = store.getState().runs.a?.evaluations ?? [];
  return evaluations.map(({ step, trainError, testError }) => ({ step, trainError, testError }));
}

describe('a sweep', () => {
  it('trains every cell and measures what single runs of the same seeds do, bit for bit', async () => {
    const state = await trained(queueOf(testClient()));
    const results = resultsOf(state);
    expect(results).toHaveLength(4);
    for (const [index, cell] of state.cells.entries()) {
      expect(results[index]?.evaluations).toEqual(await singleRun(cell.experiment));
    }
    expect(new Set(results.map(({ key }) => key)).size).toBe(4);
    expect(state.remainingMs).toBe(0);
  });

  it('finds what was finished in an earlier visit, and trains only the rest', async () => {
    const kept = memoryKept<FinishedCell>();
    const before = await trained(queueOf(testClient(), kept), base, { ...rates, seeds: [1] });
    const client = testClient();
    const queue = queueOf(client, kept);
    queue.show(base, rates);
    queue.use({ engine: 'reference', backend: 'float64', device: { kind: 'cpu', simd: false, threads: 1 } });
    await when(queue, (state) => kindsOf(state).filter((kind) => kind === 'done').length === 2);
    queue.play();
    const after = await became(queue, 'finished');
    expect(client.loads.map(({ training }) => training.seed)).toEqual([2, 2]);
    expect(resultsOf(after).slice(0, 2)).toEqual(resultsOf(before));
  });

  it('loses no more than the cell in progress when it is left', async () => {
    const kept = memoryKept<FinishedCell>();
    const left = queueOf(testClient(), kept);
    left.show(base, { ...rates, seeds: [1, 2, 3, 4] });
    left.play();
    const state = await when(left, (now) => kindsOf(now)[2] === 'running');
    left.pause();
    expect((await kept.all()).map(({ link }) => link)).toEqual(resultsOf(state).map(({ link }) => link));
  });

  it('does not take the results of another engine, data set or spec for its own', async () => {
    const kept = memoryKept<FinishedCell>();
    await trained(queueOf(testClient(), kept));
    for (const [data, of, engine] of [
      ['other images', base, 'reference'],
      ['noise', experiment([tiny], { steps: 4, batch: 5 }), 'reference'],
      ['noise', base, 'another'],
    ] as const) {
      const queue = queueOf(testClient(), kept, data);
      queue.show(of, rates);
      queue.use({ engine, backend: 'float64', device: { kind: 'cpu', simd: false, threads: 1 } });
      queue.play();
      await when(queue, (state) => kindsOf(state)[0] === 'running');
      queue.pause();
      expect(kindsOf(queue.store.getState())).not.toContain('done');
    }
  });

  it('drops what one engine computed when another takes its place', async () => {
    const queue = queueOf(testClient());
    await trained(queue);
    queue.use({ engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', simd: true, threads: 1 } });
    expect(kindsOf(queue.store.getState())).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
  });

  it('knows nothing of how fast another engine is', async () => {
    let now = 0;
    const client = testClient();
    const queue = new SweepQueue(base, {
      client,
      kept: memoryKept(),
      data: 'noise',
      engine: anyEngine,
      now: () => now++,
    });
    await trained(queue);
    queue.use({ engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', simd: true, threads: 1 } });
    queue.show(base, { ...rates, seeds: [1, 2, 3] });
    expect(queue.store.getState().remainingMs).toBeNull();
  });

  it('begins a cell anew when another engine goes on with it: its values are those of one engine', async () => {
    const client = testClient();
    let tell: LabListener = () => undefined;
    const listen: LabClient['listen'] = (listener) => {
      tell = listener;
      return client.listen(listener);
    };
    const queue = queueOf({ ...client, listen });
    queue.show(experiment([tiny], { steps: 500 }), { ...rates, values: [0.01], seeds: [1] });
    queue.play();
    const stepOf = ({ states }: SweepState) => {
      const [first] = states.values();
      return first?.kind === 'running' ? first.run.steps : 0;
    };
    await when(queue, (state) => stepOf(state) > 0);
    tell({
      type: 'engine',
      engine: { engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', simd: true, threads: 1 } },
    });
    expect(stepOf(queue.store.getState())).toBe(0);
    expect(client.loads).toHaveLength(2);
    queue.pause();
  });

  it('comes to its end on one engine where another refuses one of its cells, and says so', async () => {
    const asked: RunRequest['engine'][] = [];
    const kept = memoryKept<FinishedCell>();
    const queue = queueOf(refusing({ seed: 2, asked }), kept);
    const state = await trained(queue);
    expect(resultsOf(state).map(({ engine }) => engine.backend)).toEqual(['wasm', 'wasm', 'wasm', 'wasm']);
    expect(state.gaveWay).toEqual(problem('sweep.gaveWay', { from: 'webgpu', to: 'tfjs wasm' }));
    // Both cells of seed 1, and the one that is refused; then all of them for the engine that took over.
    const tfjs = { engine: 'tfjs', backend: 'wasm' };
    expect(asked).toEqual([anyEngine, anyEngine, anyEngine, tfjs, tfjs, tfjs, tfjs]);
    expect(await kept.all()).toHaveLength(6);
  });

  it('that follows one in which an engine gave way tries that engine again', async () => {
    const queue = queueOf(refusing({ seed: 2, asked: [] }));
    await trained(queue);
    const state = await trained(queue, base, { ...rates, axis: 'batch', values: [2, 3], seeds: [1] });
    expect(resultsOf(state).map(({ engine }) => engine.backend)).toEqual(['webgpu', 'webgpu']);
    expect(state.gaveWay).toBeNull();
  });

  it('pauses within a cell and goes on with it', async () => {
    const client = testClient();
    const queue = queueOf(client);
    queue.show(experiment([tiny], { steps: 500 }), { ...rates, values: [0.01], seeds: [1] });
    queue.play();
    const stepOf = (state: SweepState) => {
      const [first] = state.states.values();
      return first?.kind === 'running' ? first.run.steps : 0;
    };
    await when(queue, (state) => stepOf(state) > 0);
    queue.pause();
    const paused = queue.store.getState();
    expect(paused.status.kind).toBe('paused');
    expect(paused.remainingMs).toBeGreaterThan(0);
    queue.play();
    await when(queue, (state) => stepOf(state) > stepOf(paused) || state.status.kind === 'finished');
    expect(client.loads).toHaveLength(1);
    queue.pause();
  });

  it('leaves out a cell that is cancelled, also the one in progress, until it is restored', async () => {
    const client = testClient();
    const queue = queueOf(client);
    queue.show(base, rates);
    const [first, , third] = queue.store.getState().cells;
    if (!first || !third) throw new Error('no cells');
    queue.cancel(third);
    queue.play();
    await when(queue, (state) => kindsOf(state)[0] === 'running');
    queue.cancel(first);
    const ended = await became(queue, 'finished');
    expect(kindsOf(ended)).toEqual(['cancelled', 'done', 'cancelled', 'done']);
    queue.restore(first);
    expect(queue.store.getState().status.kind).toBe('paused');
    queue.play();
    expect(kindsOf(await became(queue, 'finished'))).toEqual(['done', 'done', 'cancelled', 'done']);
  });

  it('takes in seeds that are added later, and keeps what it has', async () => {
    const client = testClient();
    const queue = queueOf(client);
    const before = await trained(queue, base, { ...rates, seeds: [1] });
    queue.show(base, rates);
    expect(queue.store.getState().status.kind).toBe('paused');
    queue.play();
    const after = await became(queue, 'finished');
    expect(resultsOf(after).slice(0, 2)).toEqual(resultsOf(before));
    expect(client.loads).toHaveLength(4);
  });

  it('waits to be asked when it is shown another sweep after one that has ended', async () => {
    const queue = queueOf(testClient());
    await trained(queue);
    queue.show(base, { ...rates, values: [0.02, 0.2] });
    expect(queue.store.getState().status.kind).toBe('idle');
  });

  it('goes on with the cell in progress when seeds are added while it runs', async () => {
    const client = testClient();
    const queue = queueOf(client);
    queue.show(base, { ...rates, seeds: [1] });
    queue.play();
    await when(queue, (state) => kindsOf(state)[1] === 'running');
    queue.show(base, rates);
    await became(queue, 'finished');
    const ids = client.loads.map((of) => of.training.seed);
    expect(ids).toEqual([1, 1, 2, 2]);
  });

  it('records where a cell diverged, and trains the others', async () => {
    const of = experiment([{ ...exploding, gain: 1 }], { steps: 4 });
    const state = await trained(queueOf(testClient()), of, {
      axis: 'gain',
      values: [0.001, 100],
      kinds: ['plain'],
      seeds: [1],
    });
    const [small, large] = resultsOf(state);
    expect(large?.divergedAt).toBeGreaterThan(0);
    expect(large && finalErrors(large)).toBeNull();
    expect(small?.divergedAt).toBeNull();
    expect(small && finalErrors(small)?.step).toBe(4);
  });

  it('says so when the disk is full, and loses nothing', async () => {
    const full: Kept<FinishedCell> = {
      ...memoryKept<FinishedCell>(),
      put: async () => {
        throw new ProblemError(problem('kept.full'));
      },
    };
    const state = await trained(queueOf(testClient(), full));
    expect(state.notKept?.code).toBe('kept.full');
    expect(resultsOf(state)).toHaveLength(4);
  });

  it('goes on saying so while a single result does not fit, and tries it again with each other', async () => {
    const disk = memoryKept<FinishedCell>();
    let attempts = 0;
    const put: typeof disk.put = (cell) => {
      if (!cell.link.includes('lr=0.01')) return disk.put(cell);
      attempts++;
      return Promise.reject(new DOMException('no room', 'QuotaExceededError'));
    };
    const state = await trained(queueOf(testClient(), holdingUnsaved({ ...disk, put })), base, {
      ...rates,
      seeds: [1],
    });
    expect(state.notKept?.code).toBe('kept.full');
    expect(await disk.all()).toHaveLength(1);
    expect(attempts).toBe(2);
  });

  it('no longer says so once there is room, made by others', async () => {
    const disk = memoryKept<FinishedCell>();
    let isFull = true;
    const put: typeof disk.put = (cell) =>
      isFull ? Promise.reject(new DOMException('no room', 'QuotaExceededError')) : disk.put(cell);
    const kept = holdingUnsaved({ ...disk, put });
    const queue = queueOf(testClient(), kept);
    await trained(queue);
    queue.keptChanged();
    expect(queue.store.getState().notKept?.code).toBe('kept.full');
    isFull = false;
    await kept.delete('another');
    queue.keptChanged();
    expect(queue.store.getState().notKept).toBeNull();
  });

  it('passes over a cell that does not fit into memory', async () => {
    const of = experiment([{ ...tiny, stack: [{ kind: 'conv', width: 2, stride: 1, count: 1 }] }], { steps: 2 });
    const state = await trained(queueOf(testClient(undefined, 40_000)), of, {
      axis: 'batch',
      values: [2, 20],
      kinds: ['plain'],
      seeds: [1],
    });
    expect(kindsOf(state)).toEqual(['done', 'refused']);
  });

  it('tries again after a failure, with nothing lost', async () => {
    let attempts = 0;
    const client = testClient(async () => {
      if (++attempts === 1) throw new ProblemError(problem('engine.none', { reason: 'a test' }));
      return createReferenceEngine();
    });
    const queue = queueOf(client);
    queue.show(base, rates);
    queue.play();
    const failed = await became(queue, 'failed');
    expect(failed.status).toMatchObject({ problem: { code: 'engine.none' } });
    queue.retry();
    expect(resultsOf(await became(queue, 'finished'))).toHaveLength(4);
  });

  it('is idle, and says nothing of finished runs, once it has no cells any more', async () => {
    const client = testClient();
    const sent: Command['type'][] = [];
    const queue = queueOf({
      ...client,
      send(command) {
        sent.push(command.type);
        client.send(command);
      },
    });
    const custom = experiment([{ ...tiny, stack: [{ kind: 'conv', width: 2, stride: 1, count: 1 }] }], { steps: 500 });
    queue.show(custom, { ...rates, seeds: [1] });
    queue.play();
    await when(queue, (state) => kindsOf(state)[0] === 'running');
    queue.show(custom, { ...rates, axis: 'depth', values: [8] });
    const seen: string[] = [];
    queue.store.subscribe(({ status }) => seen.push(status.kind));
    expect((await became(queue, 'idle')).problem?.code).toBe('sweep.customStack');
    expect(sent).toEqual(['load', 'play', 'pause']);
    queue.show(custom, { ...rates, seeds: [1] });
    queue.play();
    await when(queue, (state) => kindsOf(state)[0] === 'running');
    queue.pause();
    queue.show(custom, { ...rates, axis: 'depth', values: [8] });
    expect(queue.store.getState().status.kind).toBe('idle');
    expect(seen).not.toContain('finished');
  });

  it('that cannot be trained has no cells and says why', () => {
    const queue = queueOf(testClient());
    queue.show(base, { ...rates, seeds: [1, 1] });
    queue.play();
    const { cells, problem: reason, status } = queue.store.getState();
    expect(cells).toEqual([]);
    expect(reason?.code).toBe('sweep.duplicateSeed');
    expect(status.kind).toBe('idle');
  });
});

describe('the id of a cell', () => {
  it('tells apart whatever differs', async () => {
    const queue = queueOf(testClient());
    queue.show(base, rates);
    const { cells } = queue.store.getState();
    expect(new Set(cells.map(cellId)).size).toBe(4);
  });
});
