import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkExperiment } from './check.ts';
import {
  addNetwork,
  addTwin,
  type Edited,
  insertItem,
  moveItem,
  removeItem,
  removeNetwork,
  setAllDepths,
  setDepth,
  setFamily,
  setItem,
  setLayers,
  setNetwork,
  setTraining,
  setWidth,
} from './edit.ts';
import type { Experiment, Item, NetworkSpec } from './experiment.ts';
import { formatLink } from './link.ts';
import { parseLink } from './parseLink.ts';
import { validExperiment } from './testArbitraries.ts';

const of = (hash: string) => parseLink(hash).experiment;
/** The link of an edited experiment, or the code of the problem. */
const outcome = (edited: Edited) => (edited.ok ? formatLink(edited.value) : edited.problem.code);

const conv: Item = { kind: 'conv', width: 8, stride: 1, count: 1 };

describe('items', () => {
  const start = of('#a=conv-8,identity,dense-64');

  test('are inserted before an index or at the end', () => {
    expect(outcome(insertItem(start, 0, 1, { ...conv, width: 4 }))).toBe('#v=1&a=conv-8,conv-4,identity,dense-64');
    expect(outcome(insertItem(start, 0, 3, conv))).toBe('#v=1&a=conv-8,identity,dense-64,conv-8');
  });

  test('are removed, but for the last', () => {
    expect(outcome(removeItem(start, 0, 1))).toBe('#v=1&a=conv-8,dense-64');
    expect(outcome(removeItem(of('#a=conv-8'), 0, 0))).toBe('spec.emptyStack');
  });

  test('are moved so that they stand at the index asked for', () => {
    expect(outcome(moveItem(start, 0, 0, 2))).toBe('#v=1&a=identity,dense-64,conv-8');
    expect(outcome(moveItem(start, 0, 2, 0))).toBe('#v=1&a=dense-64,conv-8,identity');
    expect(outcome(moveItem(start, 0, 1, 1))).toBe(formatLink(start));
  });

  test('are replaced', () => {
    expect(outcome(setItem(start, 0, 1, { kind: 'identity', count: 5 }))).toBe('#v=1&a=conv-8,identity*5,dense-64');
    expect(outcome(setItem(start, 0, 1, { kind: 'identity', count: 0 }))).toBe('spec.itemCount');
  });

  test('that are gone are a problem', () => {
    expect(outcome(removeItem(start, 0, 3))).toBe('edit.noSuchItem');
    expect(outcome(setItem(start, 3, 0, conv))).toBe('edit.noSuchNetwork');
  });

  test('may not break a limit', () => {
    expect(outcome(insertItem(start, 0, 1, { ...conv, count: 1201 }))).toBe('spec.tooDeep');
    expect(outcome(insertItem(start, 0, 3, { ...conv, kind: 'residual' }))).toBe('spec.narrowingShortcut');
  });
});

describe('networks', () => {
  test('change their settings', () => {
    const start = of('#a=plain-8&b=residual-8');
    expect(outcome(setNetwork(start, 1, { norm: 'none' }))).toBe('#v=1&a=plain-8&b=residual-8&b.norm=none');
  });

  test('are added up to four and removed down to one', () => {
    const one = of('#a=plain-8');
    const more = addNetwork(one, one.networks[0] as NetworkSpec);
    expect(outcome(more)).toBe('#v=1&a=plain-8&b=plain-8');
    expect(outcome(removeNetwork(of('#a=plain-8&b=residual-8'), 0))).toBe('#v=1&a=residual-8');
    expect(outcome(removeNetwork(one, 0))).toBe('spec.tooFewNetworks');
    expect(outcome(removeNetwork(one, 1))).toBe('edit.noSuchNetwork');
    expect(outcome(addTwin(of('#a=plain-8&b=plain-8&c=plain-8&d=plain-8'), 0))).toBe('spec.tooManyNetworks');
  });

  test('get a twin with the same settings', () => {
    expect(outcome(addTwin(of('#a=t7-plain-38&width=16&act=tanh'), 0))).toBe(
      '#v=1&a=t7-plain-38&b=t7-residual-38&width=16&act=tanh',
    );
    expect(outcome(addTwin(of('#a=conv-8,conv-8'), 0))).toBe('edit.noTwin');
    expect(outcome(addTwin(of('#a=conv-16,plain-8'), 0))).toBe('spec.narrowingShortcut');
  });
});

describe('families', () => {
  const start = of('#a=t7-plain-38&b=base+identity-6&c=base+conv-6&d=conv-8');

  test('take another depth', () => {
    expect(outcome(setDepth(of('#a=t7-plain-38'), 0, 20))).toBe('#v=1&a=t7-plain-20');
    expect(outcome(setDepth(start, 0, 21))).toBe('spec.familyDepth');
    expect(outcome(setDepth(start, 2, 26))).toContain('c=base+conv-18');
    expect(outcome(setDepth(start, 1, 26))).toBe('edit.depthOfCustom');
    expect(outcome(setDepth(start, 3, 20))).toBe('edit.depthOfCustom');
    expect(outcome(setLayers(start, 1, 18))).toContain('b=base+identity-18');
  });

  test('take another depth all at once, or none does', () => {
    expect(outcome(setAllDepths(of('#a=t7-plain-38&b=t7-residual-8'), 20))).toBe('#v=1&a=t7-plain-20&b=t7-residual-20');
    expect(outcome(setAllDepths(start, 20))).toBe('edit.depthOfCustom');
  });

  test('take another width', () => {
    expect(outcome(setWidth(start, 0, 16))).toContain('a.width=16');
    expect(outcome(setWidth(start, 0, 65))).toBe('spec.familyWidth');
    expect(outcome(setWidth(start, 3, 16))).toBe('edit.widthOfCustom');
  });

  test('replace a stack and leave the settings', () => {
    const edited = setFamily(of('#a=conv-8&norm=none'), 0, { preset: 'f7', kind: 'plain', layers: 12, width: 8 });
    expect(edited.ok && edited.value.networks[0]).toMatchObject({ norm: 'none', head: 'gap' });
  });
});

test('training settings are changed within their limits', () => {
  const start = of('#a=plain-8');
  expect(outcome(setTraining(start, { lr: 0.1, seed: 7 }))).toBe('#v=1&a=plain-8&lr=0.1&seed=7');
  expect(outcome(setTraining(start, { lr: 11 }))).toBe('spec.outOfRange');
});

test('no edit leaves the limits or touches the experiment it starts from', () => {
  const index = fc.nat({ max: 8 });
  const edits: ((e: Experiment, n: number, i: number, j: number) => Edited)[] = [
    (e, n, i) => insertItem(e, n, i, conv),
    (e, n, i) => removeItem(e, n, i),
    (e, n, i, j) => moveItem(e, n, i, j),
    (e, n, i, j) => setItem(e, n, i, { kind: 'residual', width: j, stride: 2, count: j }),
    (e, n) => removeNetwork(e, n),
    (e, n) => addTwin(e, n),
    (e, n, i) => setDepth(e, n, 6 * i + 2),
    (e, n, i) => setWidth(e, n, i),
    (e, _, i) => setTraining(e, { batch: i }),
  ];
  fc.assert(
    fc.property(validExperiment, fc.constantFrom(...edits), index, index, index, (experiment, edit, n, i, j) => {
      const before = JSON.stringify(experiment);
      const after = edit(experiment, n, i, j);
      if (after.ok) expect(checkExperiment(after.value)).toEqual([]);
      expect(JSON.stringify(experiment)).toBe(before);
    }),
  );
});
