import { expect, it } from 'vitest';
import { checkExperiment } from './check.ts';
import { type DataRef, formatData, parseData, sizesOf } from './dataRef.ts';
import { setData } from './edit.ts';
import { experimentText } from './experimentText.ts';
import { formatLink } from './link.ts';
import { parseLink } from './parseLink.ts';
import { defaultExperiment } from './presets.ts';
import { resetReason } from './resets.ts';

const cifar: DataRef = {
  id: '3f9ac2b81c04d5e6',
  title: 'CIFAR-10-JPEG',
  side: 32,
  channels: 3,
  classes: 10,
  train: 50_000,
  test: 10_000,
};

/** The default experiment on other images. */
function on(data: DataRef) {
  const edited = setData(defaultExperiment, data);
  if (!edited.ok) throw new Error(edited.problem.code);
  return edited.value;
}

it('is written into links and read back exactly', () => {
  expect(formatData(cifar)).toBe('3f9ac2b81c04d5e6.32x3.10.50000.10000.CIFAR-10-JPEG');
  expect(parseData(formatData(cifar))).toEqual(cifar);
  const experiment = on(cifar);
  const { experiment: read, problems } = parseLink(formatLink(experiment));
  expect(read).toEqual(experiment);
  expect(problems).toEqual([]);
});

it.each([
  'cifar',
  '3f9ac2b81c04d5e6.65x3.10.50000.10000.x',
  '3f9ac2b81c04d5e6.32x2.10.50000.10000.x',
  '3f9ac2b81c04d5e6.32x3.101.50000.10000.x',
  '3f9ac2b81c04d5e6.32x3.10.9.10000.x',
])('is ignored, and that is said, where there can be none: %s', (text) => {
  const { experiment, problems } = parseLink(`#v=1&a=t7-plain-8&data=${text}`);
  expect(experiment.training.data).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(['link.data']);
});

it('is fed at its own side, or at half of it', () => {
  expect(sizesOf(undefined)).toEqual([14, 28]);
  expect(sizesOf(cifar)).toEqual([16, 32]);
  expect(sizesOf({ ...cifar, side: 15 })).toEqual([15]);
  const experiment = on(cifar);
  expect(experiment.training.size).toBe(32);
  const wrong = { ...experiment, training: { ...experiment.training, size: 28 } };
  expect(checkExperiment(wrong).map(({ code }) => code)).toEqual(['spec.notAChoice']);
});

it('limits the training images to those there are, and gives way to the built-in ones', () => {
  const few = on({ ...cifar, train: 40 });
  expect(few.training).toMatchObject({ train: 40, batch: 32 });
  const back = setData(few, undefined);
  expect(back.ok && back.value.training).toEqual({ ...defaultExperiment.training, size: 28, train: 40 });
});

it('starts training again, and is a part of what an outcome depends on', () => {
  const experiment = on(cifar);
  expect(resetReason(defaultExperiment, experiment)?.code).toBe('edit.resetsSetting');
  expect(experimentText(experiment)).toContain('data=3f9ac2b81c04d5e6');
  expect(experimentText(defaultExperiment)).not.toContain('data');
});
