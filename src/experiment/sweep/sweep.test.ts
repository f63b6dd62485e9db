import { describe, expect, it } from 'vitest';
import type { Experiment } from '../experiment.ts';
import { formatLink } from '../link.ts';
import { parseLink } from '../parseLink.ts';
import { defaultExperiment } from '../presets.ts';
import { depthOf, hasShortcuts } from '../stack.ts';
import { sweepCells } from './cells.ts';
import { defaultSweep, type Sweep, sweepAxes, usualValues } from './sweep.ts';
import { formatSweep, parseSweep, parseSweepLink } from './text.ts';

const base = defaultExperiment;
const usual = defaultSweep(base);

function experimentOf(link: string): Experiment {
  const { experiment, problems } = parseLink(link);
  expect(problems).toEqual([]);
  return experiment;
}

function cellsOf(changes: Partial<Sweep>, of = base) {
  const cells = sweepCells(of, { ...usual, ...changes });
  if (!cells.ok) throw new Error(cells.problem.code);
  return cells.value;
}

function refusal(changes: Partial<Sweep>, of = base) {
  const cells = sweepCells(of, { ...usual, ...changes });
  return cells.ok ? null : cells.problem;
}

describe('the cells of a sweep', () => {
  it('are depths × kinds × seeds, a whole picture of one seed before the next', () => {
    const cells = cellsOf({});
    expect(cells).toHaveLength(4 * 2 * 3);
    expect(cells.slice(0, 8).map(({ value, kind, seed }) => `${value} ${kind} ${seed}`)).toEqual([
      '8 plain 1',
      '8 residual 1',
      '20 plain 1',
      '20 residual 1',
      '38 plain 1',
      '38 residual 1',
      '56 plain 1',
      '56 residual 1',
    ]);
  });

  it('are the experiments that a link to one network and seed gives', () => {
    const cell = cellsOf({}).find(({ value, kind, seed }) => value === 20 && kind === 'residual' && seed === 3);
    expect(cell?.experiment).toEqual(experimentOf('#v=1&a=t7-residual-20&seed=3'));
  });

  it('keep what the sweep does not vary, and have depth and shortcuts as asked', () => {
    const of = experimentOf('#v=1&a=t7-plain-8&width=6&act=tanh&lr=0.02&steps=7');
    for (const { value, kind, experiment } of cellsOf({}, of)) {
      const [network] = experiment.networks;
      expect(depthOf(network?.stack ?? [])).toBe(value);
      expect(hasShortcuts(network?.stack ?? [])).toBe(kind === 'residual');
      expect(network).toMatchObject({ act: 'tanh', norm: 'batch' });
      expect(network?.stack[0]).toMatchObject({ width: 6 });
      expect(experiment.training).toMatchObject({ lr: 0.02, steps: 7 });
    }
  });

  it('vary any other setting at the depth of the first network', () => {
    const rates = cellsOf({ axis: 'lr', values: [0.01, 0.1], seeds: [5] });
    expect(rates.map(({ experiment }) => formatLink(experiment))).toEqual([
      '#v=1&a=t7-plain-38&lr=0.01&seed=5',
      '#v=1&a=t7-residual-38&lr=0.01&seed=5',
      '#v=1&a=t7-plain-38&lr=0.1&seed=5',
      '#v=1&a=t7-residual-38&lr=0.1&seed=5',
    ]);
    const widths = cellsOf({ axis: 'width', values: [4, 16], kinds: ['plain'], seeds: [1] });
    expect(widths.map(({ experiment }) => formatLink(experiment))).toEqual([
      '#v=1&a=t7-plain-38&width=4',
      '#v=1&a=t7-plain-38&width=16',
    ]);
  });

  it('can be made for every axis from its usual values', () => {
    for (const axis of sweepAxes) expect(refusal({ axis, values: usualValues(axis, base) }), axis).toBeNull();
  });

  it('of a custom stack are the stack and its twin', () => {
    const of = experimentOf('#v=1&a=conv-4,residual-4*2');
    const cells = cellsOf({ axis: 'norm', values: ['batch'], seeds: [1] }, of);
    expect(cells.map(({ experiment }) => formatLink(experiment))).toEqual([
      '#v=1&a=conv-4,plain-4*2',
      '#v=1&a=conv-4,residual-4*2',
    ]);
  });
});

describe('a sweep that cannot be trained is refused', () => {
  it.each([
    ['without values', { values: [] }, 'sweep.noValues'],
    ['without kinds', { kinds: [] }, 'sweep.noKinds'],
    ['without seeds', { seeds: [] }, 'sweep.noSeeds'],
    ['with a value twice', { values: [8, 20, 8] }, 'sweep.duplicateValue'],
    ['with a kind twice', { kinds: ['plain', 'plain'] }, 'sweep.duplicateKind'],
    ['with a seed twice', { seeds: [1, 2, 1] }, 'sweep.duplicateSeed'],
    ['with a seed that is none', { seeds: [-1] }, 'spec.outOfRange'],
    ['with more cells than its limit', { seeds: Array.from({ length: 61 }, (_, i) => i) }, 'sweep.tooManyCells'],
    [
      'with more values than its limit',
      { axis: 'steps', values: Array.from({ length: 17 }, (_, i) => i + 1) },
      'sweep.tooManyValues',
    ],
    ['with a depth that the family has not', { values: [21] }, 'spec.familyDepth'],
    ['with a value that the setting has not', { axis: 'lr', values: [11] }, 'spec.outOfRange'],
    ['with a batch larger than the training images', { axis: 'train', values: [10] }, 'spec.batchLargerThanTrain'],
  ] as const)('%s', (_, changes, code) => {
    expect(refusal(changes as Partial<Sweep>)?.code).toBe(code);
  });

  it('over the depth of a custom stack, or of kinds that it does not have', () => {
    const of = experimentOf('#v=1&a=conv-4*3');
    expect(refusal({}, of)?.code).toBe('sweep.customStack');
    expect(refusal({ axis: 'lr', values: [0.1] }, of)?.code).toBe('sweep.noTwin');
    expect(refusal({ axis: 'lr', values: [0.1], kinds: ['plain'] }, of)).toBeNull();
  });
});

describe('a sweep in a link', () => {
  it('is read back exactly, and leaves the experiment as it is', () => {
    const sweeps: Partial<Sweep>[] = [
      {},
      { values: [8, 14] },
      { kinds: ['residual'] },
      { seeds: [7, 0] },
      { axis: 'lr', values: [0.05, 1e-7] },
      { axis: 'norm', values: ['none', 'batch'], kinds: ['plain'], seeds: [3] },
      { axis: 'size', values: [14, 28] },
    ];
    for (const changes of sweeps) {
      const sweep = { ...usual, ...changes };
      const link = formatLink(base) + formatSweep(sweep, base);
      expect(parseSweepLink(link, base)).toEqual({ ok: true, value: sweep });
      expect(parseLink(link)).toEqual({ experiment: base, problems: [] });
    }
  });

  it('says only what is unusual', () => {
    expect(formatSweep(usual, base)).toBe('&sweep=depth:8,20,38,56');
  });

  it('is absent from a link without one', () => {
    expect(parseSweepLink('#v=1&a=t7-plain-8', base)).toBeNull();
  });

  it('begins with the papers’ values on the axes of residual blocks', () => {
    const valuesOf = (axis: string) => {
      const sweep = parseSweep({ sweep: axis }, base);
      return sweep.ok ? sweep.value.values : null;
    };
    expect(valuesOf('gatebias')).toEqual([0, -6, -7]);
    expect(valuesOf('shortcut')).toEqual(['a', 'b', 'c']);
    expect(valuesOf('skipscale')).toEqual([0, 0.5, 1]);
    expect(refusal({ axis: 'skipscale', values: [0, 1], kinds: ['residual'] })).toBeNull();
    expect(refusal({ axis: 'dropout', values: [1], kinds: ['residual'] })?.code).toBe('spec.outOfRange');
  });

  it('takes the usual values where only the axis is named', () => {
    expect(parseSweep({ sweep: 'depth' }, base)).toEqual({ ok: true, value: usual });
    const flat = experimentOf('#v=1&a=f7-12');
    expect(parseSweep({ sweep: 'depth' }, flat)).toMatchObject({ value: { values: [4, 8, 12, 20] } });
    expect(parseSweep({ sweep: 'lr' }, base)).toMatchObject({ value: { values: [0.025, 0.05, 0.1] } });
  });

  it('is refused where its axis, a value, a kind or a seed is none', () => {
    const code = (text: Parameters<typeof parseSweep>[0]) => {
      const sweep = parseSweep(text, base);
      return sweep.ok ? null : sweep.problem.code;
    };
    expect(code({ sweep: 'seed:1,2' })).toBe('sweep.unknownAxis');
    expect(code({ sweep: 'depth:eight' })).toBe('spec.notANumber');
    expect(code({ sweep: 'depth:8,20:38' })).toBe('spec.notANumber');
    expect(code({ sweep: 'lr:0' })).toBe('spec.outOfRange');
    expect(code({ sweep: 'act:swish' })).toBe('spec.notAChoice');
    expect(code({ sweep: 'depth', kinds: 'plain,dense' })).toBe('sweep.unknownKind');
    expect(code({ sweep: 'depth', seeds: '1,x' })).toBe('spec.notANumber');
  });

  it('is refused as empty, not taken for the usual, where its list is empty', () => {
    const sweep = parseSweep({ sweep: 'depth:' }, base);
    expect(sweep.ok && refusal(sweep.value)?.code).toBe('sweep.noValues');
  });
});
