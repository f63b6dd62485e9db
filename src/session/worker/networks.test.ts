import { describe, expect, it, vi } from 'vitest';
import { type Engine, EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import { testImages } from '../../engine/testNetworks.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { buildNetworks } from './networks.ts';
import { experiment, tiny } from './testSession.ts';

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

  describe('on an engine that trains networks of one graph together', () => {
    const images = testImages(14, 4);
    const wide: NetworkSpec = { ...tiny, stack: [{ kind: 'conv', width: 4, stride: 2, count: 1 }] };
    const three = experiment([tiny, wide, { ...tiny, gain: 2 }]);

    /** @param gangs how many networks were asked for together, each time @param need of each network that is trained together */
    function ganging(gangs: number[], need: number, refusal?: Error): Engine {
      const reference = createReferenceEngine();
      return {
        ...reference,
        gangs: {
          memoryNeed: (all) => ({ fixed: need * all.reduce((sum, { networks }) => sum + networks, 0), perImage: 0 }),
          createTrainers: (graph, members, rule, ...how) => {
            gangs.push(members.length);
            if (refusal) throw refusal;
            return Promise.all(
              members.map(({ initial, seed }) => reference.createTrainer(graph, initial, { ...rule, seed }, ...how)),
            );
          },
        },
      };
    }

    it.each([
      { what: 'trains them together', need: 1, together: [2] },
      { what: 'trains each by itself where there is no memory for more', need: 1e9, together: [] },
      { what: 'and where the engine refuses them together', need: 1, together: [2], refusal: new EngineRefusal('') },
    ])('$what', async ({ need, together, refusal }) => {
      const gangs: number[] = [];
      const built = await buildNetworks(ganging(gangs, need, refusal), three, images, {
        budget: 1e9,
        seeds: [1, 2, 3],
      });
      expect(gangs).toEqual(together);
      const alone = await buildNetworks(createReferenceEngine(), three, images, { budget: 1e9, seeds: [1, 2, 3] });
      expect(built.map(({ id, seed, info }) => [id, seed, info])).toEqual(
        alone.map(({ id, seed, info }) => [id, seed, info]),
      );
      for (const [i, { trainer }] of built.entries())
        expect(await trainer.snapshot()).toEqual(await alone[i]?.trainer.snapshot());
    });
  });
});
