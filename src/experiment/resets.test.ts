import { expect, test } from 'vitest';
import { sentence } from '../messages/messages.ts';
import { parseLink } from './parseLink.ts';
import { resetReason } from './resets.ts';

function reason(before: string, after: string): string | null {
  const found = resetReason(parseLink(before).experiment, parseLink(after).experiment);
  return found && sentence(found);
}

test('the same experiment goes on, however its link is written', () => {
  expect(reason('#a=plain-8', '#a=base&lr=0.05&norm=batch')).toBeNull();
});

test('another learning rate applies to the running networks', () => {
  expect(reason('#a=plain-8', '#a=plain-8&lr=0.2')).toBeNull();
});

test('more steps extend a run with a constant rate, and change every rate of a schedule', () => {
  expect(reason('#a=f7-12', '#a=f7-12&steps=500')).toBeNull();
  expect(reason('#a=plain-8', '#a=plain-8&steps=500')).toBe('Steps changed: training starts again from step 0.');
});

test.each([
  ['seed=2', 'Seed'],
  ['batch=32', 'Batch size'],
  ['size=28', 'Image size'],
  ['opt=adam', 'Optimizer'],
  ['schedule=constant', 'Schedule'],
  ['wd=0.1', 'Weight decay'],
])('%s starts again and says so', (setting, label) => {
  expect(reason('#a=plain-8', `#a=plain-8&${setting}`)).toBe(`${label} changed: training starts again from step 0.`);
});

test.each(['#a=plain-14', '#a=plain-8&b=plain-8', '#a=plain-8&act=tanh', '#a=plain-8&width=16'])(
  'other networks start again: %s',
  (after) => {
    expect(reason('#a=plain-8', after)).toBe('The networks changed: training starts again from step 0.');
  },
);
