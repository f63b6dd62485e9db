import { describe, expect, it } from 'vitest';
import { sentence } from '../messages/messages.ts';
import { readEngineRequest } from './request.ts';

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
      'Ignored ?backend=quantum in the address; possible are wasm, webgl, webgpu, cpu.',
    ]);
  });
});
