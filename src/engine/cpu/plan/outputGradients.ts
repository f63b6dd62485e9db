/**
 * The gradient by what a segment stores, finished: the sum of what readers send, through the activation, with the sums that a norm needs. On the way it
 * is noted which units are alive.
 */
import type { Activation } from '../../../experiment/experiment.ts';
import type { NodeId, Shape } from '../../../network/graph.ts';
import { canDie, type Dying, dips } from '../../../ops/activation/op.ts';
import type { GradientTarget, Contribution as Sent, Value } from '../../plan/expressions.ts';
import { clear, get, i32 } from '../assembler/code.ts';
import { type Contribution, combineGradients, padGradient } from '../kernels/combineGradients.ts';
import { at, type PlanBuffer } from '../kernels/kernel.ts';
import { poolGradient } from '../kernels/pool.ts';
import { masked } from '../kernels/values.ts';
import { cleared } from './partialGradients.ts';
import type { Phases } from './phases.ts';
import { bytesOf, type Places, tensorOf } from './places.ts';

/** Records of a layer's units: which are alive. */
export interface Alive {
  readonly records: PlanBuffer;
  readonly activation: Dying;
  readonly packs: number;
}

export class OutputGradients {
  /** By the root of the segment that puts a layer out. */
  readonly alive = new Map<NodeId, Alive>();

  /** @param ends roots of the segments that put out measured layers; null where nothing is measured */
  constructor(
    private readonly phases: Phases,
    private readonly places: Places,
    private readonly ends: ReadonlySet<NodeId> | null,
  ) {}

  /** @param x of max pools @param product what a convolution sends besides */
  emit(target: GradientTarget, sent: readonly Sent[], x: Value | null, product: PlanBuffer | null = null): void {
    const { phases } = this;
    const { of, shape, activation, y, z, norm, writes } = target;
    const own = product ? [{ kind: 'map', gradient: at(product), factors: [] } as const] : [];
    const contributions = [...sent.map((each) => this.contribution(shape, each, x)), ...own];
    const from = y ?? z;
    const linear = { place: at(this.places.buffer(tensorOf(writes.gradient))), shape, norm: null, activation } as const;
    const output =
      activation !== 'linear' && from
        ? this.places.value({
            from,
            shape,
            norm: y ? null : norm,
            activation: y || dips(activation) ? 'linear' : activation,
          })
        : linear;
    const sums =
      writes.sums && z && norm
        ? {
            z: this.places.place(z),
            norm: this.places.norm(norm),
            result: at(this.places.buffer(tensorOf(writes.sums))),
          }
        : null;
    const record = of === null ? null : this.recordOf(of, shape, activation);
    const result = this.places.place(writes.gradient);
    const alive = record && at(record);
    const about = { shape, contributions, activation, output, result, sums, alive };
    phases.perImage(combineGradients(phases.kernel('combine gradients'), about));
    if (alive) phases.atChunkStart(cleared(phases.kernel('clear'), alive, bytesOf(shape)));
  }

  /** Where it is counted which units are alive, if anybody asks. */
  private recordOf(of: NodeId, shape: Shape, activation: Activation): PlanBuffer | null {
    if (!canDie(activation) || !this.ends?.has(of)) return null;
    const records = this.phases.buffer(`alive ${of}`, 'chunk', bytesOf(shape));
    this.alive.set(of, { records, activation, packs: bytesOf(shape) / 16 });
    return records;
  }

  /** @param shape of what receives it @param x of that */
  private contribution(shape: Shape, sent: Sent, x: Value | null): Contribution {
    const { phases } = this;
    const gradient = this.places.place(sent.gradient);
    const map = (buffer: PlanBuffer) => ({ kind: 'map', gradient: at(buffer), factors: [] }) as const;
    switch (sent.kind) {
      case 'same':
        return { kind: 'map', gradient, factors: sent.factors.map((factor) => this.places.factor(factor)) };
      case 'globalAverage':
        return { kind: 'globalAverage', gradient };
      case 'gate':
        return {
          kind: 'gate',
          gradient,
          part: sent.part,
          z: this.places.value(sent.value),
          gated: this.places.term(sent.term),
        };
      case 'pad': {
        const buffer = phases.buffer('padded back', 'image', bytesOf(shape));
        const call = padGradient(
          phases.kernel('pad gradient'),
          sent.shape,
          shape,
          sent.stride,
          gradient,
          sent.factors.map((factor) => this.places.factor(factor)),
          at(buffer),
          (pointer) => clear(get(pointer), i32.const(bytesOf(shape))),
          (value, pack) => masked(value, shape[2], pack),
        );
        phases.perImage(call);
        return map(buffer);
      }
      case 'maxPool':
      case 'averagePool': {
        const buffer = phases.buffer('pool gradient', 'image', bytesOf(shape));
        const pooled =
          x && sent.kind === 'maxPool'
            ? this.places.value(x)
            : { place: gradient, shape, norm: null, activation: 'linear' as const };
        phases.perImage(poolGradient(phases.kernel(`${sent.kind} gradient`), sent.kind, pooled, gradient, at(buffer)));
        return map(buffer);
      }
    }
  }
}
