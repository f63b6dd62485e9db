import { describe, expect, it } from 'vitest';
import { anyEngine } from '../../engine/choose.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { problem } from '../../experiment/problem.ts';
import { gradients } from '../../instruments/gradientCheck/report.ts';
import { blocks } from '../../instruments/layers/report.ts';
import { comparableRuns, depthOfRun, finalErrors } from '../runs.ts';
import { canPlayOrPause } from '../transport.ts';
import { when } from '../when.ts';
import type { Command, LabClient, LabEvent, Status } from '../worker/protocol.ts';
import { experiment, exploding, failing, tiny } from '../worker/testSession.ts';
import { createLab } from './lab.ts';
import { became, finished, labOf } from './testLab.ts';

const withRate = (wanted: Experiment, lr: number): Experiment => ({
  ...wanted,
  training: { ...wanted.training, lr },
});
const withSeed = (wanted: Experiment, seed: number): Experiment => ({
  ...wanted,
  training: { ...wanted.training, seed },
});

describe('the lab', () => {
  it('becomes ready, trains when it plays, and keeps what was recorded of each network', async () => {
    const lab = labOf(experiment([tiny, tiny]));
    const ready = await became(lab, 'ready');
    expect(ready.engine).toEqual({
      engine: 'reference',
      backend: 'float64',
      device: { kind: 'cpu', simd: false, threads: 1 },
    });
    const { runs, status } = await finished(lab);
    expect(status.kind).toBe('finished');
    for (const id of ['a', 'b'] as const) {
      expect(runs[id]?.steps).toBe(10);
      expect(runs[id]?.layerNames).toEqual(['conv 1', 'classifier']);
      expect(runs[id]?.evaluations.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  });

  it('turns every run that ended into a dot of the Depth chart, diverged ones too', async () => {
    const lab = labOf(experiment([tiny, exploding]));
    const { finished: dots, runs } = await finished(lab);
    const last = runs.a?.evaluations.at(-1);
    expect(dots).toEqual([
      expect.objectContaining({ divergedAt: null, isFinished: true }),
      expect.objectContaining({ divergedAt: runs.b?.overflow?.step, isFinished: true }),
    ]);
    expect(dots.map(depthOfRun)).toEqual([2, 21]);
    expect(dots.map((dot) => finalErrors(dot)?.testError)).toEqual([last?.testError, undefined]);
    lab.commands.reset();
    expect((await finished(lab)).finished).toHaveLength(2);
  });

  it('tells runs apart that are not comparable: other settings, or a learning rate changed on the way', async () => {
    const wanted = experiment([tiny], { steps: 40 });
    const lab = labOf(wanted);
    await finished(lab);
    lab.commands.setExperiment(withSeed(wanted, 2));
    await finished(lab);
    lab.commands.setExperiment(withRate(withSeed(wanted, 2), 0.01));
    lab.commands.reset();
    await finished(lab);
    lab.commands.reset();
    lab.commands.step();
    await when(lab, ({ runs }) => runs.a?.steps === 1);
    lab.commands.setExperiment(withRate(withSeed(wanted, 2), 0.02));
    const dots = (await finished(lab)).finished;
    const [first, otherSeed, otherRate, adjusted] = dots;
    expect(comparableRuns(dots, wanted)).toEqual([first, otherSeed]);
    expect(comparableRuns(dots, withRate(wanted, 0.01))).toEqual([otherRate]);
    expect(comparableRuns(dots, withRate(wanted, 0.02))).toEqual([]);
    expect(adjusted?.isRepeatable).toBe(false);
  });

  it('shows a pause at once', async () => {
    const lab = labOf(experiment([tiny], { steps: 1000 }));
    lab.commands.play();
    await when(lab, ({ runs }) => (runs.a?.steps ?? 0) > 0);
    lab.commands.pause();
    expect(lab.store.getState().status.kind).toBe('paused');
    expect(lab.store.getState().speed).toBeNull();
  });

  it('goes back to the untrained network on a reset', async () => {
    const lab = labOf(experiment([tiny]));
    const before = await finished(lab);
    lab.commands.view(3);
    lab.commands.reset();
    await became(lab, 'ready');
    expect(lab.store.getState().viewStep).toBeNull();
    const after = await finished(lab);
    expect(after.runs.a?.loss.slice(0, 10)).toEqual(before.runs.a?.loss.slice(0, 10));
  });
});

describe('a press of Play while networks are built', () => {
  /** A lab whose worker says what it is told to. */
  function scripted() {
    const sent: Command['type'][] = [];
    const listeners: ((event: LabEvent) => void)[] = [];
    const client: LabClient = {
      send: ({ type }) => sent.push(type),
      listen: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    };
    const { commands, store } = createLab(client, { experiment: experiment([tiny]), problems: [], engine: anyEngine });
    const tell = (event: LabEvent) => {
      for (const listener of listeners) listener(event);
    };
    let run = 1;
    return {
      commands,
      sent,
      tell,
      state: store.getState,
      is: (status: Status) => tell({ type: 'status', run, status }),
      start: () =>
        tell({
          type: 'engine',
          engine: { engine: 'cpu', backend: 'cpu', device: { kind: 'cpu', simd: true, threads: 1 } },
        }),
      edit: (seed: number) => {
        run++;
        commands.setExperiment(withSeed(experiment([tiny]), seed));
      },
    };
  }

  it('can be made from the beginning, whatever is still on its way; an engine that has come is not said to be slow any more', () => {
    const { is, start, edit, state, tell } = scripted();
    const possible = [canPlayOrPause(state())];
    const [slow, silent] = [problem('engine.slow'), problem('engine.silentGpu')];
    for (const each of [slow, silent]) tell({ type: 'notice', problem: each });
    start();
    expect(state().notices.map((notice) => notice.problem)).toEqual([silent]);
    is({ kind: 'ready' });
    edit(2);
    for (const status of [
      { kind: 'loading', bytes: 0, total: 0 },
      { kind: 'preparing', share: 0.5 },
      { kind: 'ready' },
    ] as const) {
      is(status);
      possible.push(canPlayOrPause(state()));
    }
    expect(possible).toEqual([true, true, true, true]);
  });

  it('is kept: it is shown at once, survives another edit, and ends with a pause, the run or a failure', () => {
    const { is, start, edit, state, commands, sent } = scripted();
    start();
    is({ kind: 'preparing', share: 0 });
    commands.play();
    is({ kind: 'preparing', share: 0.5 });
    expect(state()).toMatchObject({ isPlaying: true, status: { kind: 'preparing' } });
    edit(2);
    is({ kind: 'ready' });
    expect(state().isPlaying).toBe(true);
    expect(sent).toEqual(['load', 'play', 'load', 'play']);
    commands.pause();
    expect(state().isPlaying).toBe(false);
    for (const end of [
      { kind: 'finished' },
      { kind: 'failed', problem: { code: 'engine.slow', values: {} } },
    ] as const) {
      is({ kind: 'ready' });
      commands.play();
      is({ kind: 'running' });
      is(end);
      expect(state().isPlaying).toBe(false);
    }
    commands.play();
    expect(state().isPlaying).toBe(false);
  });

  it('trains, by the session that builds them', async () => {
    const lab = labOf(experiment([tiny]));
    await became(lab, 'ready');
    lab.commands.setExperiment(withSeed(experiment([tiny]), 2));
    lab.commands.play();
    expect((await became(lab, 'finished')).runs.a?.steps).toBe(10);
  });
});

describe('an edit', () => {
  it('of what is computed starts the run again, says so, and keeps playing', async () => {
    const lab = labOf(experiment([tiny], { steps: 1000 }));
    lab.commands.play();
    await when(lab, ({ runs }) => (runs.a?.steps ?? 0) > 0);
    lab.commands.setExperiment(withSeed(experiment([tiny]), 7));
    const state = lab.store.getState();
    expect(state.runs).toEqual({});
    expect(state.notices.map(({ problem }) => problem)).toEqual([
      { code: 'edit.resetsSetting', values: { key: 'seed' } },
    ]);
    expect((await became(lab, 'finished')).runs.a?.steps).toBe(10);
  });

  it('before anything was trained resets nothing and says nothing', async () => {
    const lab = labOf(experiment([tiny]));
    await became(lab, 'ready');
    lab.commands.setExperiment(experiment([tiny, tiny]));
    expect(lab.store.getState().notices).toEqual([]);
    expect(Object.keys((await finished(lab)).runs)).toEqual(['a', 'b']);
  });

  it('of the learning rate goes on with the run', async () => {
    const wanted = experiment([tiny]);
    const lab = labOf(wanted);
    lab.commands.step();
    await when(lab, ({ runs }) => runs.a?.steps === 1);
    lab.commands.setLearningRate(0.5);
    const { runs, notices, experiment: after } = await finished(lab);
    expect(notices).toEqual([]);
    expect(after).toEqual(withRate(wanted, 0.5));
    expect([...(runs.a?.learningRate.slice(0, 3) ?? [])]).toEqual([Math.fround(0.1), 0.5, 0.5]);
  });

  it('of the learning rate holds after a worker has broken: what is tried again is the experiment as it is now', () => {
    const sent: Command[] = [];
    const client: LabClient = { send: (command) => sent.push(command), listen: () => () => undefined };
    const { commands } = createLab(client, { experiment: experiment([tiny]), problems: [], engine: anyEngine });
    commands.setLearningRate(0.5);
    commands.retry();
    expect(sent.map(({ type }) => type)).toEqual(['load', 'adjust', 'retry']);
    expect(sent.at(-1)).toMatchObject({ request: { run: 1, experiment: { training: { lr: 0.5 } } } });
  });

  it('made many times in a row leaves one notice of each kind', async () => {
    const lab = labOf(experiment([tiny], { steps: 1000 }));
    lab.commands.play();
    for (const seed of [2, 3, 4]) {
      await when(lab, ({ runs }) => (runs.a?.steps ?? 0) > 0);
      lab.commands.setExperiment(withSeed(experiment([tiny], { steps: 1000 }), seed));
    }
    lab.commands.pause();
    const { notices } = lab.store.getState();
    expect(notices).toHaveLength(1);
    lab.commands.dismiss(notices[0]?.id ?? 0);
    expect(lab.store.getState().notices).toEqual([]);
  });

  it('grafts layers into the trained network, compares at once, and goes back there on a reset', async () => {
    const lab = labOf(experiment([tiny]));
    await finished(lab);
    const stem = tiny.stack;
    const grown = [{ kind: 'identity', count: 2 } as const, { kind: 'conv', width: 2, stride: 1, count: 1 } as const];
    const grafts = experiment(grown.map((item) => ({ ...tiny, stack: [...stem, item] })));
    lab.commands.graft('a', grafts);
    const { graft, experiment: shown, base } = await when(lab, (state) => state.graft !== null);
    expect(shown).toBe(grafts);
    expect(base?.spec).toEqual(tiny);
    expect(graft).toMatchObject({ images: 30, networks: [{ network: 'a', logitChange: 0 }, { network: 'b' }] });
    expect(graft?.networks[0]?.testErrorAfter).toBe(graft?.testErrorBefore);
    expect(graft?.networks[1]?.logitChange).toBeGreaterThan(0);
    const first = (await finished(lab)).runs.a?.evaluations;
    // A base that trains on from where it was does not start at the untrained network's error.
    expect(first?.[0]?.testError).toBe(graft?.testErrorBefore);
    lab.commands.reset();
    expect((await when(lab, (state) => state.graft !== null)).graft).toEqual(graft);
    expect((await finished(lab)).runs.a?.evaluations).toEqual(first);
    lab.commands.setExperiment(experiment([tiny, tiny]));
    expect(lab.store.getState().base).toBeNull();
  });

  it('keeps grafts out of comparisons over depth', async () => {
    const lab = labOf(experiment([tiny]));
    await finished(lab);
    lab.commands.graft('a', experiment([{ ...tiny, stack: [...tiny.stack, { kind: 'identity', count: 1 }] }]));
    await when(lab, (state) => state.graft !== null);
    const { finished: dots } = await finished(lab);
    expect(comparableRuns(dots, experiment([tiny]))).toEqual(dots.slice(0, 1));
    expect(dots).toHaveLength(2);
  });
});

describe('examinations', () => {
  it('are under way until they are over, and leave their report with the network', async () => {
    const lab = labOf(experiment([tiny, tiny]));
    await became(lab, 'ready');
    lab.commands.examine('b', gradients);
    lab.commands.examine('b', gradients);
    lab.commands.examine('a', blocks);
    expect(lab.store.getState().examining).toEqual([
      { network: 'b', kind: 'gradients' },
      { network: 'a', kind: 'blocks' },
    ]);
    const { reports } = await when(lab, ({ examining }) => examining.length === 0);
    expect(reports.gradients?.b?.pairs).toHaveLength(20);
    expect(reports.gradients?.a).toBeUndefined();
    expect(reports.blocks?.a?.blocks).toEqual([]);
  });

  it('pause a run that they would hold up', async () => {
    const lab = labOf(experiment([tiny], { steps: 1000 }));
    lab.commands.play();
    await when(lab, ({ runs }) => (runs.a?.steps ?? 0) > 0);
    lab.commands.examine('a', gradients);
    const { status, runs } = await when(lab, ({ examining }) => examining.length === 0);
    expect(status.kind).toBe('paused');
    expect(runs.a?.steps).toBeLessThan(1000);
  });

  it('are forgotten with their run', async () => {
    const lab = labOf(experiment([tiny]));
    await became(lab, 'ready');
    lab.commands.examine('a', gradients);
    await when(lab, ({ reports }) => reports.gradients?.a !== undefined);
    lab.commands.reset();
    expect(lab.store.getState()).toMatchObject({ reports: {}, examining: [] });
  });

  it('are refused after a failure, and forgotten where the networks are built again', async () => {
    let isBroken = false;
    const lab = labOf(experiment([tiny]), () =>
      failing(createReferenceEngine(), 'step', () => (isBroken ? new Error('broken') : null)),
    );
    await became(lab, 'ready');
    lab.commands.examine('a', blocks);
    await when(lab, ({ reports }) => reports.blocks?.a !== undefined);
    isBroken = true;
    lab.commands.play();
    await became(lab, 'failed');
    lab.commands.examine('a', blocks);
    expect(lab.store.getState().examining).toEqual([]);
    expect(lab.store.getState().reports.blocks?.a).toBeDefined();
    lab.commands.retry();
    await became(lab, 'ready');
    expect(lab.store.getState().reports).toEqual({});
  });
});
