/** Where what a schedule reads and writes lies in this target's phases, and how its values, terms and factors are read. */
import type { ParameterId, Shape } from '../../../network/graph.ts';
import { thresholdOf } from '../../../ops/drop/mask.ts';
import type { Factor, Term, Value } from '../../plan/expressions.ts';
import { packsOf } from '../../plan/packs.ts';
import type { Ref, Tensor } from '../../plan/refs.ts';
import { at, fixed, type Place, type PlanBuffer } from '../kernels/kernel.ts';
import type { TermFactor, Term as TermRead } from '../kernels/terms.ts';
import type { Value as ValueRead } from '../kernels/values.ts';
import { type Layout, parameterAt, required } from './layout.ts';
import type { Phases } from './phases.ts';

export class Places {
  private readonly buffers = new Map<Tensor, PlanBuffer>();
  /** Phases at whose end a norm is ready, by its address. */
  private readonly ready = new Map<number, number>();

  /** @param pixels of the images */
  constructor(
    private readonly phases: Phases,
    private readonly layout: Layout,
    private readonly pixels: PlanBuffer,
  ) {}

  /** Where a tensor is, which has an entry an image or one for all. */
  buffer(tensor: Tensor): PlanBuffer {
    const { label, per, packs } = tensor;
    const made =
      this.buffers.get(tensor) ?? this.phases.buffer(label, per === 'run' ? 'plan' : 'image', Math.ceil(16 * packs));
    this.buffers.set(tensor, made);
    return made;
  }

  /** Says that a tensor is what is in a buffer already. */
  is(tensor: Tensor, buffer: PlanBuffer): void {
    this.buffers.set(tensor, buffer);
  }

  place(ref: Ref): Place {
    if (ref.in === 'tensor') return at(this.buffer(ref.tensor));
    if (ref.in === 'parameter') return fixed(parameterAt(this.layout, ref.id));
    if (ref.in === 'data' && ref.name === 'pixels') return at(this.pixels);
    throw new RangeError(`no place for ${ref.in}`);
  }

  /** The address of a norm, which what comes next reads. */
  norm(ref: Ref): number {
    const address = this.addressOf(ref);
    this.phases.after(this.ready.get(address) ?? -1);
    return address;
  }

  /** @param phase at whose end the norm is there */
  readyAfter(address: number, phase: number): void {
    this.ready.set(address, phase);
  }

  addressOf(ref: Ref): number {
    if (ref.in !== 'norm' && ref.in !== 'response') throw new RangeError('no norm');
    return required(this.layout.norms, ref.node);
  }

  value({ from, shape, norm, activation }: Value): ValueRead {
    return { place: this.place(from), shape, norm: norm && this.norm(norm), activation };
  }

  term({ value, pad, factors }: Term): TermRead {
    return { value: this.value(value), pad, factors: factors.map((factor) => this.factor(factor)) };
  }

  factor(factor: Factor): TermFactor {
    switch (factor.kind) {
      case 'constant':
        return factor;
      case 'learned': {
        const { scale } = factor;
        if (scale.in !== 'parameter') throw new RangeError('a learned scale is a parameter');
        return { kind: 'learned', address: parameterAt(this.layout, scale.id) };
      }
      case 'gate':
        return { kind: 'gate', part: factor.part, value: this.value(factor.value) };
      case 'drop': {
        const { unit, keep, drop } = factor;
        if (unit === 'expectation' || drop.in !== 'drop') return { kind: 'constant', value: keep };
        return { kind: 'drop', unit, address: required(this.layout.drops, drop.node), threshold: thresholdOf(keep) };
      }
    }
  }
}

export function tensorOf(ref: Ref): Tensor {
  if (ref.in !== 'tensor') throw new RangeError(`${ref.in} is no tensor`);
  return ref.tensor;
}

export function idOf(ref: Ref): ParameterId {
  if (ref.in !== 'parameter' && ref.in !== 'partialGradient') throw new RangeError(`${ref.in} is no parameter`);
  return ref.id;
}

/** Of one image. */
export function bytesOf([rows, columns, channels]: Shape): number {
  return 16 * rows * columns * packsOf(channels);
}
