/**
 * Pools of 2×2 pixels, stride 2, forwards and backwards, and the global average. Passes over the pooled map: over all whole windows at once, and
 * over those that overhang an odd edge, which have fewer pixels, by themselves.
 */
import type { Shape } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Code, f32x4, get, type Local, set, v128 } from '../assembler/code.ts';
import { Elementwise, type Stream } from './elementwise.ts';
import type { Kernel, KernelCall, Place } from './kernel.ts';
import { multiplyAdd } from './product.ts';
import { activated, perNormed, readValue, type Value, type Values } from './values.ts';

type Kind = 'maxPool' | 'averagePool';

/** Windows of one kind: where they begin in the pooled map, how many there are, and which of their pixels exist. */
interface Windows {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly pixels: readonly (readonly [number, number])[];
}

function windows([rows, columns]: Shape): Windows[] {
  const spans = (side: number) => [
    { at: 0, count: Math.floor(side / 2), pixels: [0, 1] },
    { at: Math.floor(side / 2), count: side % 2, pixels: [0] },
  ];
  return spans(rows)
    .flatMap((down) =>
      spans(columns).map((across) => ({
        row: down.at,
        column: across.at,
        rows: down.count,
        columns: across.count,
        pixels: down.pixels.flatMap((y) => across.pixels.map((x) => [y, x] as const)),
      })),
    )
    .filter((each) => each.rows > 0 && each.columns > 0);
}

const moved = (place: Place, bytes: number): Place =>
  place.kind === 'buffer' || place.kind === 'whole' || place.kind === 'scratch'
    ? { ...place, offset: place.offset + bytes }
    : place;

/** A pass over some windows, and what it needs of the larger map. */
function passOver(kernel: Kernel, from: Shape, part: Windows) {
  const packs = packsOf(from[2]);
  const pixel = 16 * packs;
  const row = from[1] * pixel;
  const pass = new Elementwise(kernel, { rows: part.rows, columns: part.columns, packs }, 2);
  const steps = { row: 2 * row, column: 2 * pixel, group: 16 * pass.group };
  const start = 2 * (part.row * row + part.column * pixel);
  const offsets = part.pixels.map(([y, x]) => y * row + x * pixel);
  const pooledColumns = Math.ceil(from[1] / 2);
  const pooled = (place: Place): Stream =>
    pass.stream(moved(place, (part.row * pooledColumns + part.column) * pixel), pass.dense(packs, pooledColumns));
  return { pass, steps, start, offsets, pooled };
}

/** Reads the pixels of a window. */
function members(over: ReturnType<typeof passOver>, value: Value): Values[] {
  const { pass, steps, start, offsets } = over;
  const stored = pass.stream(moved(value.place, start), steps);
  const packs = packsOf(value.shape[2]);
  const norm = value.norm;
  const [slope, intercept] =
    norm === null ? [null, null] : [perNormed(pass, norm, 'slope', packs), perNormed(pass, norm, 'intercept', packs)];
  return offsets.map((offset) => {
    const raw: Values = (spot) => stored.load(spot, offset);
    const read: Values =
      slope && intercept
        ? (spot) => multiplyAdd(pass.kernel.fma, slope(spot.pack), raw(spot), intercept(spot.pack))
        : raw;
    return activated(pass, read, value.activation);
  });
}

export function pool(kernel: Kernel, kind: Kind, value: Value, result: Place): KernelCall {
  const codes = windows(value.shape).map((part) => {
    const over = passOver(kernel, value.shape, part);
    const read = members(over, value);
    const out = over.pooled(result);
    return over.pass.emit((spot) => {
      const [first = [], ...others] = read.map((each) => each(spot));
      const joined = others.reduce((a, b) => (kind === 'maxPool' ? f32x4.pmax(b, a) : f32x4.add(a, b)), first);
      return out.store(spot, kind === 'maxPool' ? joined : f32x4.mul(joined, f32x4.const(1 / read.length)));
    });
  });
  return kernel.finished([kind, value], () => codes);
}

/** The gradient by what is pooled: to the first of the largest, or an equal share to each. */
export function poolGradient(kernel: Kernel, kind: Kind, value: Value, gradient: Place, result: Place): KernelCall {
  const { fn } = kernel;
  const vector = () => fn.local('v128');
  const [dy, largest, taken, mine] = [vector(), vector(), vector(), vector()] as [Local, Local, Local, Local];
  const values = [0, 1, 2, 3].map(vector);
  const codes = windows(value.shape).map((part) => {
    const over = passOver(kernel, value.shape, part);
    const read = kind === 'maxPool' ? members(over, value) : [];
    const dys = over.pooled(gradient);
    const out = over.pass.stream(moved(result, over.start), over.steps);
    return over.pass.emit((spot): Code => {
      if (kind === 'averagePool') {
        const share = f32x4.mul(dys.load(spot), f32x4.const(1 / over.offsets.length));
        return [set(dy, share), over.offsets.map((offset) => out.store(spot, get(dy), offset))];
      }
      const all = read.map((each, i) => set(values[i] as Local, each(spot)));
      const most = values
        .slice(0, read.length)
        .map(get)
        .reduce((a, b) => f32x4.pmax(b, a));
      return [
        set(dy, dys.load(spot)),
        all,
        set(largest, most),
        set(taken, v128.zero),
        over.offsets.map((offset, i) => [
          // Not smaller than the largest, and none before it was.
          set(mine, v128.andnot(f32x4.ge(get(values[i] as Local), get(largest)), get(taken))),
          set(taken, v128.or(get(taken), get(mine))),
          out.store(spot, v128.and(get(dy), get(mine)), offset),
        ]),
      ];
    });
  });
  return kernel.finished([kind, value], () => codes);
}

/** The mean of each channel over the map. */
export function globalAverage(kernel: Kernel, value: Value, result: Place): KernelCall {
  const [rows, columns, channels] = value.shape;
  const pass = new Elementwise(kernel, { rows, columns, packs: packsOf(channels) }, 4);
  const read = readValue(pass, value);
  const store = pass.results(result, 16);
  const share = f32x4.const(1 / (rows * columns));
  const sums = pass.sums((sum) =>
    Array.from({ length: pass.group }, (_, pack) => store(pack, f32x4.mul(sum(pack), share))),
  );
  return kernel.finished(value, () =>
    pass.emit((spot) => {
      const sum = sums[spot.pack] as Local;
      return set(sum, f32x4.add(get(sum), read(spot)));
    }),
  );
}
