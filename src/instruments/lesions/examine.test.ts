import { describe, expect, it } from 'vitest';
import { testParameters } from '../../engine/testNetworks.ts';
import type { ConvItem, NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import { sampleOf } from '../examination/examiner.ts';
import { reportsOf, testSubject } from '../examination/testSubject.ts';
import { removals, swaps } from './examine.ts';

/** A stem, two blocks of one shape, and one that changes it. */
function specOf(kind: ConvItem['kind']): NetworkSpec {
  const block = { kind, width: 3, stride: 1, count: 2 } as const;
  const stem = { kind: 'conv', width: 3, stride: 2, count: 1 } as const;
  // Flattened, so that what is taken for what depends on every pixel.
  return { ...presets.t7.network, head: 'flatten', stack: [stem, block, { ...block, width: 4, stride: 2, count: 1 }] };
}

function subjectOf(kind: ConvItem['kind'], parameters?: readonly Float32Array[]) {
  const spec = specOf(kind);
  return testSubject(spec, 40, undefined, parameters ?? testParameters(buildGraph(spec, 14), spec));
}

describe('blocks that are removed', () => {
  it('are all of them, and lone convs, one after the other, beside the errors of the unharmed network', async () => {
    const subject = await subjectOf('residual');
    const reports = await reportsOf(removals, subject, { statistics: 'kept' });
    expect(reports.map(({ done, planned, lesions }) => [done, planned, lesions.length])).toEqual([
      [1, 5, 0],
      [2, 5, 1],
      [3, 5, 2],
      [4, 5, 3],
      [5, 5, 4],
    ]);
    expect(reports.at(-1)?.lesions).toMatchObject([
      { at: 1, layers: ['conv 1'], changesShape: true, hasShortcut: false },
      { at: 2, layers: ['conv 2', 'conv 3'], changesShape: false, hasShortcut: true },
      { at: 3, layers: ['conv 4', 'conv 5'], changesShape: false, hasShortcut: true },
      { at: 4, layers: ['conv 6', 'conv 7'], changesShape: true, hasShortcut: true },
    ]);
    const { calibration, train, test } = sampleOf(subject);
    const { trainError, testError } = await subject.trainer.evaluate(calibration, train, test);
    expect(reports.at(-1)?.whole).toEqual({ train: trainError, test: testError });
  });

  it.each(['kept', 'reestimated'] as const)('do no harm where they add nothing (statistics %s)', async (statistics) => {
    const spec = specOf('zeroresidual');
    const subject = await subjectOf('zeroresidual', initialParameters(buildGraph(spec, 14), spec, 1));
    const report = (await reportsOf(removals, subject, { statistics })).at(-1);
    const { lesions = [], whole } = report ?? {};
    for (const { train, test } of lesions.slice(1)) expect({ train, test }).toEqual(whole);
    expect(report?.statistics).toBe(statistics);
  });

  it('leave behind them what statistics they met, or are met with new ones', async () => {
    const subject = await subjectOf('plain');
    const errors = async (statistics: 'kept' | 'reestimated') =>
      (await reportsOf(removals, subject, { statistics })).at(-1)?.lesions.map(({ test }) => test);
    expect(await errors('kept')).not.toEqual(await errors('reestimated'));
  });
});

describe('blocks that change places', () => {
  it('are neighbours of one make', async () => {
    const report = (await reportsOf(swaps, await subjectOf('residual'), { statistics: 'kept' })).at(-1);
    expect(report?.lesions).toMatchObject([{ at: 2, layers: ['conv 2', 'conv 3', 'conv 4', 'conv 5'] }]);
    expect(report).toMatchObject({ done: 2, planned: 2, units: 4 });
  });

  it('change nothing where they are the same', async () => {
    const spec = specOf('plain');
    const graph = buildGraph(spec, 14);
    const parameters = testParameters(graph, spec);
    const named = new Map(graph.parameters.map(({ name, id }) => [name, parameters[id]]));
    const twin = (name: string) => name.replace(/^conv ([45]) /, (_, layer) => `conv ${Number(layer) - 2} `);
    const twins = graph.parameters.map(({ name }) => named.get(twin(name)) ?? new Float32Array());
    const report = (await reportsOf(swaps, await subjectOf('plain', twins), { statistics: 'reestimated' })).at(-1);
    const [{ train, test } = { train: 1, test: 1 }] = report?.lesions ?? [];
    expect({ train, test }).toEqual(report?.whole);
  });
});
