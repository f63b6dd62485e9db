/** The growing schedule: makes tensors and steps, and keeps what later passes need to know of each segment. */

import { elements } from '../../ops/shapes.ts';
import type { Moments, Value } from './expressions.ts';
import { packsOf } from './packs.ts';
import { type Ref, type Tensor, tensor } from './refs.ts';
import type { KernelSpec, Limits, Step } from './schedule.ts';
import type { Segment } from './segments.ts';

/** How to read a segment's output. */
export interface Stored {
  /** The stored numbers. */
  readonly raw: Tensor;
  /** The output itself where it is stored too, or where it is what is stored. */
  readonly output: Tensor | null;
  /** From the raw numbers to the output. */
  readonly value: Value;
}

/** The moments of the parts of a tensor. */
export interface Left {
  readonly sums: Ref;
  readonly moments: Moments;
}

export class Builder {
  readonly steps: Step[] = [];
  readonly stored = new Map<Segment, Stored>();
  /** The moments of stored tensors, where a norm can use them. */
  readonly sums = new Map<Tensor, Left>();
  /** What a group norm leaves of each image. */
  readonly groupStatistics = new Map<Segment, Tensor>();
  private tensors = 0;

  constructor(
    readonly limits: Limits,
    /** For listings. */
    readonly nameOf: (segment: Segment) => string,
    /** Whether `drop` nodes draw what they keep, as in training; else they give their expectation. */
    readonly draws: boolean,
  ) {}

  tensor(label: string, per: Tensor['per'], packs: number): Tensor {
    return { id: this.tensors++, label, per, packs };
  }

  /** Of a segment's shape. */
  activations(label: string, shape: Segment['shape']): Tensor {
    const [rows, columns, channels] = shape;
    return this.tensor(label, 'image', rows * columns * packsOf(channels));
  }

  /** @param segment that it works for */
  step(segment: Segment, kernel: KernelSpec, shape: readonly number[] = segment.shape, flops = 0): void {
    this.steps.push({ kernel, layer: this.nameOf(segment), shape, flops });
  }

  storedOf(segment: Segment): Stored {
    const stored = this.stored.get(segment);
    if (stored === undefined) throw new RangeError(`${this.nameOf(segment)} is read before it is made`);
    return stored;
  }

  /** How the readers of a segment read it. */
  reading(segment: Segment): Value {
    const { output, value } = this.storedOf(segment);
    return output ? plainValue(output, value.shape) : value;
  }

  /** Where what is stored goes, for a segment whose norm and activation its readers apply. */
  store(segment: Segment, raw: Tensor): Stored {
    const { shape, activation } = segment;
    const norm = segment.norm && normOf(segment);
    const asStored = norm === null && activation === 'linear';
    const stored = { raw, output: asStored ? raw : null, value: { from: tensor(raw), shape, norm, activation } };
    this.stored.set(segment, stored);
    return stored;
  }
}

/** A segment's norm. */
export function normOf({ normNode, shape }: Segment): Ref & { readonly in: 'norm' } {
  if (normNode === null) throw new RangeError('a segment without a norm');
  return { in: 'norm', node: normNode, channels: shape[2] };
}

/** A tensor's own numbers. */
export function plainValue(from: Tensor, shape: Segment['shape']): Value {
  return { from: tensor(from), shape, norm: null, activation: 'linear' };
}

export function plainTerm(from: Tensor, shape: Segment['shape']) {
  return { value: plainValue(from, shape), pad: null, factors: [] } as const;
}

export function pixelsOf({ shape: [rows, columns] }: { readonly shape: Segment['shape'] }): number {
  return rows * columns;
}

/** Multiplications and additions of a conv or dense segment for one image, in one direction. */
export function productFlops({ op, shape, inputs }: Segment): number {
  const from = inputs[0]?.segment.shape ?? [1, 1, 1];
  const fanIn = op.kind === 'conv' ? op.kernel ** 2 * from[2] : elements(from);
  return 2 * elements(shape) * fanIn;
}
