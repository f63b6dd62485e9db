import { describe, expect, it } from 'vitest';
import type { Candidate } from './choose.ts';
import type { Engine } from './engine.ts';
import { createReferenceEngine } from './reference/engine.ts';
import { startFirst } from './start.ts';

const candidates: readonly Candidate[] = [
  { engine: 'tfjs', backend: 'webgpu' },
  { engine: 'tfjs', backend: 'wasm' },
  { engine: 'tfjs', backend: 'cpu' },
];

function engineOf(candidate: Candidate): Engine {
  const backend = candidate.engine === 'tfjs' ? candidate.backend : 'float64';
  return { ...createReferenceEngine(), name: candidate.engine, backend };
}

describe('starting an engine', () => {
  it('falls back to the next one and says why', async () => {
    const { engine, skipped } = await startFirst(candidates, async (candidate) => {
      if (candidate.engine === 'tfjs' && candidate.backend === 'webgpu') throw new Error('no adapter');
      return engineOf(candidate);
    });
    expect(engine.backend).toBe('wasm');
    expect(skipped).toEqual([
      { code: 'engine.failedToStart', values: { engine: 'tfjs webgpu', reason: 'no adapter' } },
    ]);
  });

  it('starts no more engines than it needs', async () => {
    const { engine, skipped } = await startFirst(candidates, async (candidate) => engineOf(candidate));
    expect(engine.backend).toBe('webgpu');
    expect(skipped).toEqual([]);
  });

  it('fails with a problem when none starts', async () => {
    await expect(startFirst(candidates, () => Promise.reject(new Error('out of memory')))).rejects.toMatchObject({
      problem: { code: 'engine.none', values: { reason: 'out of memory' } },
    });
  });
});
