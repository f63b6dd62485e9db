import { describe, expect, test } from 'vitest';
import { sentence } from '../messages/messages.ts';
import type { limits } from './limits.ts';
import { formatLink } from './link.ts';
import { parseLink } from './parseLink.ts';
import { problem } from './problem.ts';
import type { ListSetting, NumberSetting, networkSettings, trainingSettings } from './settings.ts';
import { sweepCells } from './sweep/cells.ts';
import { readLinkedSweep } from './sweep/linked.ts';

/** A link that asks for a limit or a step beyond it, what opens (null: just that), and what is said of it (null: nothing). */
type Case = readonly [asked: string, opens: string | null, said: string | null];

const ends = (
  key: string,
  least: string,
  most: string,
  below: string,
  above: string,
  rule: string,
): readonly Case[] => [
  [`a=plain-8&${key}=${least}`, null, null],
  [`a=plain-8&${key}=${most}`, null, null],
  [
    `a=plain-8&${key}=${below}`,
    `a=plain-8&${key}=${least}`,
    `Changed ${key}=${below} in the link to ${least}: ${rule}.`,
  ],
  [`a=plain-8&${key}=${above}`, `a=plain-8&${key}=${most}`, `Changed ${key}=${above} in the link to ${most}: ${rule}.`],
];

const layers = (text: string, count: number) => `a=${text}*${count}`;
const items = (count: number) => Array.from({ length: count }, (_, i) => `conv-${8 + (i % 2)}`).join();
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1).join();
const words = (from: string, to: string) =>
  `Changed network a of the link from ${from} weight layers to ${to}: at most 1,202 are allowed.`;
const item = (from: string, to: string, kind: string, most: number) =>
  `Changed item 1 of network a in the link from ${from} to ${to}: a ${kind} item has a width from 1 to ${most} and is there once at least.`;
const family = (from: string, to: string, rule: string) =>
  `Changed network a of the link from ${from} to ${to}: ${rule}.`;
const staged = 'plain networks have 6n + 2 weight layers, from 8 to 110, or 1,202';
const flat = 'flat networks have 2 to 60 weight layers, an even number with residual blocks';

/** Every limit there is, and every setting that is a number: the compiler asks for what is missing. Sweeps have their own table. */
const cases: Readonly<Record<Exclude<keyof typeof limits, 'sweepValues' | 'sweepCells'>, readonly Case[]>> = {
  networks: [
    ['a=plain-8&b=plain-8&c=plain-8&d=plain-8', null, null],
    [
      'a=plain-8&b=plain-8&c=plain-8&d=plain-8&e=plain-8',
      'a=plain-8&b=plain-8&c=plain-8&d=plain-8',
      'Ignored “e” in the link: there is no such setting.',
    ],
  ],
  depth: [
    [layers('conv-8', 1201), null, null],
    [layers('conv-8', 1202), layers('conv-8', 1201), words('1,203', '1,202')],
  ],
  bareLayers: [
    [`a=conv-8,identity*200`, null, null],
    [
      `a=conv-8,identity*201`,
      `a=conv-8,identity*200`,
      'Changed network a of the link from 201 identity and pooling layers to 200: at most 200 are allowed.',
    ],
  ],
  items: [
    [`a=${items(40)}`, null, null],
    [
      `a=${items(41)}`,
      `a=${items(40)}`,
      'Changed network a of the link: only the first 40 of its 41 items are shown, the most that are allowed.',
    ],
  ],
  linkLength: [
    [`a=plain-8&lr=0.1${'0'.repeat(5000 - 20)}`, 'a=plain-8&lr=0.1', null],
    [
      `a=plain-8&lr=0.1${'0'.repeat(5000 - 19)}`,
      '',
      'The link is 5,001 characters long; at most 5,000 are read. The default experiment is shown instead.',
    ],
  ],
  convWidth: [
    ['a=conv-1,conv-256', null, null],
    ['a=conv-0,conv-8', 'a=conv-1,conv-8', item('conv-0', 'conv-1', 'conv', 256)],
    [
      'a=conv9-8,conv-8',
      'a=conv7-8,conv-8',
      'Changed item 1 of network a in the link from conv9-8 to conv7-8: filters have 1, 3, 5 or 7 pixels a side.',
    ],
    ['a=conv-257,conv-8', 'a=conv-256,conv-8', item('conv-257', 'conv-256', 'conv', 256)],
  ],
  denseWidth: [
    ['a=dense-1,dense-512', null, null],
    ['a=dense-0,dense-8', 'a=dense-1,dense-8', item('dense-0', 'dense-1', 'dense', 512)],
    ['a=dense-513,dense-8', 'a=dense-512,dense-8', item('dense-513', 'dense-512', 'dense', 512)],
  ],
  count: [
    ['a=conv-8*1,maxpool*200', null, null],
    ['a=conv-8*0,conv-9', 'a=conv-8,conv-9', item('conv-8*0', 'conv-8', 'conv', 256)],
    ['a=conv-8*1203', 'a=conv-8*1201', words('1,204', '1,202')],
  ],
  familyDepth: [
    ['a=plain-8&b=residual-110', null, null],
    ['a=plain-2', 'a=plain-8', family('plain-2', 'plain-8', staged)],
    ['a=plain-116', 'a=plain-110', family('plain-116', 'plain-110', staged)],
    ['a=residual-1202', null, null],
    ['a=plain-1208', 'a=plain-1202', family('plain-1208', 'plain-1202', staged)],
  ],
  flatDepth: [
    ['a=f7-plain-2&b=f7-plain-60', null, null],
    ['a=f7-plain-1', 'a=f7-plain-2', family('f7-plain-1', 'f7-plain-2', flat)],
    ['a=f7-plain-61', 'a=f7-plain-60', family('f7-plain-61', 'f7-plain-60', flat)],
  ],
  inserted: [
    ['a=base+conv-1&b=base+conv-192', null, null],
    ['a=base+conv-0', 'a=base+conv-1', family('base+conv-0', 'base+conv-1', 'between 1 and 192 layers can be added')],
    [
      'a=base+conv-193',
      'a=base+conv-192',
      family('base+conv-193', 'base+conv-192', 'between 1 and 192 layers can be added'),
    ],
  ],
};

type Numbers<T> = { readonly [K in keyof T as T[K] extends NumberSetting | ListSetting ? K : never]: readonly Case[] };

const settingCases: Numbers<typeof networkSettings & typeof trainingSettings> & { readonly width: readonly Case[] } = {
  width: ends('width', '4', '64', '3', '65', 'Width must be a whole number from 4 to 64'),
  groups: ends('groups', '1', '64', '0', '65', 'Groups must be a whole number from 1 to 64'),
  std: ends('std', '0.000001', '10', '0', '11', 'Standard deviation must be a number above 0 and at most 10'),
  gain: ends('gain', '0.000001', '100', '-1', '101', 'Gain must be a number above 0 and at most 100'),
  skipscale: ends('skipscale', '0', '10', '-1', '10.5', 'Factor on the shortcut must be a number from 0 to 10'),
  branchscale: ends('branchscale', '0', '10', '-0.1', '11', 'Factor on the branch must be a number from 0 to 10'),
  gatebias: ends('gatebias', '-20', '20', '-21', '21', 'Bias of the gate must be a number from −20 to 20'),
  dropout: ends('dropout', '0', '0.95', '-0.1', '1', 'Dropout on the shortcut must be a number from 0 to 0.95'),
  survival: ends(
    'survival',
    '0.000001',
    '1',
    '0',
    '1.1',
    'Survival of the last block must be a number above 0 and at most 1',
  ),
  batch: ends('batch', '1', '512', '0', '513', 'Batch size must be a whole number from 1 to 512'),
  lr: ends('lr', '0.000001', '10', '0', '10.1', 'Learning rate must be a number above 0 and at most 10'),
  milestones: [
    ['a=plain-8&schedule=steps&milestones=1', null, null],
    ['a=plain-8&schedule=steps&milestones=75, 50', 'a=plain-8&schedule=steps&milestones=50-75', null],
    [
      'a=plain-8&milestones=32000-48000',
      'a=plain-8&milestones=99',
      'Changed milestones=32000-48000 in the link to 99: Milestones must be a number from 1 to 99.',
    ],
    [
      'a=plain-8&milestones=0-50',
      'a=plain-8&milestones=1-50',
      'Changed milestones=0-50 in the link to 1-50: Milestones must be a number from 1 to 99.',
    ],
  ],
  stepfactor: ends(
    'stepfactor',
    '0.000001',
    '1',
    '0',
    '2',
    'Factor at milestones must be a number above 0 and at most 1',
  ),
  warmup: ends('warmup', '0', '10000', '-1', '10001', 'Warm-up steps must be a whole number from 0 to 10,000'),
  warmupfactor: ends('warmupfactor', '0', '1', '-1', '2', 'Warm-up begins at must be a number from 0 to 1'),
  wd: ends('wd', '0', '1', '-1', '2', 'Weight decay must be a number from 0 to 1'),
  clip: ends('clip', '0', '1000000', '-1', '1000001', 'Gradient clipping must be a number from 0 to 1,000,000'),
  labelnoise: ends('labelnoise', '0', '1', '-0.1', '1.5', 'Label noise must be a number from 0 to 1'),
  seed: ends('seed', '0', '4294967295', '-1', '4294967296', 'Seed must be a whole number from 0 to 4,294,967,295'),
  train: ends('train', '10', '10000', '9', '10001', 'Training images must be a whole number from 10 to 10,000').map(
    // Fewer images than a usual batch are another matter.
    (each) => each.map((text) => (text?.startsWith('a=') ? `${text}&batch=8` : text)) as unknown as Case,
  ),
  test: ends('test', '10', '10000', '9', '10001', 'Test images must be a whole number from 10 to 10,000'),
  steps: ends('steps', '1', '100000', '0', '100001', 'Steps must be a whole number from 1 to 100,000'),
};

describe.each(Object.entries({ ...cases, ...settingCases }))('the limit %s', (_, table) => {
  test.each(table)('%.60s', (asked, opens, said) => {
    const { experiment, problems } = parseLink(`#v=1&${asked}`);
    expect(problems.map(sentence)).toEqual(said === null ? [] : [said]);
    const shown = parseLink(opens === '' ? '' : `#v=1&${opens ?? asked}`);
    expect(experiment).toEqual(shown.experiment);
    expect(shown.problems).toEqual([]);
    // What is at a limit is written into links as it is.
    expect(parseLink(formatLink(experiment))).toEqual({ experiment, problems: [] });
  });
});

/** Of what a sweep's link asks for, as what is it shown, and what is said; null for nothing. */
const sweeps: readonly (readonly [asked: string, shown: string, said: string | null])[] = [
  [`sweep=lr:${numbers(10)},0.1,0.2,0.3,0.4,0.5,0.6&kinds=plain&seeds=1`, 'as asked', null],
  [
    `sweep=lr:${numbers(10)},0.1,0.2,0.3,0.4,0.5,0.6,0.7&kinds=plain&seeds=1`,
    `sweep=lr:${numbers(10)},0.1,0.2,0.3,0.4,0.5,0.6&kinds=plain&seeds=1`,
    'Of the 17 values of the sweep in the link only the first 16 are shown. A sweep over 17 values cannot be told apart',
  ],
  [`sweep=lr:1,2&kinds=plain&seeds=${numbers(240)}`, 'as asked', null],
  [
    `sweep=lr:1,2&kinds=plain&seeds=${numbers(241)}`,
    `sweep=lr:1,2&kinds=plain&seeds=${numbers(240)}`,
    'Of the 241 seeds of the sweep in the link only the first 240 are shown. The sweep has 482 runs; at most 480',
  ],
  ['sweep=depth:9,120,eight', 'sweep=depth:8,110', 'Changed depth 120 of the sweep in the link to 110. '],
  ['sweep=lr:20,0.1', 'sweep=lr:10,0.1', 'Changed learning rate 20 of the sweep in the link to 10. '],
  ['sweep=lr:fast,0.1', 'sweep=lr:0.1', 'Left learning rate fast out of the sweep in the link. '],
  ['sweep=act:reluu,tanh', 'sweep=act:relu,tanh', 'Changed activation reluu of the sweep in the link to relu. '],
  ['sweep=train:10', 'sweep=train:64', 'Changed training images 10 of the sweep in the link to 64. A batch of 64'],
  ['sweep=depht:8', 'sweep=depth:8', 'The sweep in the link is read as one over “depth”, not “depht”. '],
  ['sweep=colour', 'sweep=depth', 'The sweep in the link is replaced by the usual one. '],
  ['sweep=depth:', 'sweep=depth', 'The sweep in the link is shown with the usual values. '],
  [
    'sweep=lr&kinds=residul',
    'sweep=lr&kinds=residual',
    'Changed the kind residul of the sweep in the link to residual. ',
  ],
  ['sweep=lr&kinds=dense', 'sweep=lr', 'The sweep in the link is shown with the usual kinds. '],
  ['sweep=lr&seeds=-1,x', 'sweep=lr&seeds=0', 'Changed seed -1 of the sweep in the link to 0. '],
  ['sweep=depth:8,8', 'sweep=depth:8', null],
];

describe('a sweep beyond the limits is shown as the nearest that can be trained', () => {
  test.each(sweeps)('%.60s', (asked, shown, said) => {
    const { experiment } = parseLink('#v=1&a=plain-8');
    const read = readLinkedSweep(`#v=1&a=plain-8&${asked}`, experiment);
    expect(read && sweepCells(experiment, read.sweep).ok).toBe(true);
    const possible = readLinkedSweep(`#v=1&a=plain-8&${shown === 'as asked' ? asked : shown}`, experiment);
    expect(read?.sweep).toEqual(possible?.sweep);
    expect(possible?.changes).toEqual([]);
    const sentences = read?.changes.map(({ part, asked, used, reason }) =>
      sentence(
        problem('changed.sweep', { part, key: read.sweep.axis, asked, used: used ?? '', reason: sentence(reason) }),
      ),
    );
    if (said === null) expect(sentences).toEqual([]);
    else
      expect(
        sentences?.some((each) => each.startsWith(said)),
        sentences?.join('\n'),
      ).toBe(true);
  });

  test('in a kind that the first network has no form of, and in a depth that a stack of its own has not', () => {
    const { experiment } = parseLink('#v=1&a=conv-4*3');
    const read = readLinkedSweep('#v=1&a=conv-4*3&sweep=lr:0.1', experiment);
    expect(read?.sweep.kinds).toEqual(['plain']);
    expect(read?.changes).toMatchObject([{ part: 'kind', asked: 'residual', used: null }]);
    expect(readLinkedSweep('#v=1&a=conv-4*3&sweep=depth', experiment)?.sweep.axis).toBe('depth');
  });
});
