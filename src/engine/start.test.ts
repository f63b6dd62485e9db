import { describe, expect, it } from 'vitest';
import type { Candidate } from './choose.ts';
import type { Engine } from './engine.ts';
import { NoGpuDevice } from './gpu.ts';
import { createReferenceEngine } from './reference/engine.ts';
import { startFirst } from './start.ts';

const candidates: readonly Candidate[] = [
  { engine: 'tfjs', backend: 'webgpu', threads: false },
  { engine: 'tfjs', backend: 'wasm', threads: true },
  { engine: 'tfjs', backend: 'wasm', threads: false },
  { engine: 'tfjs', backend: 'cpu', threads: false },
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

  it('asks for no device a second time where there is none', async () => {
    const asked: string[] = [];
    const all: readonly Candidate[] = [{ engine: 'webgpu' }, ...candidates];
    const { engine, skipped } = await startFirst(all, async (candidate) => {
      asked.push(candidate.engine === 'tfjs' ? candidate.backend : candidate.engine);
      if (asked.length === 1) throw new NoGpuDevice('WebGPU gave no answer within 5 seconds.');
      if (candidate.engine === 'tfjs' && candidate.threads) throw new Error('the page may not start threads');
      return engineOf(candidate);
    });
    expect(asked).toEqual(['webgpu', 'wasm', 'wasm']);
    expect(engine.backend).toBe('wasm');
    expect(skipped.map(({ values }) => values)).toEqual([
      { engine: 'webgpu', reason: 'WebGPU gave no answer within 5 seconds' },
      { engine: 'tfjs wasm with threads', reason: 'the page may not start threads' },
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
