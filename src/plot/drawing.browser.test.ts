import { expect, test } from 'vitest';
import { plainColor } from './drawing.ts';

test('A colour of any kind becomes a hexadecimal one and its opacity', () => {
  // Oklab's own white, black, and red (Ottosson 2020: sRGB red is 0.627955, 0.224863, 0.125846).
  expect(plainColor('oklab(1 0 0)')).toEqual({ color: '#ffffff', opacity: 1 });
  expect(plainColor('oklab(0 0 0 / 0.5)')).toEqual({ color: '#000000', opacity: 0.5 });
  expect(plainColor('oklab(0.627955 0.224863 0.125846)')).toEqual({ color: '#ff0000', opacity: 1 });
  // 0.2 · 255 = 51 = 0x33.
  expect(plainColor('color(srgb 0.2 0.4 0.6 / 0.25)')).toEqual({ color: '#336699', opacity: 0.25 });
  expect(plainColor('rgb(213, 94, 0)')).toEqual({ color: '#d55e00', opacity: 1 });
  expect(plainColor('#fff')).toEqual({ color: '#ffffff', opacity: 1 });
});

test('A colour that hardly shows is still exactly itself', () => {
  expect(plainColor('rgba(213, 94, 0, 0.02)')).toEqual({ color: '#d55e00', opacity: 0.02 });
  expect(plainColor('rgba(0, 0, 0, 0)')).toEqual({ color: '#000000', opacity: 0 });
});

test('What is no colour stays what it is', () => {
  expect(plainColor('none')).toEqual({ color: 'none', opacity: 1 });
  expect(plainColor('url("#ramp-9")')).toEqual({ color: 'url("#ramp-9")', opacity: 1 });
});
