/** What elementwise kernels store: sums, and outputs that readers cannot make up by themselves. */

import type { Segment } from '../../plan/segments.ts';
import { combine, elementwiseGroups, termNameOf } from '../kernels/combine.ts';
import type { Term } from '../kernels/terms.ts';
import { type Builder, inPlan, plainValue } from './builder.ts';
import type { BufferRef } from './plan.ts';
import { emitMoments } from './statistics.ts';
import { termOf } from './terms.ts';

/** What a sum adds, and the buffers it reads. */
export function termsOf(builder: Builder, { inputs }: Segment): { terms: Term[]; buffers: Record<string, BufferRef> } {
  const read = inputs.map((input, i) => termOf(builder, input, termNameOf(i)));
  return { terms: read.map(({ term }) => term), buffers: Object.assign({}, ...read.map(({ buffers }) => buffers)) };
}

/** @param moments leave the sums for a norm that reads it */
export function emitSum(builder: Builder, segment: Segment, moments: boolean): void {
  const { shape, activation } = segment;
  const { terms, buffers } = termsOf(builder, segment);
  const raw = builder.activations(`${builder.nameOf(segment)} output`, shape);
  const all = { ...buffers, result: inPlan(raw) };
  if (moments) {
    builder.sums.set(raw, emitMoments(builder, segment, { shape, terms, activation, stores: true }, all));
  } else {
    builder.dispatch({
      kernel: combine({ shape, terms, activation }),
      buffers: all,
      groups: elementwiseGroups(shape, builder.images),
      layer: builder.nameOf(segment),
      shape,
    });
  }
  builder.stored.set(segment, { raw, output: raw, value: plainValue(shape[2]) });
}

/** Makes sure that a segment's output itself is in a buffer. */
export function storeOutput(builder: Builder, segment: Segment): void {
  const stored = builder.storedOf(segment);
  if (stored.output) return;
  const { value, buffers } = builder.reading(segment, 'a');
  const output = builder.activations(`${builder.nameOf(segment)} output`, segment.shape);
  builder.dispatch({
    kernel: combine({
      shape: segment.shape,
      terms: [{ value: { ...value, activation: 'linear' }, map: { kind: 'same' }, factors: [] }],
      activation: value.activation,
    }),
    buffers: { ...buffers, result: inPlan(output) },
    groups: elementwiseGroups(segment.shape, builder.images),
    layer: builder.nameOf(segment),
    shape: segment.shape,
  });
  builder.stored.set(segment, { ...stored, output });
}
