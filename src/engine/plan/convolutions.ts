/** Conv and dense layers as convolutions: what they read, and what they multiply. */

import type { Builder } from './builder.ts';
import { pixelsOf, plainValue } from './builder.ts';
import type { Source } from './expressions.ts';
import { packsOf } from './packs.ts';
import { parameter, type Ref } from './refs.ts';
import type { Convolution } from './schedule.ts';
import { isWhole, type Segment, UnsupportedGraph } from './segments.ts';

/** The only input of a segment that is no sum. */
export function inputOf(segment: Segment): Segment {
  const [input] = segment.inputs;
  if (input === undefined || !isWhole(input)) throw new UnsupportedGraph('a layer without a plain input');
  return input.segment;
}

export function convolutionOf(segment: Segment): Convolution {
  const { op, shape: to } = segment;
  const input = inputOf(segment);
  if (op.kind === 'conv') return { layer: 'conv', kernel: op.kernel, stride: op.stride, from: input.shape, to };
  const about = { kernel: 1, stride: 1, to } as const;
  if (pixelsOf(input) === 1) return { ...about, layer: 'dense', from: input.shape };
  return { ...about, layer: 'denseOfMap', from: [1, 1, 4 * packsOf(input.shape[2]) * pixelsOf(input)] };
}

export const images = { pixels: { in: 'data', name: 'pixels' }, indices: { in: 'data', name: 'indices' } } as const;

/** Whether convs read the images where they lie. In colour they are brought into packs first, like any other activations. */
export function areReadInPlace({ op, shape }: Segment): boolean {
  return op.kind === 'input' && shape[2] === 1;
}

/** What a conv or dense layer multiplies by its weights. */
export function sourceOf(builder: Builder, segment: Segment): Source {
  const input = inputOf(segment);
  if (segment.op.kind === 'conv' && areReadInPlace(input)) return images;
  const { layer, from } = convolutionOf(segment);
  const { raw, output } = builder.storedOf(input);
  return layer === 'denseOfMap' ? plainValue(output ?? raw, from) : builder.reading(input);
}

export function weightOf({ op }: Segment): Ref {
  if (op.kind !== 'conv' && op.kind !== 'dense') throw new RangeError(`${op.kind} has no weight`);
  return parameter(op.weight);
}
