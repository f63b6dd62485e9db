import { describe, expect, it } from 'vitest';
import { anyEngine } from '../engine/choose.ts';
import type { Experiment } from '../spec/experiment.ts';
import { createLab, type Lab } from '../store/lab.ts';
import { cellKey } from '../sweeps/finishedCell.ts';
import { experiment, tiny } from '../worker/testArrival.ts';
import { testClient } from '../worker/testClient.ts';
import { finishedCells } from './keepRuns.ts';

const wider = { ...tiny, gain: 2 };

async function finish({ store, commands }: Lab): Promise<void> {
  commands.play();
  await new Promise<void>((resolve) => {
    store.subscribe(({ status }) => status.kind === 'finished' && resolve());
  });
}

async function trained(of: Experiment) {
  const lab = createLab(testClient(), { experiment: of, problems: [], engine: anyEngine });
  await finish(lab);
  return lab.store.getState();
}

describe('what the lab has finished', () => {
  it('is kept a network each, as what a run of its own would have given', async () => {
    const state = await trained(experiment([tiny, wider], { steps: 3 }));
    const [first, second] = finishedCells(state, 'noise');
    const alone = experiment([wider], { steps: 3 });
    const engine = state.engine;
    expect(second?.key).toBe(engine && cellKey(alone, engine, 'noise'));
    expect(second).toMatchObject({
      ...finishedCells(await trained(alone), 'noise')[0],
      finishedAt: second?.finishedAt,
    });
    expect(first?.key).not.toBe(second?.key);
  });

  it('is not kept where the learning rate was changed on the way: no settings say what was trained', async () => {
    const lab = createLab(testClient(), { experiment: experiment([tiny]), problems: [], engine: anyEngine });
    lab.commands.step();
    await new Promise<void>((resolve) => {
      lab.store.subscribe(({ runs }) => runs.a?.steps === 1 && resolve());
    });
    lab.commands.setLearningRate(0.5);
    await finish(lab);
    expect(finishedCells(lab.store.getState(), 'noise')).toEqual([]);
  });
});
