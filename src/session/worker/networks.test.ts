import { describe, expect, it, vi } from 'vitest';
import { type Engine, EngineRefusal } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import { testImages } from '../../engine/testNetworks.ts';
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
    await expect(buildNetworks(engine, experiment([tiny, tiny]), images, 1e9)).rejects.toThrow('too wide');
    expect(disposed).toHaveBeenCalledTimes(1);
  });
});
