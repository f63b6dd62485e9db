import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment/experiment.ts';
import { memoryKept } from '../session/storage/kept.ts';
import { finished, labOf } from '../session/store/testLab.ts';
import { cellKey, type FinishedCell, finishedCells } from '../session/sweeps/finishedCell.ts';
import { when } from '../session/when.ts';
import { experiment, tiny } from '../session/worker/testSession.ts';
import { keepCells } from './keepRuns.ts';

const wider = { ...tiny, gain: 2 };

const trained = (of: Experiment) => finished(labOf(of));

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
    const lab = labOf(experiment([tiny]));
    lab.commands.step();
    await when(lab, ({ runs }) => runs.a?.steps === 1);
    lab.commands.setLearningRate(0.5);
    expect(finishedCells(await finished(lab), 'noise')).toEqual([]);
  });

  it('is not kept where it was grafted: its settings do not say what it began with', async () => {
    const lab = labOf(experiment([tiny], { steps: 2 }));
    await finished(lab);
    lab.commands.graft('a', experiment([{ ...tiny, stack: [...tiny.stack, { kind: 'identity', count: 1 }] }]));
    await when(lab, ({ graft }) => graft !== null);
    const state = await finished(lab);
    expect(state.runs.a?.steps).toBe(10);
    expect(finishedCells(state, 'noise')).toEqual([]);
  });

  it('is kept one by one: what one of them is refused for keeps no other out', async () => {
    const cells = finishedCells(await trained(experiment([tiny, wider], { steps: 1 })), 'noise');
    const kept = memoryKept<FinishedCell>();
    const [first, second] = cells;
    if (!first || !second) throw new Error('no cells');
    await kept.put({ ...second, name: 'Mine' });
    const put: typeof kept.put = (cell) =>
      cell.key === first.key ? Promise.reject(new DOMException('', 'QuotaExceededError')) : kept.put(cell);
    expect(await keepCells(cells, { ...kept, put })).toMatchObject({ code: 'kept.full' });
    expect(await kept.all()).toEqual([{ ...second, name: 'Mine' }]);
  });
});
