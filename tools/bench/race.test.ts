import { describe, expect, it } from 'vitest';
import { type Entrant, type Plan, race, type StepFigures } from './race.ts';

const plan: Plan = { warmUp: 1, steps: 3, slow: null, runUpMs: 0, mostRunUpMs: 0, restMs: 0 };

function figures(number: number, ms = 1): StepFigures {
  return { loss: 1 / number, ms, jsMs: 1, dispatches: null, submits: null, bytes: null };
}

/** Steps under way: never more than one. */
let running = 0;

/** Writes down what it does; fails at a step if told to. */
function entrant(log: string[], key: string, { ms = 1, failsAt = 0 } = {}): Entrant {
  return {
    key,
    async start() {
      log.push(`${key} starts`);
      return {
        async step(number) {
          log.push(`${key}${number}`);
          expect(running, 'steps under way').toBe(0);
          running++;
          await new Promise((resolve) => setTimeout(resolve));
          running--;
          if (number === failsAt) throw new Error('out of memory');
          return figures(number, ms);
        },
        stop: () => void log.push(`${key} stops`),
      };
    },
  };
}

describe('a race', () => {
  it('takes one step of one entrant at a time, each round from another one on', async () => {
    const log: string[] = [];
    await race([entrant(log, 'a'), entrant(log, 'b'), entrant(log, 'c')], plan);
    expect(log.filter((line) => !line.includes(' '))).toEqual('a1 b1 c1 b2 c2 a2 c3 a3 b3 a4 b4 c4'.split(' '));
    expect(await race([], plan)).toEqual({});
  });

  it('does not count the warm-up, but keeps its losses', async () => {
    const outcomes = await race([entrant([], 'a')], plan);
    expect(outcomes).toEqual({ a: { losses: [1, 1 / 2, 1 / 3, 1 / 4], steps: [figures(2), figures(3), figures(4)] } });
  });

  it('lets a step that counts follow one that does not, but for entrants that are too slow for that', async () => {
    const log: string[] = [];
    const entrants = [entrant(log, 'a', { ms: 10 }), entrant(log, 'b', { ms: 11 })];
    const outcomes = await race(entrants, { ...plan, steps: 2, mostRunUpMs: 10 });
    expect(log.filter((line) => !line.includes(' '))).toEqual('a1 b1 b2 a2 a3 a4 a5 b3'.split(' '));
    expect(outcomes).toMatchObject({
      a: { losses: [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5], steps: [figures(3, 10), figures(5, 10)] },
      b: { losses: [1, 1 / 2, 1 / 3], steps: [figures(2, 11), figures(3, 11)] },
    });
  });

  it('lets quick steps that count follow as many as take a while', async () => {
    const log: string[] = [];
    const entrants = [entrant(log, 'a', { ms: 10 }), entrant(log, 'b', { ms: 4 })];
    const outcomes = await race(entrants, { ...plan, steps: 1, runUpMs: 8, mostRunUpMs: 10 });
    expect(log.filter((line) => !line.includes(' '))).toEqual('a1 b1 b2 b3 b4 b5 a2 a3'.split(' '));
    expect(outcomes).toMatchObject({ a: { steps: [figures(3, 10)] }, b: { steps: [figures(5, 4)] } });
  });

  it('lets all rest between two turns', async () => {
    const restMs = 20;
    let before = -restMs;
    const resting: Entrant = {
      key: 'a',
      start: async () => ({
        async step(number) {
          expect(performance.now() - before, `before step ${number}`).toBeGreaterThan(restMs - 2);
          before = performance.now();
          return figures(number, 1);
        },
        stop: () => {},
      }),
    };
    const outcomes = await race([resting, { ...resting, key: 'b' }], { ...plan, restMs });
    expect(Object.keys(outcomes)).toEqual(['a', 'b']);
    expect(Object.values(outcomes).filter((outcome) => 'error' in outcome)).toEqual([]);
  });

  it('stops each entrant once, when it has made its steps', async () => {
    const log: string[] = [];
    await race([entrant(log, 'a'), entrant(log, 'b')], plan);
    expect(log.filter((line) => line.endsWith('stops')).sort()).toEqual(['a stops', 'b stops']);
  });

  it('goes on without an entrant that fails, and stops it', async () => {
    const log: string[] = [];
    const broken: Entrant = { key: 'c', start: () => Promise.reject(new Error('no adapter')) };
    const outcomes = await race([entrant(log, 'a', { failsAt: 2 }), entrant(log, 'b'), broken], plan);
    expect(outcomes).toMatchObject({
      a: { error: 'out of memory' },
      b: { steps: { length: 3 } },
      c: { error: 'no adapter' },
    });
    expect(log).toContain('a stops');
    expect(log).not.toContain('a3');
  });

  it('lets slow entrants make fewer steps', async () => {
    const slow = { ms: 1000, steps: 2 };
    const entrants = [entrant([], 'a', { ms: 1001 }), entrant([], 'b', { ms: 1000 })];
    const counts = async (how: Plan) =>
      Object.values(await race(entrants, how)).map((outcome) => 'steps' in outcome && outcome.steps.length);
    expect(await counts({ ...plan, slow })).toEqual([2, 3]);
    expect(await counts(plan)).toEqual([3, 3]);
  });
});
