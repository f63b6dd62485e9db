import { expect, it } from 'vitest';
import { testParameters } from '../../engine/testNetworks.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { sampleOf } from '../examination/examiner.ts';
import { reportsOf, testSubject } from '../examination/testSubject.ts';
import { confusion } from '../inside/examine.ts';
import { examine } from './examine.ts';

/** Of the built-in images. */
const CLASSES = 10;

const spec: NetworkSpec = { ...presets.t7.network, stack: [{ kind: 'conv', width: 2, stride: 2, count: 1 }] };
const parameters = testParameters(buildGraph(spec, 14), spec);
const subject = await testSubject(spec, 40, undefined, parameters);

it('asks a network for the first test image of each class, and it answers as it does when its errors are counted', async () => {
  const [report] = await reportsOf(examine, subject, { isAnswered: true });
  const { test, calibration } = sampleOf(subject);
  const all = Array.from(test, (index) => subject.images.test.labels[index] ?? -1);
  const present = [...new Set(all)].sort((one, other) => one - other);
  expect(report?.answered.map(({ label }) => label)).toEqual(present);
  for (const { label, answer, pixels } of report?.answered ?? []) {
    const index = all.indexOf(label);
    const row = await subject.trainer.logits('test', Uint32Array.of(index), calibration);
    const others = [...row].map((logit, place) => ({ logit, place })).sort((one, other) => other.logit - one.logit);
    expect(answer).toBe(others[0]?.place);
    expect(pixels).toHaveLength(14 * 14);
  }
  // Some are right and some are wrong, as many as the confusion matrix allows.
  const [counted] = await reportsOf(confusion, subject, {});
  const right = report?.answered.filter(({ label, answer }) => label === answer) ?? [];
  for (const { label } of right) expect(counted?.counts[label * CLASSES + label]).toBeGreaterThan(0);
});

it('shows the images alone where nobody asks the network, and no answer where its numbers are none', async () => {
  const [shown] = await reportsOf(examine, subject, { isAnswered: false });
  expect(shown?.answered.every(({ answer }) => answer === null)).toBe(true);
  const broken = await testSubject(
    spec,
    40,
    undefined,
    parameters.map((values) => values.map(() => Number.NaN)),
  );
  const [report] = await reportsOf(examine, broken, { isAnswered: true });
  expect(report?.answered.every(({ answer }) => answer === null)).toBe(true);
  expect(report?.answered.length).toBeGreaterThan(1);
});
