import { cpus } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { bench as command } from './bench/bench.ts';
import { shareBrowser } from './browserPage.ts';
import { run } from './lab/testCommand.ts';
import { pythonWithTorch } from './python.ts';

const bench = (...args: readonly string[]) => run(command, ...args);

beforeAll(() => shareBrowser());

const small = ['--only', 'tfjs-wasm,jax-js,torch', '--width', '4', '--size', '14', '--steps', '3', '--json'];

describe('the bench', { timeout: 300_000 }, () => {
  it('prints one JSON object with what every contender took', async () => {
    const { status, out, err } = await bench('--network', 'resnet-8', ...small);
    expect(status).toBe(0);
    expect(err).toContain('resnet-8');
    const [number, count] = [expect.any(Number), expect.any(Number)];
    const found = JSON.parse(out);
    expect(found).toEqual({
      adapter: expect.stringMatching(/./),
      cpu: expect.any(String),
      cores: count,
      remarks: pythonWithTorch() ? [] : [expect.stringContaining('PyTorch')],
      cases: [
        {
          network: 'resnet-8',
          width: 4,
          size: 14,
          batch: 32,
          results: {
            'tfjs-wasm': { msPerStep: number, jsMs: number, dispatches: null, submits: null, bytes: null },
            'jax-js': { msPerStep: number, jsMs: number, dispatches: count, submits: count, bytes: count },
            ...(pythonWithTorch() && {
              torch: { msPerStep: number, jsMs: null, dispatches: null, submits: null, bytes: null },
            }),
          },
        },
      ],
    });
    const { 'jax-js': jax, ...others } = found.cases[0].results;
    for (const { msPerStep } of [jax, ...Object.values<{ msPerStep: number }>(others)])
      expect(msPerStep).toBeGreaterThan(0);
    // At least a kernel forwards and one backwards for each layer, and something read back.
    expect(jax.dispatches).toBeGreaterThan(16);
    expect(jax.bytes).toBeGreaterThan(0);
    expect(found.cores).toBe(cpus().length);
  });

  it('fits a line over depth', async () => {
    const networks = 'resnet-8,resnet-14,resnet-20';
    const { status, out } = await bench('--growth', '--network', networks, ...small, '--only', 'cpu-1');
    expect(status).toBe(0);
    const { growth } = JSON.parse(out);
    expect(growth).toMatchObject([{ contender: 'cpu-1', width: 4, size: 14 }]);
    const points: { depth: number; msPerStep: number; deviation: number }[] = growth[0].points;
    expect(points.map(({ depth }) => depth)).toEqual([8, 14, 20]);
    // A least-squares line leaves as much above it as below.
    const line = points.map(({ msPerStep, deviation }) => msPerStep / (1 + deviation));
    const above = points.reduce((sum, { msPerStep }, i) => sum + msPerStep - (line[i] ?? Number.NaN), 0);
    expect(Math.abs(above)).toBeLessThan(0.01 * (points[0]?.msPerStep ?? 0));
    expect(growth[0].msPerLayer).toBeCloseTo(((line[2] ?? 0) - (line[0] ?? 0)) / 12, 1);
  });

  it('refuses what it cannot do with status 2 and one sentence', async () => {
    const { status, out, err } = await bench('--network', 'vgg-16');
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err.trim()).toMatch(/^[^\n]+\.$/);
  });
});
