import { expect, test } from 'vitest';
import { power } from '../messages/format.ts';
import { exact, short } from './format.ts';

test('Powers of ten have true superscripts', () => {
  expect(power(-12)).toBe('10⁻¹²');
});

test('Measured values have three significant digits, large whole ones all of them', () => {
  expect(exact(0.0213456)).toBe('0.0213');
  expect(exact(2.5)).toBe('2.50');
  expect(exact(99.96)).toBe('100');
  expect(exact(1234.4)).toBe('1234');
  expect(exact(-0.5)).toBe('−0.500');
});

test('Very small and very large values are written with a power of ten', () => {
  expect(exact(3.411e-7)).toBe('3.41·10⁻⁷');
  expect(exact(9999.7)).toBe('1.00·10⁴');
  expect(exact(-2e30)).toBe('−2.00·10³⁰');
});

test('What is no number is named', () => {
  expect([0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(exact)).toEqual([
    '0',
    'NaN',
    '∞',
    '−∞',
  ]);
});

test('Ticks have no trailing zeros and a true minus sign', () => {
  expect([-6, -0.2, 0.5, 25, 1 / 3].map(short)).toEqual(['−6', '−0.2', '0.5', '25', '0.333333']);
});
