import { describe, expect, it } from 'vitest';
import { trainingSettings } from '../../experiment/settings.ts';
import { rangeText, readList, readNumber, settingText } from './reading.ts';

const { batch, lr, milestones, steps } = trainingSettings;

it('says a range as numbers are read, with their thousands', () => {
  expect(rangeText(steps.range)).toBe('whole number, 1 to 100,000');
  expect(rangeText(lr.range)).toBe('above 0, up to 10');
  expect(rangeText({ min: -20, max: 0.95, integer: false })).toBe('−20 to 0.95');
});

describe('a number typed into a setting', () => {
  it('is read with spaces around it and in scientific notation', () => {
    expect(readNumber(' 0.05 ', lr.range)).toEqual({ value: 0.05 });
    expect(readNumber('5e-2', lr.range)).toEqual({ value: 0.05 });
  });

  it('is refused with the range if it is no number', () => {
    for (const typed of ['', 'fast', '1.2.3', '0,05', '6,000']) {
      const reading = readNumber(typed, lr.range);
      expect(reading).toHaveProperty('error');
    }
    const range = 'Allowed: whole number, 1 to 100,000.';
    expect(readNumber('fast', steps.range)).toEqual({ error: `“fast” is not a number. ${range}` });
    expect(readNumber('6,000', steps.range)).toHaveProperty(
      'error',
      expect.stringMatching(/^“6,000” has a comma.*6000/),
    );
    expect(readNumber('100001', steps.range)).toEqual({ error: `100001 is not possible. ${range}` });
  });

  it('is refused outside the range, at an excluded end and where it should be whole', () => {
    expect(readNumber('0', lr.range)).toHaveProperty('error');
    expect(readNumber('10', lr.range)).toEqual({ value: 10 });
    expect(readNumber('10.1', lr.range)).toHaveProperty('error');
    expect(readNumber('32.5', batch.range)).toHaveProperty('error');
    expect(readNumber('Infinity', lr.range)).toHaveProperty('error');
  });

  it('is shown as a text that is read as the same number', () => {
    const any = { min: -10, max: 1e10, integer: false };
    for (const value of [0, 0.05, 1e-7, 12345, 0.1 + 0.2, 4294967295, -6]) {
      expect(readNumber(settingText(value), any)).toEqual({ value });
    }
    expect(settingText(-6)).toBe('−6');
    expect(readNumber('-6', any)).toEqual({ value: -6 });
  });
});

describe('a list typed into a setting', () => {
  it('is read whatever stands between its numbers, in any order', () => {
    for (const typed of ['50, 75', '75;50', '50 % 75 %', '50-75', ' 50,75,50 ']) {
      expect(readList(typed, milestones)).toEqual({ value: '50-75' });
    }
  });

  it('is refused with the range where a part is no number, or is outside of it', () => {
    for (const typed of ['', 'half', '50, half', '50, 120', '0']) {
      expect(readList(typed, milestones)).toHaveProperty('error', expect.stringContaining('1 to 99'));
    }
  });
});
