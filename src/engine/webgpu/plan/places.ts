/** Where everything is that a plan's kernels read and write: a buffer each for tensors, parts of arenas for what outlives a step. */
import type { NetworkGraph } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import { aligned, type ParameterLayout, parameterLayout, type Region } from '../../plan/parameterLayout.ts';
import type { Ref, Tensor } from '../../plan/refs.ts';
import type { Bound } from '../kernels/wgsl.ts';
import {
  type ArenaBytes,
  type ArenaName,
  type BufferRef,
  type PlanBuffer,
  partOfArena,
  wholeArena,
} from './buffers.ts';
import { dropPlaces } from './drops.ts';

export class Places {
  readonly buffers: PlanBuffer[] = [];
  readonly layout: ParameterLayout;
  /** Of each parameter: how many gradients of a share of the minibatch there are, which are added at the end, and packs from one to the next. */
  readonly partials = new Map<number, { readonly first: number; readonly count: number; readonly stride: number }>();
  private readonly arenaPacks: Partial<Record<ArenaName, number>> = {};
  private readonly made = new Map<Tensor, PlanBuffer>();
  private readonly reserved = new Map<string, { readonly first: number; readonly packs: number }>();
  /** Into how many parts, and how many numbers of a channel in each, what writes a tensor is divided. */
  private readonly parts = new Map<Tensor, { readonly parts: number; readonly size: number }>();
  private readonly drops: ReturnType<typeof dropPlaces>;

  constructor(
    graph: NetworkGraph,
    private readonly images: number,
    private readonly networks: number,
  ) {
    this.layout = parameterLayout(graph);
    this.drops = dropPlaces(graph, networks);
  }

  get arenas(): ArenaBytes {
    return Object.fromEntries(Object.entries(this.arenaPacks).map(([name, packs]) => [name, packs * 16]));
  }

  /** @param packs of one network */
  buffer(label: string, packs: number): PlanBuffer {
    const buffer = { id: this.buffers.length, label, bytes: this.networks * Math.max(1, packs) * 16 };
    this.buffers.push(buffer);
    return buffer;
  }

  bufferOf(tensor: Tensor): PlanBuffer {
    const known = this.made.get(tensor);
    if (known) return known;
    const entries = { image: this.images, part: this.parts.get(tensor)?.parts ?? 0, run: 1 };
    const made = this.buffer(tensor.label, Math.ceil(tensor.packs * entries[tensor.per]));
    this.made.set(tensor, made);
    return made;
  }

  /** Where a part of an arena is, and packs of one network: theirs lie behind each other. */
  placeOf(name: string): { readonly first: number; readonly packs: number } {
    const place = this.reserved.get(name);
    if (!place) throw new RangeError(`nothing has made ${name}`);
    return place;
  }

  bound(ref: Bound): BufferRef {
    if ('kind' in ref) return ref;
    switch (ref.in) {
      case 'tensor':
        return { kind: 'plan', buffer: this.bufferOf(ref.tensor) };
      case 'data':
        return wholeArena(ref.name, ref.name === 'indices' ? 4 * this.images : null);
      case 'parameter': {
        const { first, packs } = this.region(ref.id);
        return partOfArena('parameters', this.networks * first, this.networks * packs);
      }
      case 'drop': {
        const place = this.drops.get(ref.node);
        if (!place) throw new RangeError(`node ${ref.node} drops nothing`);
        return place;
      }
      case 'partialGradient':
        return this.part('partial', `partial ${ref.id}`);
      case 'stats':
        return this.part('stats', `stats ${ref.node}`);
      case 'norm':
        return this.part('norms', `norm ${ref.node}`);
      case 'response':
        return this.reserve('response', `response ${ref.node}`, 2 * packsOf(ref.channels));
    }
  }

  region(id: number): Region {
    const region = this.layout.regions[id];
    if (region === undefined) throw new RangeError(`no parameter ${id}`);
    return region;
  }

  /** A new part of an arena. @param packs of one network */
  reserve(arena: ArenaName, name: string, packs: number): BufferRef {
    const first = this.arenaPacks[arena] ?? 0;
    this.arenaPacks[arena] = first + aligned(this.networks * packs);
    this.reserved.set(name, { first, packs });
    return this.part(arena, name);
  }

  private part(arena: ArenaName, name: string): BufferRef {
    const { first, packs } = this.placeOf(name);
    return partOfArena(arena, first, this.networks * packs);
  }

  /** Says in how many parts a kernel leaves what it writes. @param size numbers of a channel in a part, but for the last */
  divided(ref: Ref | null, parts: number, size: number): void {
    if (ref?.in === 'tensor') this.parts.set(ref.tensor, { parts, size });
  }

  /** Into how many parts of which size what makes a tensor is divided. */
  partsOf(ref: Ref): { readonly parts: number; readonly size: number } {
    const found = ref.in === 'tensor' ? this.parts.get(ref.tensor) : undefined;
    if (!found) throw new RangeError('a sum of parts that nobody makes');
    return found;
  }

  /** Room for so many partial gradients. @returns packs from one to the next */
  partial(ref: Ref, count: number): number {
    if (ref.in !== 'partialGradient') throw new RangeError('a gradient that is not partial');
    const { packs } = this.region(ref.id);
    this.reserve('partial', `partial ${ref.id}`, packs * count);
    this.partials.set(ref.id, { first: this.placeOf(`partial ${ref.id}`).first, count, stride: packs });
    return packs;
  }
}

export function tensorOf(ref: Ref): Tensor | null {
  return ref.in === 'tensor' ? ref.tensor : null;
}
