import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentence } from '../messages/messages.ts';
import { checkExperiment } from './check.ts';
import { type Experiment, networkIds } from './experiment.ts';
import { limits } from './limits.ts';
import { formatLink } from './link.ts';
import { repairLink } from './linkRepair.ts';
import { fewest, parseLink } from './parseLink.ts';
import { defaultExperiment, presetExperiment } from './presets.ts';
import type { Problem } from './problem.ts';
import { networkSettingKeys, networkSettings, trainingSettingKeys, trainingSettings } from './settings.ts';
import { depthOf, stackText } from './stack.ts';
import { sweepCells } from './sweep/cells.ts';
import { readLinkedSweep } from './sweep/linked.ts';
import { mangledLink, validExperiment } from './testArbitraries.ts';

const notices = (hash: string) => parseLink(hash).problems.map(sentence);
const codes = (hash: string) => parseLink(hash).problems.map(({ code }) => code);
const stacks = (hash: string) => parseLink(hash).experiment.networks.map(({ stack }) => stackText(stack));

/** The experiment of a link in which nothing may be ignored. */
function experimentOf(hash: string): Experiment {
  const { experiment, problems } = parseLink(hash);
  expect(problems).toEqual([]);
  return experiment;
}

const activations = new Intl.ListFormat('en', { type: 'disjunction' }).format(networkSettings.act.choices);

describe('a link says what is special about an experiment', () => {
  test('the default experiment is named in full, as links are to be read by people', () => {
    expect(formatLink(defaultExperiment)).toBe('#v=1&a=t7-plain-38&b=t7-residual-38');
  });

  test('nothing, a bare # and a link that is no more than settings keep the default networks', () => {
    for (const hash of ['', '#']) expect(experimentOf(hash)).toEqual(defaultExperiment);
    expect(experimentOf('#lr=0.01')).toEqual({
      ...defaultExperiment,
      training: { ...defaultExperiment.training, lr: 0.01 },
    });
    expect(stacks('#width=16')[0]).toMatch(/^conv-16\/2,/);
  });

  test('settings that are not named come from the preset of the first network’s name', () => {
    expect(experimentOf('#v=1&a=plain-20&b=residual-20')).toEqual(
      presetExperiment('s14', [
        { kind: 'plain', layers: 20 },
        { kind: 'residual', layers: 20 },
      ]),
    );
    expect(experimentOf('a=f7-12')).toEqual(presetExperiment('f7', [{ kind: 'plain', layers: 12 }]));
    expect(experimentOf('#a=conv-8&b=t7-plain-8').training.batch).toBe(64);
    expect(experimentOf('#a=t7-plain-8&b=f7-12').networks.map(({ norm }) => norm)).toEqual(['batch', 'batch']);
  });

  test('the sigmoid row of docs/science.md is F7 with four settings', () => {
    const { networks, training } = experimentOf('#v=1&a=f7-12&act=sigmoid&init=xavier&lr=0.1&steps=60');
    expect(networks[0]).toMatchObject({ act: 'sigmoid', init: 'xavier', norm: 'none', head: 'flatten' });
    expect(training).toMatchObject({ lr: 0.1, steps: 60, schedule: 'constant', batch: 64, opt: 'momentum' });
  });

  test('a setting holds for all networks, and one with a name in front for that network', () => {
    const { networks } = experimentOf('#a=plain-8&b=plain-8&c=plain-8&norm=none&b.norm=batch&c.gain=3&c.width=4');
    expect(networks.map(({ norm, gain }) => [norm, gain])).toEqual([
      ['none', 1],
      ['batch', 1],
      ['none', 3],
    ]);
    expect(stackText(networks[2]?.stack ?? [])).toBe('conv-4,plain-4,plain-8/2,plain-16/2');
  });

  test('a plus is a plus, written out or not, and percent signs, case and spaces are read as meant', () => {
    const expected = ['conv-8,plain-8,conv-8,plain-16/2,plain-32/2'];
    expect(stacks('#a=base+conv-1')).toEqual(expected);
    expect(stacks('#a=base%2Bconv-1')).toEqual(expected);
    expect(stacks('#A=%20Base+Conv-1')).toEqual(expected);
    expect(stacks('#a=conv-8%2Cresidual-16%2F2*3')).toEqual(['conv-8,residual-16/2*3']);
  });

  test('what all networks share is said once, and what one has alone is said of that one', () => {
    const hash =
      '#v=1&a=plain-8&b=conv-8,dense-512*2&c=residual-14&a.width=16&b.norm=none&act=tanh&size=28&lr=1e-7&seed=4294967295';
    expect(formatLink(experimentOf(hash))).toBe(hash);
    expect(formatLink(experimentOf('#a=plain-8&b=conv-8&width=4&a.act=tanh&b.act=tanh&batch=64'))).toBe(
      '#v=1&a=plain-8&b=conv-8&width=4&act=tanh',
    );
  });

  test('every experiment within the limits is restored exactly, without a notice', () => {
    fc.assert(
      fc.property(validExperiment, (experiment) => {
        const hash = formatLink(experiment);
        expect(parseLink(hash)).toEqual({ experiment, problems: [] });
        expect(formatLink(parseLink(hash).experiment)).toBe(hash);
      }),
      { numRuns: 300 },
    );
  });

  test('the longest experiment within the limits fits in a link', () => {
    const awkward = Number('1.2345678901234567e-300');
    const experiment: Experiment = {
      networks: [1, 2, 3, 4].map((n) => ({
        stack: Array.from({ length: limits.items }, (_, i) => ({
          kind: 'residual' as const,
          kernel: 5 as const,
          width: i % 2 ? 256 : 255,
          stride: 2 as const,
          count: i < 19 ? 2 : 1,
        })),
        norm: 'group',
        groups: 64,
        act: n % 2 ? 'sigmoid' : 'leaky',
        init: n % 2 ? 'orthogonal' : 'normal',
        kernel: 7,
        std: awkward * n,
        gain: awkward * n,
        shortcut: 'b',
        head: n % 2 ? 'gap' : 'flatten',
        order: 'actbefore',
        span: 1,
        skipscale: awkward * n,
        branchscale: awkward * n,
        skipinit: 'on',
        gate: 'exclusive',
        gatebias: -awkward * n,
        dropout: awkward * n,
        survival: awkward * n,
      })),
      training: {
        size: 28,
        input: 'raw',
        batch: 512,
        opt: 'adam',
        lr: awkward,
        schedule: 'steps',
        milestones: '1-33.3333333333-66.6666666667-99',
        stepfactor: awkward,
        warmup: 10_000,
        warmupform: 'constant',
        warmupfactor: awkward,
        wd: awkward,
        clip: awkward,
        seed: 4294967295,
        train: 10_000,
        test: 10_000,
        augment: 'cropflip',
        stats: 'running',
        labelnoise: awkward,
        steps: 10_000,
      },
    };
    expect(checkExperiment(experiment)).toEqual([]);
    expect(parseLink(formatLink(experiment))).toEqual({ experiment, problems: [] });
  });
});

describe('what a link gets wrong is left out and named', () => {
  const usual = (hash: string) => expect(parseLink(hash).experiment).toEqual(parseLink('#a=plain-8').experiment);

  test.each([
    ['lr=NaN', 'Ignored lr=NaN in the link, and used 0.05: Learning rate takes a number.'],
    ['lr=Infinity', 'Ignored lr=Infinity in the link, and used 0.05: Learning rate takes a number.'],
    ['lr=0x10', 'Ignored lr=0x10 in the link, and used 0.05: Learning rate takes a number.'],
    ['lr=', 'Ignored lr= in the link, and used 0.05: Learning rate takes a number.'],
    ['milestones=half', 'Ignored milestones=half in the link, and used 50-75: Milestones takes a number.'],
    ['a.act=softmax', `Ignored a.act=softmax in the link, and used relu: Activation must be ${activations}.`],
    ['b.norm=none', 'Ignored “b.norm” in the link: it has no network b.'],
    ['e=plain-8', 'Ignored “e” in the link: there is no such setting.'],
    ['a.lr=0.1', 'Ignored “a.lr” in the link: there is no such setting.'],
    ['__proto__=1', 'Ignored “__proto__” in the link: there is no such setting.'],
    ['a.__proto__=1', 'Ignored “a.__proto__” in the link: there is no such setting.'],
    ['constructor=1', 'Ignored “constructor” in the link: there is no such setting.'],
    ['seeds=1,2', 'Ignored “seeds” in the link: it has no sweep.'],
    ['a=plain-14', 'Ignored the second “a” in the link: only the first counts.'],
    ['lr=%', 'Ignored lr=% in the link, and used 0.05: Learning rate takes a number.'],
    ['<img src=x>', 'Ignored “<img src” in the link: there is no such setting.'],
  ])('%s', (part, expected) => {
    usual(`#v=1&a=plain-8&${part}`);
    expect(notices(`#v=1&a=plain-8&${part}`)).toEqual([expected]);
  });

  test('a network that cannot be read is left out, which is said first, and the others move up', () => {
    expect(stacks('#a=plain-eight&b=residual-8')).toEqual(['conv-8,residual-8,residual-16/2,residual-32/2']);
    expect(codes('#lr=fast&a=plain-eight&b=residual-8')).toEqual([
      'link.damaged',
      'link.networkIgnored',
      'spec.badItem',
      'link.networkMoved',
      'link.notANumber',
    ]);
  });

  test.each(['%E0%A4%A', '=1', 'residual'])('what has no key or no value (%s) is a sign of damage', (part) => {
    usual(`#v=1&a=plain-8&${part}`);
    expect(codes(`#v=1&a=plain-8&${part}`)).toEqual(['link.damaged', 'link.malformed']);
  });

  test('networks move up over a gap and take their own settings with them', () => {
    const { experiment, problems } = parseLink('#a=plain-8&c=residual-8&c.norm=none');
    expect(experiment.networks.map(({ norm }) => norm)).toEqual(['batch', 'none']);
    expect(problems.map(sentence)).toEqual(['The link has no network b, so its network c is shown as b.']);
  });

  test('where no network can be read, the default ones are shown, and a bad width is named once', () => {
    expect(parseLink('#a=bogus').experiment).toEqual(defaultExperiment);
    expect(codes('#a=bogus&width=1000')).toEqual([
      'link.damaged',
      'link.networkIgnored',
      'spec.badItem',
      'changed.number',
    ]);
  });

  test('a width for a stack that states its own is named', () => {
    expect(codes('#a=conv-8&width=16')).toEqual(['link.widthOfCustom']);
    expect(codes('#a=conv-8&b=plain-8&a.width=16')).toEqual(['link.widthOfCustom']);
    expect(codes('#a=conv-8&b=plain-8&width=16')).toEqual([]);
  });

  test.each([
    ['another version', '#v=2&a=plain-8', 'link.version'],
    ['a version that is no number', '#v=__proto__', 'link.version'],
    ['too many characters', `#a=${'conv-8,'.repeat(1000)}conv-8`, 'link.tooLong'],
  ])('%s gives the default experiment, and says so', (_, hash, code) => {
    expect(parseLink(hash).experiment).toEqual(defaultExperiment);
    expect(codes(hash)).toEqual([code]);
  });

  test('a link that was cut before its networks says that they are lost', () => {
    for (const hash of ['#v=1', '#v=1&lr=0.01', '#v=1&a=', '#v=1&a']) {
      expect(parseLink(hash).experiment.networks).toEqual(defaultExperiment.networks);
      expect(notices(hash)[0]).toMatch(/^This link is damaged: none of its networks can be read/);
    }
  });

  test('a flood of mistakes is counted, not listed', () => {
    const problems = notices(`#a=plain-8${'&x=1'.repeat(500)}`);
    expect(problems).toHaveLength(8);
    expect(problems.at(-1)).toBe('493 more parts of the link were ignored.');
  });
});

describe('what a link asks for beyond the limits becomes the nearest that is possible, and is said', () => {
  test.each([
    [
      'a.act=simgoid',
      'a.act=sigmoid',
      `Changed a.act=simgoid in the link to sigmoid: Activation must be ${activations}.`,
    ],
    [
      'opt=Adan',
      'opt=adam',
      'Changed opt=Adan in the link to adam: Optimizer must be sgd, momentum, nesterov, rmsprop, adam, or adamw.',
    ],
    ['act=Swish', 'act=silu', `Changed act=Swish in the link to silu: Activation must be ${activations}.`],
    [
      'norm=layer-norm',
      'norm=layer',
      'Changed norm=layer-norm in the link to layer: Normalisation must be none, batch, layer, or group.',
    ],
    ['lr=99', 'lr=10', 'Changed lr=99 in the link to 10: Learning rate must be a number above 0 and at most 10.'],
    ['lr=1e999', 'lr=10', 'Changed lr=1e999 in the link to 10: Learning rate must be a number above 0 and at most 10.'],
    ['batch=1.7', 'batch=2', 'Changed batch=1.7 in the link to 2: Batch size must be a whole number from 1 to 512.'],
    ['steps=-5', 'steps=1', 'Changed steps=-5 in the link to 1: Steps must be a whole number from 1 to 100,000.'],
    ['size=32', 'size=28', 'Changed size=32 in the link to 28: Image size must be 14 or 28.'],
    ['width=3', 'width=4', 'Changed width=3 in the link to 4: Width must be a whole number from 4 to 64.'],
    [
      'a.gain=1000',
      'a.gain=100',
      'Changed a.gain=1000 in the link to 100: Gain must be a number above 0 and at most 100.',
    ],
    [
      'train=10',
      'train=10&batch=10',
      'Changed the batch of the link from 64 images to 10: there are no more training images.',
    ],
  ])('%s is %s', (asked, shown, expected) => {
    expect(parseLink(`#v=1&a=plain-8&${asked}`).experiment).toEqual(experimentOf(`#v=1&a=plain-8&${shown}`));
    expect(notices(`#v=1&a=plain-8&${asked}`)).toEqual([expected]);
  });

  test.each([
    ['residual-1302', 'residual-1202', 'residual networks have 6n + 2 weight layers, from 8 to 110, or 1,202'],
    ['t7-plain-21', 't7-plain-20', 'plain networks have 6n + 2 weight layers, from 8 to 110, or 1,202'],
    ['f7-1', 'f7-plain-2', 'flat networks have 2 to 60 weight layers, an even number with residual blocks'],
    ['base+conv-999', 'base+conv-192', 'between 1 and 192 layers can be added'],
    ['f7-base+identity-18', 'base+identity-18', 'the base has three stages, and flat networks have one'],
  ])('%s is %s', (asked, shown, rule) => {
    expect(parseLink(`#v=1&a=${asked}`).experiment).toEqual(experimentOf(`#v=1&a=${shown}`));
    const name = asked.replace('f7-1', 'f7-plain-1');
    expect(notices(`#v=1&a=${asked}`)).toEqual([`Changed network a of the link from ${name} to ${shown}: ${rule}.`]);
  });

  test.each([
    ['convo-8,residaul-8*2', 'conv-8,residual-8*2', 'changed.words'],
    ['t7-residul-20', 't7-residual-20', 'changed.words'],
    ['conv-8*1800', 'conv-8*1201', 'changed.layers'],
    ['conv-8*999999999', 'conv-8*1201', 'changed.layers'],
    // Three of four layers in the first stage, as asked for; blocks come in twos.
    ['conv-8,plain-8*1200,plain-16/2*400', 'conv-8,plain-8*450,plain-16/2*150', 'changed.layers'],
    ['conv-8,identity*150,conv-8,identity*450', 'conv-8,identity*50,conv-8,identity*150', 'changed.bareLayers'],
    ['conv-1000*0,dense-1000', 'conv-256,dense-512', 'changed.item'],
    ['conv-16,residual-8', 'conv-16,residual-8&shortcut=b', 'changed.shortcut'],
    ['residual-8&skipscale=0&branchscale=0', 'residual-8*1&branchscale=0', 'changed.path'],
    ['zeroresidual-8&skipinit=on', 'zeroresidual-8', 'changed.factors'],
    [Array(60).fill('conv-8,conv-9').join(), Array(20).fill('conv-8,conv-9').join(), 'changed.items'],
  ])('%s is %s', (asked, shown, code) => {
    const { experiment, problems } = parseLink(`#v=1&a=${asked.replace(/^residual-8&/, 'residual-8*1&')}`);
    expect(experiment).toEqual(experimentOf(`#v=1&a=${shown}`));
    expect([...new Set(problems.map((problem) => problem.code))]).toEqual([code]);
  });

  test('words that are mistyped and numbers that are impossible are both said, of one network as well', () => {
    const hash = '#v=1&a=t7-resdual-1302&b=imagenet-8';
    expect(stacks(hash)).toEqual(stacks('#v=1&a=t7-residual-1202'));
    expect(codes(hash)).toEqual([
      'link.damaged',
      'link.networkIgnored',
      'spec.badItem',
      'changed.words',
      'changed.family',
    ]);
  });

  test('is said before what was ignored', () => {
    expect(codes('#v=1&a=residual-1302&colour=red&lr=20')).toEqual([
      'changed.family',
      'changed.number',
      'link.unknownKey',
    ]);
  });
});

describe('a hostile link', () => {
  /** What a sentence quotes of a link may hold braces of its own; only those of a message are placeholders left open. */
  const withoutBraces = (values: Problem['values']): object =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.replace(/[{}]/g, '') : value,
      ]),
    );

  function expectSentences(problems: readonly Problem[]): void {
    expect(problems.length).toBeLessThanOrEqual(8);
    for (const problem of problems) {
      expect(sentence(problem)).not.toBe(problem.code);
      expect(sentence({ ...problem, values: withoutBraces(problem.values) } as Problem)).not.toMatch(
        /undefined|\{\w+\}/,
      );
    }
  }

  /** Holds an experiment to the pairs of a link, read without `parseLink`: what nothing was said of must be as written. */
  function expectAsWritten(hash: string, { networks, training }: Experiment): void {
    const pairs = new Map(
      hash
        .split('&')
        .filter((pair) => pair !== '')
        .map((pair) => pair.split(/=(.*)/s, 2).map((side) => side.trim().toLowerCase()))
        .map(([key = '', value = '']) => [key, value]),
    );
    const named = networkIds.filter((id) => pairs.has(id));
    if (named.length > 0) expect(networks).toHaveLength(named.length);
    networks.forEach((network, index) => {
      const id = networkIds[index] ?? '';
      const text = pairs.get(id) ?? '';
      // A family's name holds its depth; a custom stack is written item by item.
      const depth = /^(?:[tsf]\d+-)?(?:plain|residual)-(\d+)$/.exec(text)?.[1] ?? /^f7-(\d+)$/.exec(text)?.[1];
      if (depth) expect(depthOf(network.stack)).toBe(Number(depth));
      else if (text.includes(',')) expect(network.stack).toHaveLength(text.split(',').length);
      for (const key of networkSettingKeys) {
        const written = pairs.get(`${id}.${key}`) ?? pairs.get(key);
        if (written !== undefined) expect(`${key}=${sameNumber(network[key])}`).toBe(`${key}=${sameNumber(written)}`);
      }
    });
    for (const key of trainingSettingKeys) {
      const written = pairs.get(key);
      if (written === undefined) continue;
      if (trainingSettings[key].kind === 'list') expect(numbersIn(String(training[key]))).toEqual(numbersIn(written));
      else expect(`${key}=${sameNumber(training[key])}`).toBe(`${key}=${sameNumber(written)}`);
    }
  }

  const numbersIn = (text: string) => new Set(text.match(/[\d.]+/g)?.map(Number));

  const sameNumber = (value: string | number) => (Number.isNaN(Number(value)) ? value : String(Number(value)));

  test('never throws, gives an experiment within the limits, and is read as written or says in whole sentences what was ignored', () => {
    fc.assert(
      fc.property(mangledLink, (hash) => {
        const { experiment, problems } = parseLink(hash);
        expect(checkExperiment(experiment)).toEqual([]);
        expectSentences(problems);
        if (problems.length === 0) expectAsWritten(repairLink(hash), experiment);
        expect(parseLink(formatLink(experiment))).toEqual({ experiment, problems: [] });
      }),
      { numRuns: 1000 },
    );
  });

  test('asks for a sweep that can be trained, or for none, and says what is different', () => {
    fc.assert(
      fc.property(mangledLink, (hash) => {
        const { experiment } = parseLink(hash);
        const read = readLinkedSweep(hash, experiment);
        if (!read) return;
        expectSentences(fewest(read.changes.map(({ reason }) => reason)));
        const cells = sweepCells(experiment, read.sweep);
        if (cells.ok) expect(cells.value.length).toBeLessThanOrEqual(limits.sweepCells);
        // The first network itself is in the way, whatever is on the axis.
        else expect(cells.problem.code).toMatch(/customStack|noTwin|bothPathsCut|familyDepth|flatDepth/);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([100_000, 5_000_000])('of %d characters costs no more than one of the longest there may be', (length) => {
    const values = Array.from({ length: length / 8 }, (_, i) => 10_000_000 + i).join(',');
    for (const hash of [`#sweep=lr:1&seeds=${values}`, `#a=${'conv-8,'.repeat(length / 7)}`, '&'.repeat(length)]) {
      expect(codes(hash)).toEqual(['link.tooLong']);
      expect(readLinkedSweep(hash, defaultExperiment)).toBeNull();
    }
  });

  test('leaves the prototypes of objects alone', () => {
    parseLink('#__proto__=1&constructor.prototype=1&a.__proto__=x&v=1&__proto__.norm=none');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { norm?: string }).norm).toBeUndefined();
  });
});
