import { describe, expect, it, vi } from 'vitest';
import { type Engine, EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import { testImages } from '../../engine/testNetworks.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { bytesOf } from '../../experiment/memory.ts';
import { presetExperiment } from '../../experiment/presets.ts';
import { ProblemError } from '../../experiment/problem.ts';
import { buildGraph } from '../../network/build.ts';
import { buildNetworks } from './networks.ts';
import { experiment, sideBySide, tiny } from './testSession.ts';

describe('building networks', () => {
  it('frees those that are built when the engine refuses the next', async () => {
    const reference = createReferenceEngine();
    const disposed = vi.fn();
    let asked = 0;
    const engine: Engine = {
      ...reference,
      createTrainer: async (...how) => {
        if (++asked === 2) throw new EngineRefusal('too wide');
        const trainer = await reference.createTrainer(...how);
        vi.spyOn(trainer, 'dispose').mockImplementation(disposed);
        return trainer;
      },
    };
    const images = testImages(14, 4);
    await expect(buildNetworks(engine, experiment([tiny, tiny]), images, { budget: 1e9 })).rejects.toThrow('too wide');
    expect(disposed).toHaveBeenCalledTimes(1);
  });

  it('says which batch fits, and which depth with the batch as it is', async () => {
    const twins = (layers: number) =>
      presetExperiment('t7', [
        { kind: 'plain', layers },
        { kind: 'residual', layers },
      ]);
    const engine = createReferenceEngine();
    const { networks, training } = twins(20);
    const graphs = networks.map((spec) => buildGraph(spec, training));
    const { fixed, perImage } = engine.memoryNeed(graphs, training, training.batch);
    const budget = fixed + perImage * training.batch;
    const refused = buildNetworks(engine, twins(26), testImages(14, 4), { budget });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'spec.memoryBatch', values: { depth: 20 } } });
  });

  it('asks for a plan only where networks may not fit', async () => {
    const reference = createReferenceEngine();
    const memoryNeed = vi.fn(reference.memoryNeed);
    const small = experiment([tiny]);
    const need = bytesOf(
      reference.memoryNeed([buildGraph(tiny, small.training)], small.training, 1),
      small.training.batch,
    );
    const trainers: Engine['createTrainer'] = async (...how) =>
      Object.assign(await reference.createTrainer(...how), { memory: 7 });
    const engine = { ...reference, memoryNeed, memoryAtMost: () => 2 * need, createTrainer: trainers };
    const built = await buildNetworks(engine, small, testImages(14, 4), { budget: 2 * need });
    expect(built.networks.map(({ info }) => info.memory)).toEqual([7]);
    expect(memoryNeed).not.toHaveBeenCalled();
    await buildNetworks(engine, small, testImages(14, 4), { budget: need });
    expect(memoryNeed).toHaveBeenCalled();
    await expect(buildNetworks(engine, small, testImages(14, 4), { budget: 1 })).rejects.toThrow(ProblemError);
  });

  describe('on an engine that trains several side by side', () => {
    const images = testImages(14, 4);
    const wide: NetworkSpec = { ...tiny, stack: [{ kind: 'conv', width: 4, stride: 2, count: 1 }] };
    const three = experiment([tiny, wide, { ...tiny, gain: 2 }]);

    /** @param asked how many networks were asked for together, each time @param need of each network that is trained so */
    function subject(asked: number[], need: number, isQuicker: boolean, refusal?: Error): Engine {
      const createTrainers = sideBySide().sideBySide?.createTrainers;
      return sideBySide({
        memoryNeed: ({ length }) => ({ fixed: need * length, perImage: 0 }),
        createTrainers: async (networks, ...how) => {
          asked.push(networks.length);
          if (refusal) throw refusal;
          return (isQuicker && createTrainers?.(networks, ...how)) || null;
        },
      });
    }

    it.each([
      { what: 'trains them so', need: 1, asked: [3], lookahead: 16 },
      { what: 'trains each by itself where there is no memory for more', need: 1e9, asked: [], lookahead: 1 },
      { what: 'and where that is no quicker', need: 1, asked: [3], lookahead: 1, isQuicker: false },
      { what: 'and where the engine refuses', need: 1, asked: [3], lookahead: 1, refusal: new EngineRefusal('') },
    ])('$what', async ({ need, asked, lookahead, refusal, isQuicker = true }) => {
      const found: number[] = [];
      const how = { budget: 1e9, seeds: [1, 2, 3] };
      const built = await buildNetworks(subject(found, need, isQuicker, refusal), three, images, how);
      expect(found).toEqual(asked);
      expect(built.engine.lookahead).toBe(lookahead);
      const alone = await buildNetworks(createReferenceEngine(), three, images, how);
      expect(built.networks.map(({ id, seed, info }) => [id, seed, info])).toEqual(
        alone.networks.map(({ id, seed, info }) => [id, seed, info]),
      );
      for (const [i, { trainer }] of built.networks.entries())
        expect(await trainer.snapshot()).toEqual(await alone.networks[i]?.trainer.snapshot());
    });
  });
});
