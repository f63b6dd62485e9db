import { describe, expect, it, vi } from 'vitest';
import { sentence } from '../messages/messages.ts';
import { anyEngine, engineCandidates, isSoftware, readEngineRequest } from './choose.ts';

const everything = { webgpu: true, gpuAnswers: true, webgl: () => true, simd: true, threads: false };

function order(capabilities: Parameters<typeof engineCandidates>[0], request = anyEngine): string[] {
  return [...engineCandidates(capabilities, request)].map((candidate) =>
    candidate.engine === 'tfjs' ? candidate.backend : `${candidate.engine} engine`,
  );
}

describe('the choice of engine', () => {
  it('prefers the fused engine on a hardware GPU, and our engine for processors over everything else', () => {
    expect(order(everything)).toEqual(['webgpu engine', 'webgpu', 'cpu engine', 'wasm', 'webgl', 'cpu']);
    expect(order({ ...everything, webgpu: false })).toEqual(['cpu engine', 'wasm', 'webgl', 'cpu']);
  });

  it('takes WebGL where SIMD is missing but a GPU is there, else plain JavaScript', () => {
    expect(order({ ...everything, webgpu: false, simd: false })).toEqual(['webgl', 'cpu']);
    expect(order({ ...everything, webgpu: false, webgl: () => false, simd: false })).toEqual(['cpu']);
  });

  it('tries what was asked for first and falls back to its own choice', () => {
    expect(order(everything, { engine: null, backend: 'wasm' })).toEqual(['wasm', 'webgpu', 'webgl', 'cpu']);
    expect(order({ ...everything, webgpu: false }, { engine: 'tfjs', backend: 'webgpu' })[0]).toBe('webgpu');
    expect(order(everything, { engine: 'tfjs', backend: null })[0]).toBe('webgpu');
    const onSoftware = order({ ...everything, webgpu: false }, { engine: 'webgpu', backend: null });
    expect(onSoftware.slice(0, 2)).toEqual(['webgpu engine', 'cpu engine']);
    expect(order(everything, { engine: 'cpu', backend: null }).slice(0, 2)).toEqual(['cpu engine', 'webgpu engine']);
  });

  it('tries WebAssembly on one thread where several may not start', () => {
    const found = [...engineCandidates({ ...everything, webgpu: false, threads: true }, anyEngine)];
    expect(found.slice(0, 4)).toEqual([
      { engine: 'cpu' },
      { engine: 'tfjs', backend: 'wasm', threads: true },
      { engine: 'tfjs', backend: 'wasm', threads: false },
      { engine: 'tfjs', backend: 'webgl', threads: false },
    ]);
  });

  it('asks for WebGL where it is next, and no earlier', () => {
    const webgl = vi.fn(() => true);
    const found: string[] = [];
    for (const candidate of engineCandidates({ ...everything, webgpu: false, webgl }, anyEngine)) {
      found.push(`${candidate.engine === 'tfjs' ? candidate.backend : candidate.engine} ${webgl.mock.calls.length}`);
    }
    expect(found).toEqual(['cpu 0', 'wasm 0', 'webgl 1', 'cpu 1']);
  });

  it('leaves out an engine that has refused', () => {
    const found = [...engineCandidates({ ...everything, webgpu: false }, anyEngine, 'cpu')];
    expect(found.map(({ engine }) => engine)).toEqual(['tfjs', 'tfjs', 'tfjs']);
  });

  it('asks a GPU that has not answered no second time, not even for somebody who wants it', () => {
    const silent = { ...everything, webgpu: false, gpuAnswers: false };
    expect(order(silent, { engine: 'webgpu', backend: null })).toEqual(['cpu engine', 'wasm', 'webgl', 'cpu']);
    expect(order(silent, { engine: 'tfjs', backend: 'webgpu' })).toEqual(['wasm', 'webgl', 'cpu']);
  });

  it('never replaces the reference engine, which somebody asks for to check another', () => {
    expect(order(everything, { engine: 'reference', backend: null })).toEqual(['reference engine']);
  });
});

describe('a software rasteriser', () => {
  it.each([
    'Google Inc. (Google) ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)',
    'Mesa llvmpipe (LLVM 15.0.6, 256 bits)',
    'Microsoft Basic Render Driver',
  ])('is recognised: %s', (description) => expect(isSoftware(description)).toBe(true));

  it.each(['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)', 'apple metal-3', 'intel gen-12lp', 'nvidia ampere'])(
    'is not confused with hardware: %s',
    (description) => expect(isSoftware(description)).toBe(false),
  );
});

describe('the engine asked for in the address', () => {
  it('is left to the page where the address says nothing', () => {
    expect(readEngineRequest('')).toEqual({ request: { engine: null, backend: null }, problems: [] });
  });

  it('is taken from ?engine= and ?backend=', () => {
    expect(readEngineRequest('?engine=tfjs&backend=cpu')).toEqual({
      request: { engine: 'tfjs', backend: 'cpu' },
      problems: [],
    });
  });

  it('is left to the page, with a sentence, where there is no such engine', () => {
    const { request, problems } = readEngineRequest('?backend=quantum');
    expect(request).toEqual({ engine: null, backend: null });
    expect(problems.map(sentence)).toEqual([
      'Ignored ?backend=quantum in the address: what suits this browser is used; possible are wasm, webgl, webgpu, cpu.',
    ]);
  });
});
