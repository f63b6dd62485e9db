import { describe, expect, it } from 'vitest';
import { anyEngine } from '../../engine/choose.ts';
import { type Engine, EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { ProblemError, problem } from '../../experiment/problem.ts';
import type { Sweep } from '../../experiment/sweep/sweep.ts';
import { buildGraph } from '../../network/build.ts';
import { finalErrors } from '../runs.ts';
import { holdingUnsaved, type Kept, memoryKept } from '../storage/kept.ts';
import { createLab } from '../store/lab.ts';
import { when } from '../when.ts';
import type { EngineInfo, LabClient, RunRequest } from '../worker/protocol.ts';
import { experiment, exploding, sideBySide, TestSession, tiny } from '../worker/testSession.ts';
import type { FinishedCell } from './finishedCell.ts';
import { SweepQueue } from './queue.ts';
import { type CellState, cellId, type SweepState, stateOf } from './state.ts';

const base = experiment([tiny], { steps: 4 });
const rates: Sweep = { axis: 'lr', values: [0.01, 0.1], kinds: ['plain'], seeds: [1, 2] };
/** One cell, long enough to be looked at. */
const long = experiment([tiny], { steps: 500 });
const single: Sweep = { ...rates, values: [0.01], seeds: [1] };

const device = { kind: 'cpu', simd: false, threads: 1 } as const;
const reference: EngineInfo = { engine: 'reference', backend: 'float64', device };
const webgpu: EngineInfo = { engine: 'webgpu', backend: 'webgpu', device, seeds: 4 };
const wasm: EngineInfo = { engine: 'tfjs', backend: 'wasm', device: { ...device, simd: true } };

interface Setting {
  readonly client?: LabClient;
  readonly kept?: Kept<FinishedCell>;
  readonly data?: string;
  readonly now?: () => number;
}

/** A sweep on noise images, and what a test looks at. */
class TestSweep extends SweepQueue {
  constructor({ client = new TestSession(), kept = memoryKept(), data = 'noise', now }: Setting = {}) {
    super(base, { client, kept, data, engine: anyEngine, ...(now && { now }) });
  }

  get state(): SweepState {
    return this.store.getState();
  }

  get kinds(): CellState['kind'][] {
    return this.state.cells.map((cell) => stateOf(this.state, cell).kind);
  }

  get results(): FinishedCell[] {
    return this.state.cells.flatMap((cell) => {
      const found = stateOf(this.state, cell);
      return found.kind === 'done' ? [found.result] : [];
    });
  }

  /** Of the first cell, as long as it is trained. */
  get step(): number {
    const [first] = this.state.states.values();
    return first?.kind === 'running' ? first.run.steps : 0;
  }

  begin(of = base, sweep = rates): this {
    this.show(of, sweep);
    this.play();
    return this;
  }

  until(what: SweepState['status']['kind'] | (() => boolean)): Promise<SweepState> {
    return when(this, ({ status }) => (typeof what === 'function' ? what() : status.kind === what));
  }

  /** Trains every cell. */
  async finish(of = base, sweep = rates): Promise<this> {
    await this.begin(of, sweep).until('finished');
    return this;
  }
}

/** A worker whose fast engine refuses cells of one seed, so that the portable one trains those. */
function refusing(seed: number, asked: RunRequest['engine'][] = []): LabClient {
  const engine = createReferenceEngine();
  const { sideBySide: byTurns } = sideBySide({ createTrainers: async () => null });
  /** As long as the fast engine is to be done without. */
  let isRefused = false;
  const fast: Engine = {
    ...engine,
    ...(byTurns && { sideBySide: byTurns }),
    name: 'webgpu',
    backend: 'webgpu',
    async createTrainer(graph, parameters, rule, ...how) {
      isRefused = rule.seed === seed;
      if (isRefused) throw new EngineRefusal('a test');
      return engine.createTrainer(graph, parameters, rule, ...how);
    },
  };
  const portable: Engine = { ...engine, name: 'tfjs', backend: 'wasm' };
  const session = new TestSession({
    engine: () => (isRefused || asked.at(-1)?.engine === 'tfjs' ? portable : fast),
  });
  return {
    listen: (listener) => session.listen(listener),
    send(command) {
      // Two engines that take turns would go on for ever.
      if (asked.length > 20) throw new Error('The sweep does not come to its end.');
      if (command.type === 'load') {
        isRefused = false;
        asked.push(command.request.engine);
      }
      session.send(command);
    },
  };
}

/** A place that does not take some records, as long as a test wants. */
function fullFor(isRefused: (cell: FinishedCell) => boolean) {
  const disk = memoryKept<FinishedCell>();
  const put: typeof disk.put = (cell) =>
    isRefused(cell) ? Promise.reject(new DOMException('no room', 'QuotaExceededError')) : disk.put(cell);
  return { disk, kept: holdingUnsaved({ ...disk, put }) };
}

/** What a single run in the lab measures. */
async function singleRun(of: Experiment) {
  const lab = createLab(new TestSession(), { experiment: of, problems: [], engine: anyEngine });
  lab.commands.play();
  const { runs } = await when(lab, ({ status }) => status.kind === 'finished');
  return runs.a?.evaluations.map(({ step, trainError, testError }) => ({ step, trainError, testError }));
}

describe('a sweep', () => {
  it('trains every cell and measures what single runs of the same seeds do, bit for bit', async () => {
    const { state, results } = await new TestSweep().finish();
    expect(results).toHaveLength(4);
    for (const [index, cell] of state.cells.entries()) {
      expect(results[index]?.evaluations).toEqual(await singleRun(cell.experiment));
    }
    expect(new Set(results.map(({ key }) => key)).size).toBe(4);
    expect(state.remainingMs).toBe(0);
  });

  it('finds what was finished in an earlier visit, and trains only the rest', async () => {
    const kept = memoryKept<FinishedCell>();
    const before = await new TestSweep({ kept }).finish(base, { ...rates, seeds: [1] });
    const client = new TestSession();
    const sweep = new TestSweep({ client, kept });
    sweep.show(base, rates);
    sweep.use(reference);
    await sweep.until(() => sweep.results.length === 2);
    sweep.play();
    await sweep.until('finished');
    expect(client.loads.map(({ training }) => training.seed)).toEqual([2, 2]);
    expect(sweep.results.slice(0, 2)).toEqual(before.results);
  });

  it('says before it starts how long it will take, by what is kept of this engine, and nothing without that', async () => {
    let now = 0;
    const kept = memoryKept<FinishedCell>();
    await new TestSweep({ kept, now: () => (now += 500) }).finish(base, { ...rates, seeds: [1] });
    const seconds = (await kept.all()).reduce((sum, cell) => sum + (cell.seconds ?? 0), 0);
    const later = { ...rates, seeds: [2, 3] };
    const sweep = new TestSweep({ kept });
    sweep.show(base, later);
    sweep.use(wasm);
    sweep.use(reference);
    const { remainingMs, status } = await sweep.until(() => sweep.state.remainingMs !== null);
    // Twice as many cells of the same work.
    expect(remainingMs).toBeCloseTo(2000 * seconds, 3);
    expect(status.kind).toBe('idle');
    const other = new TestSweep({ kept });
    other.show(base, later);
    other.use(wasm);
    other.play();
    await other.until(() => other.kinds[0] === 'running');
    expect(other.state.remainingMs).toBeNull();
    other.pause();
  });

  it('loses no more than the cell in progress when it is left', async () => {
    const kept = memoryKept<FinishedCell>();
    const left = new TestSweep({ kept }).begin(base, { ...rates, seeds: [1, 2, 3, 4] });
    await left.until(() => left.kinds[2] === 'running');
    left.pause();
    expect((await kept.all()).map(({ link }) => link)).toEqual(left.results.map(({ link }) => link));
  });

  it('does not take the results of another engine, data set or spec for its own', async () => {
    const kept = memoryKept<FinishedCell>();
    await new TestSweep({ kept }).finish();
    for (const [data, of, engine] of [
      ['other images', base, reference],
      ['noise', experiment([tiny], { steps: 4, batch: 5 }), reference],
      ['noise', base, { ...reference, engine: 'another' }],
    ] as const) {
      const sweep = new TestSweep({ kept, data });
      sweep.show(of, rates);
      sweep.use(engine);
      sweep.play();
      await sweep.until(() => sweep.kinds[0] === 'running');
      sweep.pause();
      expect(sweep.kinds).not.toContain('done');
    }
  });

  it('drops what one engine computed when another takes its place', async () => {
    const sweep = await new TestSweep().finish();
    sweep.use(wasm);
    expect(sweep.kinds).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
  });

  it('knows nothing of how fast another engine is', async () => {
    let now = 0;
    const sweep = await new TestSweep({ now: () => now++ }).finish();
    sweep.use(wasm);
    sweep.show(base, { ...rates, seeds: [1, 2, 3] });
    expect(sweep.state.remainingMs).toBeNull();
  });

  it('begins a cell anew when another engine goes on with it: its values are those of one engine', async () => {
    const client = new TestSession();
    const sweep = new TestSweep({ client }).begin(long, single);
    await sweep.until(() => sweep.step > 0);
    client.tell({ type: 'engine', engine: wasm });
    expect(sweep.step).toBe(0);
    expect(client.loads).toHaveLength(2);
    sweep.pause();
  });

  it('comes to its end on one engine where another refuses one of its cells, and says so', async () => {
    const asked: RunRequest['engine'][] = [];
    const kept = memoryKept<FinishedCell>();
    const { state, results } = await new TestSweep({ client: refusing(2, asked), kept }).finish();
    expect(results.map(({ engine }) => engine.backend)).toEqual(['wasm', 'wasm', 'wasm', 'wasm']);
    expect(state.gaveWay).toEqual(problem('sweep.gaveWay', { from: 'webgpu', to: 'tfjs wasm' }));
    // A cell, and two seeds together, one of which is refused; then all of them for the engine that took over.
    const tfjs = { engine: 'tfjs', backend: 'wasm' };
    expect(asked).toEqual([anyEngine, anyEngine, tfjs, tfjs, tfjs, tfjs]);
    expect(await kept.all()).toHaveLength(5);
  });

  it('that follows one in which an engine gave way tries that engine again', async () => {
    const sweep = await new TestSweep({ client: refusing(2) }).finish();
    await sweep.finish(base, { ...rates, axis: 'batch', values: [2, 3], seeds: [1] });
    expect(sweep.results.map(({ engine }) => engine.backend)).toEqual(['webgpu', 'webgpu']);
    expect(sweep.state.gaveWay).toBeNull();
  });

  it('pauses within a cell and goes on with it', async () => {
    const client = new TestSession();
    const sweep = new TestSweep({ client }).begin(long, single);
    await sweep.until(() => sweep.step > 0);
    sweep.pause();
    const { step, state } = sweep;
    expect(state.status.kind).toBe('paused');
    expect(state.remainingMs).toBeGreaterThan(0);
    sweep.play();
    await sweep.until(() => sweep.step > step || sweep.state.status.kind === 'finished');
    expect(client.loads).toHaveLength(1);
    sweep.pause();
  });

  it('leaves out a cell that is cancelled, also the one in progress, until it is restored', async () => {
    const sweep = new TestSweep();
    sweep.show(base, rates);
    const [first, , third] = sweep.state.cells;
    if (!first || !third) throw new Error('no cells');
    sweep.cancel(third);
    sweep.play();
    await sweep.until(() => sweep.kinds[0] === 'running');
    sweep.cancel(first);
    await sweep.until('finished');
    expect(sweep.kinds).toEqual(['cancelled', 'done', 'cancelled', 'done']);
    sweep.restore(first);
    expect(sweep.state.status.kind).toBe('paused');
    sweep.play();
    await sweep.until('finished');
    expect(sweep.kinds).toEqual(['done', 'done', 'cancelled', 'done']);
  });

  it('takes in seeds that are added later, and keeps what it has', async () => {
    const client = new TestSession();
    const sweep = await new TestSweep({ client }).finish(base, { ...rates, seeds: [1] });
    const before = sweep.results;
    sweep.show(base, rates);
    expect(sweep.state.status.kind).toBe('paused');
    sweep.play();
    await sweep.until('finished');
    expect(sweep.results.slice(0, 2)).toEqual(before);
    expect(client.loads).toHaveLength(4);
  });

  it('waits to be asked when it is shown another sweep after one that has ended', async () => {
    const sweep = await new TestSweep().finish();
    sweep.show(base, { ...rates, values: [0.02, 0.2] });
    expect(sweep.state.status.kind).toBe('idle');
  });

  it('goes on with the cell in progress when seeds are added while it runs', async () => {
    const client = new TestSession();
    const sweep = new TestSweep({ client }).begin(base, { ...rates, seeds: [1] });
    await sweep.until(() => sweep.kinds[1] === 'running');
    sweep.show(base, rates);
    await sweep.until('finished');
    expect(client.loads.map(({ training }) => training.seed)).toEqual([1, 1, 2, 2]);
  });

  it('records where a cell diverged, and trains the others', async () => {
    const of = experiment([{ ...exploding, gain: 1 }], { steps: 4 });
    const { results } = await new TestSweep().finish(of, { ...single, axis: 'gain', values: [0.001, 100] });
    const [trained, diverged] = results.map(({ divergedAt }) => divergedAt);
    expect(trained).toBeNull();
    expect([1, 2, 3, 4]).toContain(diverged);
    expect(results.map((cell) => finalErrors(cell)?.step)).toEqual([4, undefined]);
  });

  it('goes on saying that a result does not fit on the disk, tries it again with each other, and loses nothing', async () => {
    let attempts = 0;
    const { disk, kept } = fullFor(({ link }) => {
      if (!link.includes('lr=0.01')) return false;
      attempts++;
      return true;
    });
    const { state, results } = await new TestSweep({ kept }).finish(base, { ...rates, seeds: [1] });
    expect(state.notKept?.code).toBe('kept.full');
    expect(results).toHaveLength(2);
    expect(await disk.all()).toHaveLength(1);
    expect(attempts).toBe(2);
  });

  it('no longer says so once there is room, made by others', async () => {
    let isFull = true;
    const { kept } = fullFor(() => isFull);
    const sweep = await new TestSweep({ kept }).finish();
    sweep.keptChanged();
    expect(sweep.state.notKept?.code).toBe('kept.full');
    isFull = false;
    await kept.delete('another');
    sweep.keptChanged();
    expect(sweep.state.notKept).toBeNull();
  });

  it('passes over a cell that does not fit into memory', async () => {
    const of = experiment([{ ...tiny, stack: [{ kind: 'conv', width: 2, stride: 1, count: 1 }] }], { steps: 2 });
    const client = new TestSession({ memoryBudget: 40_000 });
    const { kinds } = await new TestSweep({ client }).finish(of, { ...single, axis: 'batch', values: [2, 20] });
    expect(kinds).toEqual(['done', 'refused']);
  });

  it('tries again after a failure, with nothing lost', async () => {
    const client = new TestSession({
      engine: (_, time) => {
        if (time === 1) throw new ProblemError(problem('engine.none', { reason: 'a test' }));
        return createReferenceEngine();
      },
    });
    const sweep = new TestSweep({ client }).begin();
    const failed = await sweep.until('failed');
    expect(failed.status).toMatchObject({ problem: { code: 'engine.none' } });
    sweep.retry();
    await sweep.until('finished');
    expect(sweep.results).toHaveLength(4);
  });

  it('is idle, and says nothing of finished runs, once it has no cells any more', async () => {
    const client = new TestSession();
    const sweep = new TestSweep({ client });
    const custom = experiment([{ ...tiny, stack: [{ kind: 'conv', width: 2, stride: 1, count: 1 }] }], { steps: 500 });
    const impossible: Sweep = { ...rates, axis: 'depth', values: [8] };
    await sweep.begin(custom, { ...rates, seeds: [1] }).until(() => sweep.kinds[0] === 'running');
    sweep.show(custom, impossible);
    const seen: string[] = [];
    sweep.store.subscribe(({ status }) => seen.push(status.kind));
    expect((await sweep.until('idle')).problem?.code).toBe('sweep.customStack');
    expect(client.sent).toEqual(['load', 'play', 'pause']);
    await sweep.begin(custom, { ...rates, seeds: [1] }).until(() => sweep.kinds[0] === 'running');
    sweep.pause();
    sweep.show(custom, impossible);
    expect(sweep.state.status.kind).toBe('idle');
    expect(seen).not.toContain('finished');
  });

  it('that cannot be trained has no cells and says why', () => {
    const { state } = new TestSweep().begin(base, { ...rates, seeds: [1, 1] });
    expect(state.cells).toEqual([]);
    expect(state.problem?.code).toBe('sweep.duplicateSeed');
    expect(state.status.kind).toBe('idle');
  });

  describe('on an engine that takes the steps of several seeds together', () => {
    const fast = (memoryBudget?: number, most = 4) =>
      new TestSession({
        engine: () => ({ ...sideBySide({ most }), name: 'webgpu', backend: 'webgpu' }),
        ...(memoryBudget && { memoryBudget }),
      });
    const seedsOf = (client: TestSession) => client.loads.map(({ networks }) => networks.length);

    function shown(client: TestSession, of = base, sweep = rates, kept = memoryKept<FinishedCell>()): TestSweep {
      const found = new TestSweep({ client, kept });
      found.show(of, sweep);
      found.use(webgpu);
      return found;
    }

    async function finished(sweep: TestSweep): Promise<TestSweep> {
      sweep.play();
      await sweep.until('finished');
      return sweep;
    }

    it('trains all seeds of a cell at a time, and measures what single runs do, bit for bit', async () => {
      const client = fast();
      const of = experiment([tiny], { steps: 4, augment: 'cropflip' });
      const { state, results } = await finished(shown(client, of, { ...rates, seeds: [1, 2, 3, 4, 5] }));
      expect(seedsOf(client)).toEqual([4, 4, 1, 1]);
      for (const [index, cell] of state.cells.entries()) {
        expect(results[index]?.evaluations).toEqual(await singleRun(cell.experiment));
        expect(results[index]?.key).toContain(` seed=${cell.seed} `);
      }
      expect(new Set(results.map(({ key }) => key)).size).toBe(10);
      expect(results.every(({ seconds }) => seconds !== null && seconds > 0)).toBe(true);
    });

    it('trains as many at a time as suit the engine, once it has said so', async () => {
      const client = fast(undefined, 2);
      const sweep = new TestSweep({ client });
      sweep.show(base, { ...rates, values: [0.01], seeds: [1, 2, 3, 4] });
      expect((await finished(sweep)).results).toHaveLength(4);
      expect(seedsOf(client)).toEqual([1, 2, 1]);
    });

    it('trains them one by one where there is no memory for several', async () => {
      const { training } = base;
      const graph = buildGraph(tiny, training);
      const { fixed, perImage } = createReferenceEngine().memoryNeed([graph], training, training.batch);
      const client = fast(fixed + perImage * training.batch);
      const { results } = await finished(shown(client));
      expect(results).toHaveLength(4);
      expect(seedsOf(client)).toEqual([2, 1, 1, 1, 1]);
    });

    it('and where each seed has labels of its own', async () => {
      const client = fast();
      await finished(shown(client, experiment([tiny], { steps: 4, labelnoise: 0.2 })));
      expect(seedsOf(client)).toEqual([1, 1, 1, 1]);
    });

    it('goes on with the others when one of them is cancelled, and with the next cell when all are', async () => {
      const client = fast();
      const kept = memoryKept<FinishedCell>();
      const sweep = shown(client, experiment([tiny], { steps: 200 }), rates, kept);
      sweep.play();
      await sweep.until(() => sweep.kinds[2] === 'running');
      const [first, second, third, fourth] = sweep.state.cells;
      if (!first || !second || !third || !fourth) throw new Error('no cells');
      sweep.cancel(third);
      await sweep.until(() => sweep.kinds[0] === 'done');
      await sweep.until(() => sweep.kinds[3] === 'running');
      sweep.cancel(second);
      sweep.cancel(fourth);
      await sweep.until('finished');
      expect(sweep.kinds).toEqual(['done', 'cancelled', 'cancelled', 'cancelled']);
      expect(await kept.all()).toHaveLength(1);
    });
  });

  it('tells cells apart by whatever differs', () => {
    const sweep = new TestSweep();
    sweep.show(base, rates);
    expect(new Set(sweep.state.cells.map(cellId)).size).toBe(4);
  });
});
