/**
 * Passes over the packs of a map, from which all kernels but products are made. A stream is what is read or written along with the
 * pass, each with steps of its own: a map of the same shape, one with a border, every second pixel of a larger one, or one number a channel.
 *
 * Tiling: a group of up to four packs of every pixel at a time, the groups one after the other, so that what belongs to channels
 * (slopes, sums) stays in registers for a whole map; maps of few channels are one loop over all that is in memory, unrolled.
 */
import { type Code, get, type Local, set, v128 } from '../assembler/code.ts';
import type { Kernel, Place } from './kernel.ts';
import { nest } from './nest.ts';

/** Bytes from one row, pixel and group to the next. */
export interface Steps {
  readonly row: number;
  readonly column: number;
  readonly group: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly packs: number;
}

/** Of what is unrolled: which pack of the group, and which pixel. */
export interface Spot {
  readonly pack: number;
  readonly pixel: number;
}

export interface Stream {
  load(spot: Spot, offset?: number): Code;
  store(spot: Spot, value: Code, offset?: number): Code;
}

/** A vector a pack of the group, in registers. */
export type PackVectors = (pack: number) => Code;

/** Vectors that one turn of a loop deals with, at most. */
const UNROLLED = 4;

export class Elementwise {
  readonly group: number;
  private readonly streams: { readonly pointer: Local; readonly steps: Steps }[] = [];
  private readonly before: Code[] = [];
  private readonly behind: Code[] = [];

  /** @param most packs of a group; all packs where they are to be told apart */
  constructor(
    readonly kernel: Kernel,
    readonly extent: Extent,
    most: number,
  ) {
    let group = Math.min(most, extent.packs);
    while (extent.packs % group !== 0) group--;
    this.group = group;
  }

  get groups(): number {
    return this.extent.packs / this.group;
  }

  /** Steps of a map that has the pass's columns, and so many packs. */
  dense(packs = this.extent.packs, columns = this.extent.columns): Steps {
    return { row: 16 * packs * columns, column: 16 * packs, group: 16 * this.group };
  }

  stream(place: Place, steps: Steps = this.dense()): Stream {
    const pointer = this.counter(place, steps);
    const offsetOf = ({ pack, pixel }: Spot) => 16 * pack + pixel * steps.column;
    return {
      load: (spot, offset = 0) => v128.load(get(pointer), offset + offsetOf(spot)),
      store: (spot, value, offset = 0) => v128.store(get(pointer), value, offset + offsetOf(spot)),
    };
  }

  /** A pointer or a number that advances with the pass. */
  counter(place: Place, steps: Steps): Local {
    const pointer = this.kernel.pointer(place);
    this.streams.push({ pointer, steps });
    return pointer;
  }

  /** One vector a channel pack, loaded before each group. @param offset in bytes, behind the place */
  perChannel(place: Place, offset = 0): PackVectors {
    const pointer = this.counter(place, { row: 0, column: 0, group: 16 * this.group });
    const vectors = Array.from({ length: this.group }, (_, pack) => {
      const vector = this.kernel.fn.local('v128');
      this.before.push(set(vector, v128.load(get(pointer), offset + 16 * pack)));
      return vector;
    });
    return (pack) => get(vectors[pack] as Local);
  }

  /**
   * Sums over the map, a vector a pack.
   * @param behind what becomes of them after each group
   */
  sums(behind: (sum: PackVectors) => Code): readonly Local[] {
    const vectors = Array.from({ length: this.group }, () => this.kernel.fn.local('v128'));
    this.before.push(vectors.map((vector) => set(vector, v128.zero)));
    this.behind.push(behind((pack) => get(vectors[pack] as Local)));
    return vectors;
  }

  /** Where sums go: an entry of so many bytes for each pack. */
  results(place: Place, bytes: number): (pack: number, value: Code, offset?: number) => Code {
    const pointer = this.counter(place, { row: 0, column: 0, group: bytes * this.group });
    return (pack, value, offset = 0) => v128.store(get(pointer), value, offset + bytes * pack);
  }

  atStart(code: Code): void {
    this.before.push(code);
  }

  atEnd(code: Code): void {
    this.behind.push(code);
  }

  /** @param body for one pack of one pixel; leaves nothing */
  emit(body: (spot: Spot) => Code): Code {
    const { rows, columns } = this.extent;
    const flat = this.streams.every(({ steps }) => steps.row === columns * steps.column);
    const across = flat ? rows * columns : columns;
    let pixels = Math.max(1, Math.min(across, Math.floor(UNROLLED / this.group)));
    while (across % pixels !== 0) pixels--;
    const steps = (of: (steps: Steps) => number) => this.streams.map((each) => [each.pointer, of(each.steps)] as const);
    const spots = Array.from({ length: pixels * this.group }, (_, i) => ({
      pixel: Math.floor(i / this.group),
      pack: i % this.group,
    }));
    const inner = { count: across / pixels, steps: steps(({ column }) => column * pixels) };
    const outer = { count: flat ? 1 : rows, steps: steps(({ row }) => row) };
    const { fn } = this.kernel;
    const pass = nest(fn, [outer, inner], spots.map(body));
    return nest(fn, [{ count: this.groups, steps: steps(({ group }) => group) }], [this.before, pass, this.behind]);
  }
}
