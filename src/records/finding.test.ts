import { describe, expect, it } from 'vitest';
import type { NetworkId } from '../experiment/experiment.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { text } from '../messages/messages.ts';
import { findingOf } from './finding.ts';
import type { MeasurementRecord } from './records.ts';
import { appendRecords, emptyRun, type Run } from './run.ts';
import { stepRecord } from './testRecords.ts';

/** How a made-up network ends: errors in per cent, and what reaches its conv layers at the last step, input first. */
interface Made {
  readonly train: number;
  readonly test?: number;
  readonly heard?: readonly number[];
  readonly overflowsAt?: number;
  readonly isDead?: boolean;
  /** Of every step. */
  readonly loss?: number;
  /** What its layers before the classifier are. */
  readonly kind?: 'conv' | 'dense';
  /** Layers between those and the classifier, which the error reaches. */
  readonly after?: readonly string[];
}

const even = [1, 1, 1, 1];

function madeUp(
  { train, test = train, heard = even, overflowsAt, isDead = false, loss = 1, kind = 'conv', after = [] }: Made,
  steps: number,
): Run {
  const values = isDead ? [...heard.map(() => 0), 1] : [...heard, ...after.map(() => 1), 1];
  const layers = [...heard.map((_, index) => `${kind} ${index + 1}`), ...after, 'classifier'];
  const records: MeasurementRecord[] = [{ type: 'evaluation', network: 'a', step: 0, trainError: 0.9, testError: 0.9 }];
  for (let step = 1; step <= (overflowsAt ?? steps); step++) {
    const overflow = step === overflowsAt ? ({ where: 'loss', layer: null } as const) : null;
    records.push(stepRecord(step, values, { overflow, loss }));
    if (step % 10 === 0 && !overflow)
      records.push({ type: 'evaluation', network: 'a', step, trainError: train / 100, testError: test / 100 });
  }
  return appendRecords(emptyRun(layers, null, { batch: 32 }), records);
}

const ids: readonly NetworkId[] = ['a', 'b', 'c', 'd'];
const twins = '#a=t7-plain-38&b=t7-residual-38';

function found(link: string, networks: readonly Made[], steps = 100) {
  const { experiment } = parseLink(link);
  const runs = Object.fromEntries(networks.map((made, index) => [ids[index], madeUp(made, steps)]));
  const finding = findingOf(experiment, runs, true);
  if (!finding) throw new Error('nothing was found');
  const names = text.names.networks(experiment.networks, experiment.training.size);
  return {
    finding,
    title: text.finding.title(finding),
    said: text.finding.sentences(finding, names).join(' '),
  };
}

describe('what is said of a plain network and its twin', () => {
  it('shows the effect: who is worse, that it is not overfitting, and where the error is heard', () => {
    const { title, said } = found(twins, [
      { train: 81.1, test: 81.6, heard: [1, 2, 7, 14] },
      { train: 27.8, test: 28.9, heard: [5.2, 3, 2, 2] },
    ]);
    expect(title).toBe('What this run showed');
    expect(said).toBe(
      'After 100 steps the plain network is wrong on 81 of 100 images that it was trained on, the residual network on 28. Same layers, same start, same images: shortcuts made the difference. It is not overfitting: the plain network is as bad on images that it was trained on as on new ones (82 of 100). How much of the error’s signal arrives at step 100, the classifier aside: in the plain network the first layer gets 14 times less of it than the last; in the residual network the first layer gets 2.6 times more of it than the last.',
    );
  });

  it('says it the same whichever of the two comes first', () => {
    const { said } = found('#a=t7-residual-38&b=t7-plain-38', [{ train: 28 }, { train: 81 }]);
    expect(said).toContain(
      'the residual network is wrong on 28 of 100 images that it was trained on, the plain network on 81',
    );
    expect(said).toContain('shortcuts made the difference');
  });

  it('claims no effect where the two are as close as chance brings them, whoever is ahead', () => {
    for (const pair of [
      [{ train: 25 }, { train: 24 }],
      [{ train: 24 }, { train: 27 }],
      [{ train: 27 }, { train: 24 }],
    ]) {
      const { title, said } = found('#a=t7-plain-8&b=t7-residual-8', pair);
      expect(title).toBe('Not this time');
      expect(said).toContain('does not show that shortcuts help with 8 layers');
      expect(said).not.toContain('made the difference');
    }
    expect(found(twins, [{ train: 27.2 }, { train: 24 }]).said).toContain('made the difference');
  });

  it('says so where shortcuts did worse', () => {
    const { title, said } = found(twins, [{ train: 30 }, { train: 45 }]);
    expect(title).toBe('Not this time');
    expect(said).toContain('with them, the same layers learned worse');
    expect(said).not.toContain('made the difference');
  });

  it('calls overfitting by its name, and still sees that the training error is higher', () => {
    const { said } = found(twins, [
      { train: 20, test: 35 },
      { train: 5, test: 8 },
    ]);
    expect(said).not.toContain('not overfitting');
    expect(said).toContain('The plain network is worse even on its own training images');
    expect(said).toContain(
      'The plain network is wrong on 35 of 100 new images, clearly more: that part is overfitting.',
    );
    expect(said).not.toContain('The residual network is wrong on 8 of 100 new images');
  });

  it('says that neither has learned where both guess', () => {
    const { said } = found(twins, [{ train: 90 }, { train: 89 }]);
    expect(said).toContain('Neither has learned much: guessing is wrong on 90.');
    expect(found(twins, [{ train: 90 }, { train: 30 }]).said).toContain(
      'The plain network did little better than guessing',
    );
    expect(found(twins, [{ train: 81 }, { train: 30 }]).said).not.toContain('guessing');
  });

  it('draws no conclusion from a run that was stopped early, but counts', () => {
    const { finding, title, said } = found(twins, [{ train: 85 }, { train: 43 }], 34);
    expect(finding).toMatchObject({ steps: 34, countedAt: 30, isOver: false });
    expect(title).toBe('So far');
    expect(said).toBe(
      'Stopped after 34 of 100 steps. After 30 steps the plain network is wrong on 85 of 100 images that it was trained on, the residual network on 43. Train on to see how it ends.',
    );
    expect(found(twins, [{ train: 85 }, { train: 43 }], 3).said).toBe(
      'Stopped after 3 of 100 steps. Mistakes have not been counted yet. Train on to see how it ends.',
    );
  });

  it('says which of them overflowed, compares nothing then, and calls nothing not counted good', () => {
    const { finding, said } = found(twins, [{ train: 0, overflowsAt: 1 }, { train: 28 }]);
    expect(finding.comparison.kind).toBe('none');
    expect(said).toContain('The plain network stopped at step 1: its numbers overflowed');
    expect(said).toContain('the residual network is wrong on 28 of 100');
    expect(said).not.toMatch(/plain network (is|did|on)|made the difference/);
    const both = found(twins, [
      { train: 0, overflowsAt: 12 },
      { train: 0, overflowsAt: 1 },
    ]);
    expect(both.finding.isOver).toBe(true);
    expect(both.said).toMatch(/The plain network stopped at step 12: .* The residual network stopped at step 1: /);
    expect(both.said).not.toContain('of 100');
  });

  it('tells a start that is too large from steps that are', () => {
    const said = (loss: number, overflowsAt: number) =>
      found(twins, [{ train: 0, overflowsAt, loss }, { train: 28 }]).said;
    expect(said(1814, 3)).toContain('its first loss was 1,800, where guessing costs 2.30.');
    expect(said(2.46, 3)).toContain('Its start was sound, with a loss of 2.5, so the steps were too large');
    expect(said(2.46, 1)).not.toMatch(/sound|from the start/);
  });

  it('says of a dead network that it is dead, and nothing of what it hears', () => {
    const { said } = found(twins, [{ train: 90, isDead: true }, { train: 28 }]);
    expect(said).toContain('The plain network has died: since step 1 no layer before its last one gets any signal');
    expect(said).not.toContain('in the plain network the first layer');
    expect(said).toContain(
      'How much of the error’s signal arrives at step 100, the classifier aside: in the residual network the first layer gets about as much of it as the last.',
    );
  });
});

describe('what is said of where the error is heard', () => {
  const heard = (values: readonly number[], after: readonly string[] = []) =>
    found('#a=t7-plain-8', [{ train: 30, heard: values, after }]).said;

  it('names a layer in the middle that gets clearly less than both ends', () => {
    expect(heard([8, 0.2, 4, 10])).toContain(
      'about as much of it as the last, and layer 2 least of all, 50 times less',
    );
    expect(heard([8, 6, 5, 10])).not.toContain('least of all');
  });

  it('goes by dense layers, too, but not by the classifier', () => {
    const made = { train: 90, heard: [0.001, 0.01, 0.1, 0.5], kind: 'dense' } as const;
    expect(found('#a=dense-64*4&head=flatten&steps=100', [made]).said).toContain(
      'the first layer gets 500 times less of it',
    );
  });

  it('says where nothing arrives', () => {
    expect(heard([0, 1, 2, 3])).toContain('nothing of it arrives at the first layer');
    expect(heard([3, 0, 2, 3])).toContain('layer 2 least of all, which is nothing');
    // A dense layer behind the convs still hears something: the network has not died.
    expect(heard([0, 0, 0, 0], ['dense 1'])).toContain('nothing of it arrives at the first layer');
    expect(heard([0.01, 0.1], ['dense 1'])).toContain('100 times less');
  });

  it('names a plateau of the loss at ln(classes), and none where the loss is elsewhere or the network learns', () => {
    const plateau =
      'The loss stands at ln 10 = 2.30: this plateau is what giving all 10 classes the same chance costs.';
    expect(found('#a=t7-plain-8', [{ train: 90, loss: 2.31 }]).said).toContain(`guessing is wrong on 90. ${plateau}`);
    expect(found(twins, [{ train: 90, loss: 2.3 }, { train: 30 }]).said).toContain(plateau);
    expect(
      found(twins, [
        { train: 90, loss: 2.3 },
        { train: 89, loss: 2.6 },
      ]).said,
    ).toContain('The loss of the plain network stands at ln 10');
    expect(found('#a=t7-plain-8', [{ train: 90, loss: 2.6 }]).said).not.toContain('ln 10');
    expect(found('#a=t7-plain-8', [{ train: 50, loss: 2.3 }]).said).not.toContain('ln 10');
  });

  it('says nothing where a number is none', () => {
    expect(heard([Number.NaN, 1, 1, 1])).not.toContain('signal arrives');
  });
});

describe('what is said of other networks', () => {
  it('compares one network with guessing, and its training images with new ones', () => {
    expect(found('#a=t7-plain-8', [{ train: 32.1, test: 33.4 }]).said).toMatch(
      /^After 100 steps .*8.* is wrong on 32 of 100 images that it was trained on\. On new images it is about as good \(33 of 100 wrong\): no overfitting\./,
    );
    expect(found('#a=t7-plain-8', [{ train: 89 }]).said).toContain(
      'It has hardly learned anything: guessing is wrong on 90.',
    );
  });

  it('names the best and the worst of several, and whether that is the deepest', () => {
    const link = '#a=t7-plain-8&b=t7-plain-20&c=t7-plain-38&d=t7-plain-56';
    const { said } = found(link, [{ train: 25 }, { train: 34 }, { train: 64 }, { train: 88 }]);
    expect(said).toMatch(/mistakes in 100 images that they were trained on: .*: 25; .*: 34; .*: 64; .*: 88\./);
    expect(said).toMatch(
      /Fewest: .*8.*\. Most: .*56.*, the deepest of them\. So this is not overfitting: it is as bad/,
    );
    const other = found(link, [{ train: 25 }, { train: 34 }, { train: 88 }, { train: 64 }]);
    expect(other.said).not.toContain('the deepest');
    const tied = found(link, [{ train: 25 }, { train: 34 }, { train: 90 }, { train: 90 }]);
    expect(tied.said).toMatch(/Most: .*38.* and .*56 layers\./);
    expect(found(link, [{ train: 25 }, { train: 26 }, { train: 27 }, { train: 28 }]).said).toContain('within 3 in 100');
  });

  it('takes networks for twins only where nothing but shortcuts tells them apart', () => {
    const areTwins = (link: string) => found(link, [{ train: 81 }, { train: 28 }]).finding.areTwins;
    expect(areTwins(twins)).toBe(true);
    expect(areTwins('#a=f7-plain-12&b=f7-residual-12')).toBe(true);
    expect(areTwins('#a=t7-plain-38&b=t7-residual-20')).toBe(false);
    expect(areTwins('#a=t7-plain-38&b=t7-residual-38&b.act=tanh')).toBe(false);
    expect(areTwins('#a=t7-plain-38&b=t7-plain-38')).toBe(false);
  });
});

it('finds nothing while a run is under way, and before it has begun', () => {
  const { experiment } = parseLink(twins);
  const runs = { a: madeUp({ train: 50 }, 20), b: madeUp({ train: 40 }, 20) };
  expect(findingOf(experiment, runs, false)).toBeNull();
  expect(findingOf(experiment, { a: emptyRun(['conv 1']), b: emptyRun(['conv 1']) }, true)).toBeNull();
  expect(findingOf(experiment, {}, true)).toBeNull();
});
