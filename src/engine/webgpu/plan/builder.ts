/** The growing plan: makes buffers and dispatches, and keeps what later passes need to know of each segment. */

import type { NodeId } from '../../../network/graph.ts';
import { elements } from '../../../ops/shapes.ts';
import { packsOf } from '../../plan/packs.ts';
import { aligned, type ParameterLayout, type Region } from '../../plan/parameterLayout.ts';
import type { Segment } from '../../plan/segments.ts';
import type { Moments } from '../kernels/partMoments.ts';
import type { Value } from '../kernels/values.ts';
import type { Kernel } from '../kernels/wgsl.ts';
import {
  type ArenaName,
  type BorrowedBytes,
  type BufferRef,
  type Dispatch,
  type Plan,
  type PlanBuffer,
  partOfArena,
} from './plan.ts';
import type { Tuning } from './tuning.ts';

/** How to read a segment's output. */
export interface Stored {
  /** The stored numbers. */
  readonly raw: PlanBuffer;
  /** The output itself where it is stored too, or where it is what is stored. */
  readonly output: PlanBuffer | null;
  /** From the raw numbers to the output. */
  readonly value: Value;
}

/** Sums of a tensor's parts. */
export interface Sums {
  readonly sums: PlanBuffer;
  /** Numbers of one channel in a part, but for the last. */
  readonly partSize: number;
}

/** Where the moments of the parts of a layer's output are. */
export interface Left extends Sums {
  readonly moments: Moments;
}

interface Work {
  readonly kernel: Kernel;
  /** By the names of the kernel's bindings. */
  readonly buffers: Readonly<Record<string, BufferRef>>;
  readonly groups: readonly [number, number];
  readonly layer: string;
  readonly shape: readonly number[];
  readonly flops?: number;
}

export class Builder {
  readonly dispatches: Dispatch[] = [];
  readonly buffers: PlanBuffer[] = [];
  readonly stored = new Map<Segment, Stored>();
  /** The moments of the parts of stored tensors, where a norm can use them. */
  readonly sums = new Map<PlanBuffer, Left>();
  /** First pack in the arena of responses, by segment. */
  readonly responses = new Map<Segment, number>();
  /** Entries of the meter arena, by measured segment. */
  readonly meters = new Map<Segment, { readonly first: number; readonly parts: number }>();
  /** Partial gradients, by parameter. */
  readonly partials = new Map<number, { readonly first: number; readonly splits: number; readonly stride: number }>();
  readonly arenaPacks: Partial<Record<ArenaName, number>> = {};

  constructor(
    readonly images: number,
    readonly tuning: Tuning,
    readonly layout: ParameterLayout,
    /** For listings. */
    readonly nameOf: (segment: Segment) => string,
    /** Of the `drop` nodes. */
    private readonly drops: ReadonlyMap<NodeId, BufferRef>,
    /** Whether these draw what they keep, as in training; else they give their expectation. */
    readonly draws: boolean,
  ) {}

  buffer(label: string, packs: number): PlanBuffer {
    const buffer = { id: this.buffers.length, label, bytes: Math.max(1, packs) * 16 };
    this.buffers.push(buffer);
    return buffer;
  }

  /** Of a segment's shape, for all images. */
  activations(label: string, shape: Segment['shape']): PlanBuffer {
    const [rows, columns, channels] = shape;
    return this.buffer(label, this.images * rows * columns * packsOf(channels));
  }

  /** A new part of an arena. @returns its first pack */
  reserve(name: ArenaName, packs: number): number {
    const first = this.arenaPacks[name] ?? 0;
    this.arenaPacks[name] = first + aligned(packs);
    return first;
  }

  dispatch({ kernel, buffers, groups, layer, shape, flops = 0 }: Work): void {
    const ordered = kernel.bindings.map(({ name }) => {
      const buffer = buffers[name];
      if (buffer === undefined) throw new RangeError(`${kernel.name} has no buffer for ${name}`);
      return buffer;
    });
    this.dispatches.push({ kernel, buffers: ordered, groups, layer, shape, flops });
  }

  region(id: number): Region {
    const region = this.layout.regions[id];
    if (region === undefined) throw new RangeError(`no parameter ${id}`);
    return region;
  }

  parameter(id: number): BufferRef {
    const { first, packs } = this.region(id);
    return partOfArena('parameters', first, packs);
  }

  /** Part of the arena of partial gradients: `splits` of them, each as large as the parameter. */
  partial(id: number, splits: number): BufferRef {
    const { packs } = this.region(id);
    const first = this.reserve('partial', packs * splits);
    this.partials.set(id, { first, splits, stride: packs });
    return partOfArena('partial', first, packs * splits);
  }

  drop(node: NodeId): BufferRef {
    const entry = this.drops.get(node);
    if (entry === undefined) throw new RangeError(`node ${node} drops nothing`);
    return entry;
  }

  storedOf(segment: Segment): Stored {
    const stored = this.stored.get(segment);
    if (stored === undefined) throw new RangeError(`${this.nameOf(segment)} is read before it is made`);
    return stored;
  }

  norm(segment: Segment): BufferRef {
    const { normNode, shape } = segment;
    if (normNode === null) throw new RangeError(`${this.nameOf(segment)} has no norm`);
    return partOfArena('norms', this.normFirst(segment), 4 * packsOf(shape[2]));
  }

  private readonly normFirsts = new Map<Segment, number>();

  private normFirst(segment: Segment): number {
    const known = this.normFirsts.get(segment);
    if (known !== undefined) return known;
    const first = this.reserve('norms', 4 * packsOf(segment.shape[2]));
    this.normFirsts.set(segment, first);
    return first;
  }

  /** What the reader of a segment binds under `name`, and how it reads. */
  reading(segment: Segment, name: string): { value: Value; buffers: Record<string, BufferRef> } {
    const { raw, output, value } = this.storedOf(segment);
    if (output) return { value: plainValue(value.channels), buffers: { [name]: inPlan(output) } };
    const norm = value.normalized ? { [`${name}Norm`]: this.norm(segment) } : {};
    return { value, buffers: { [name]: inPlan(raw), ...norm } };
  }

  /**
   * @param borrowed bytes of the arenas that are not reserved here
   * @param forwards dispatches of the way forwards, where one backwards follows
   */
  plan(logits: PlanBuffer, borrowed: BorrowedBytes, forwards: number | null = null): Plan {
    const arenas = Object.fromEntries(Object.entries(this.arenaPacks).map(([name, packs]) => [name, packs * 16]));
    return {
      images: this.images,
      dispatches: this.dispatches,
      buffers: this.buffers,
      arenas,
      borrowed,
      norms: Array.from(this.normFirsts, ([{ normNode, shape }, first]) => ({
        node: normNode ?? 0,
        first,
        channels: shape[2],
      })).sort((a, b) => a.node - b.node),
      logits,
      forwards,
    };
  }
}

export function inPlan(buffer: PlanBuffer): BufferRef {
  return { kind: 'plan', buffer };
}

export function plainValue(channels: number): Value {
  return { channels, normalized: false, activation: 'linear' };
}

export function pixelsOf({ shape: [rows, columns] }: Pick<Segment, 'shape'>): number {
  return rows * columns;
}

/** Multiplications and additions of a conv or dense segment for one image, in one direction. */
export function productFlops(segment: Segment): number {
  const { op, shape, inputs } = segment;
  const from = inputs[0]?.segment.shape ?? [1, 1, 1];
  const fanIn = op.kind === 'conv' ? op.kernel ** 2 * from[2] : elements(from);
  return 2 * elements(shape) * fanIn;
}
