/** The terms of sums: how a kernel reads them, and the buffers that it binds for that. */

import type { Factor, Input } from '../../plan/segments.ts';
import { factorName, type Factor as KernelFactor } from '../kernels/factors.ts';
import type { Term } from '../kernels/terms.ts';
import type { Builder } from './builder.ts';
import type { BufferRef } from './plan.ts';

type Buffers = Readonly<Record<string, BufferRef>>;

/** @param name of the term's buffer, from which those of its factors follow */
export function termOf(
  builder: Builder,
  { segment, pad, factors }: Input,
  name: string,
): { readonly term: Term; readonly buffers: Buffers } {
  const { value, buffers } = builder.reading(segment, name);
  const times = factorsOf(builder, factors, name);
  return {
    term: {
      value,
      map: pad === null ? { kind: 'same' } : { kind: 'pad', stride: pad, shape: segment.shape },
      factors: times.factors,
    },
    buffers: { ...buffers, ...times.buffers },
  };
}

/** @param name of the buffer whose numbers are multiplied */
export function factorsOf(
  builder: Builder,
  factors: readonly Factor[],
  name: string,
): { readonly factors: KernelFactor[]; readonly buffers: Buffers } {
  const each = factors.map((factor, i) => factorOf(builder, factor, factorName(name, i)));
  return {
    factors: each.map(({ factor }) => factor),
    buffers: Object.assign({}, ...each.map(({ buffers }) => buffers)),
  };
}

function factorOf(
  builder: Builder,
  factor: Factor,
  buffer: string,
): { readonly factor: KernelFactor; readonly buffers: Buffers } {
  switch (factor.kind) {
    case 'constant':
      return { factor, buffers: {} };
    case 'learned':
      return { factor: { kind: 'learned' }, buffers: { [buffer]: builder.parameter(factor.scale) } };
    case 'gate': {
      const { value, buffers } = builder.reading(factor.by, buffer);
      return { factor: { kind: 'gate', part: factor.part, value }, buffers };
    }
    case 'drop': {
      const unit = builder.draws ? factor.op.unit : 'expectation';
      return { factor: { kind: 'drop', unit }, buffers: { [buffer]: builder.drop(factor.node) } };
    }
  }
}
