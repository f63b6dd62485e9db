import { expect, it } from 'vitest';
import { noise } from '../testGradients.ts';
import { identity } from './reference.ts';

it('the identity layer changes neither the signal nor its gradient', () => {
  const x = noise([2, 3, 3, 2] as const, 'x');
  const node = { id: 1, op: { kind: 'identity' }, inputs: [0], shape: [3, 3, 2] } as const;
  const parameter = () => x;
  expect(identity.forward(node, [x], parameter, { statisticsOf: () => Number.NaN as never, draw: null })).toEqual(x);
  expect(identity.backward(node, x, [x], parameter, null)).toEqual({ inputs: [x] });
});
