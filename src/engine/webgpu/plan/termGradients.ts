/**
 * What a sum sends back to its terms, by their factors: the gradient by the sum, which the receivers multiply as they read it.
 * A gate's z receives a gradient besides, and a learned scale has one of its own.
 */
import { packsOf } from '../../plan/packs.ts';
import type { Input, Segment } from '../../plan/segments.ts';
import { type Contribution, gatedName, gateName } from '../kernels/combineGradients.ts';
import { scaleGradient, scaleGradientGroups, scaleGradientParts } from '../kernels/scaleGradient.ts';
import { type Builder, inPlan, pixelsOf } from './builder.ts';
import type { BufferRef, PlanBuffer } from './plan.ts';
import { factorsOf, termOf } from './terms.ts';

/** A gradient for a segment, as it is found in a buffer. */
export interface Stored {
  readonly kind: 'stored';
  readonly how: Contribution;
  readonly gradient: PlanBuffer;
  /** What else the receiver binds. @param name under which it binds the gradient */
  readonly buffers: (name: string) => Readonly<Record<string, BufferRef>>;
}

/** A gradient that is received as it is. */
export function plainly(gradient: PlanBuffer, how: Contribution = { kind: 'same', factors: [] }): Stored {
  return { kind: 'stored', how, gradient, buffers: () => ({}) };
}

/** Whether a contribution is the gradient itself. */
export function isPlain({ how }: Stored): boolean {
  return how.kind === 'same' && how.factors.length === 0;
}

/**
 * @param byParameters make the gradients by learned scales too
 * @returns what one term sends to which segments
 */
export function sentByTerm(
  builder: Builder,
  sum: Segment,
  term: Input,
  gradient: PlanBuffer,
  byParameters: boolean,
): (readonly [to: Segment, Stored])[] {
  const sent: (readonly [to: Segment, Stored])[] = [[term.segment, toTerm(builder, sum, term, gradient)]];
  term.factors.forEach((factor, which) => {
    const others = { ...term, factors: term.factors.filter((_, i) => i !== which) };
    if (factor.kind === 'learned' && byParameters) emitScaleGradient(builder, sum, others, factor.scale, gradient);
    if (factor.kind === 'gate') sent.push([factor.by, toGate(builder, factor, others, gradient)]);
  });
  return sent;
}

function toTerm(builder: Builder, { shape }: Segment, { pad, factors }: Input, gradient: PlanBuffer): Stored {
  const times = { factors: factorsOf(builder, factors, '').factors };
  return {
    kind: 'stored',
    how: pad === null ? { kind: 'same', ...times } : { kind: 'pad', stride: pad, shape, ...times },
    gradient,
    buffers: (name) => factorsOf(builder, factors, name).buffers,
  };
}

function toGate(
  builder: Builder,
  { part, by }: Extract<Input['factors'][number], { kind: 'gate' }>,
  gated: Input,
  gradient: PlanBuffer,
): Stored {
  const { value } = builder.reading(by, '');
  return {
    kind: 'stored',
    how: { kind: 'gate', part, value, term: termOf(builder, gated, '').term },
    gradient,
    buffers: (name) => ({
      ...builder.reading(by, gateName(name)).buffers,
      ...termOf(builder, gated, gatedName(name)).buffers,
    }),
  };
}

function emitScaleGradient(builder: Builder, sum: Segment, input: Input, scale: number, gradient: PlanBuffer): void {
  const { images, tuning } = builder;
  const { term, buffers } = termOf(builder, input, 'x');
  const packs = images * pixelsOf(sum) * packsOf(sum.shape[2]);
  const shape = {
    shape: sum.shape,
    term,
    invocations: 64 * Math.ceil(Math.min(tuning.scaleInvocations, packs) / 64),
    reduction: tuning.reduction,
    stride: builder.region(scale).packs,
  };
  builder.dispatch({
    kernel: scaleGradient(shape),
    buffers: { dy: inPlan(gradient), ...buffers, partial: builder.partial(scale, scaleGradientParts(shape)) },
    groups: scaleGradientGroups(shape),
    layer: builder.nameOf(sum),
    shape: [1],
  });
}
