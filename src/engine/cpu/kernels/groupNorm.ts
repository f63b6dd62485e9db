/**
 * Group norm of an image, forwards and backwards: elementwise passes over the map, and between them loops over the channels of its groups, which are
 * neighbours in memory.
 */
import type { Shape } from '../../../network/graph.ts';
import { NORM_EPSILON } from '../../../ops/batchNorm/op.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Code, f32, f32x4, get, type Local, set, v128 } from '../assembler/code.ts';
import { Elementwise } from './elementwise.ts';
import type { Kernel, KernelCall, Place } from './kernel.ts';
import { nest } from './nest.ts';

/** Bytes of what is kept of an image: two packs for each pack of channels. */
export function groupNormBytes(channels: number): number {
  return 32 * packsOf(channels);
}

interface GroupNormed {
  readonly shape: Shape;
  readonly groups: number;
}

/** Replaces the sums over each channel by the mean over its group. @param at where the image's sums begin, a float a channel */
function ofGroups(kernel: Kernel, { shape: [rows, columns, channels], groups }: GroupNormed, at: Local): Code {
  const { fn } = kernel;
  const size = channels / groups;
  const [sum, value] = [fn.local('f32'), get(at)];
  const channel = [{ count: size, steps: [[at, 4]] as const }];
  return nest(
    fn,
    [{ count: groups, steps: [[at, 4 * size]] }],
    [
      set(sum, f32.const(0)),
      nest(fn, channel, set(sum, f32.add(get(sum), f32.load(value)))),
      set(sum, f32.mul(get(sum), f32.const(1 / (rows * columns * size)))),
      nest(fn, channel, f32.store(value, get(sum))),
    ],
  );
}

/** A pass over the map that adds vectors, and stores a sum a pack of each. @param results where, of each sum */
function summing(kernel: Kernel, [rows, columns, channels]: Shape) {
  const pass = new Elementwise(kernel, { rows, columns, packs: packsOf(channels) }, 2);
  const sum = (result: Place, stored: (sum: Code, pack: number) => Code = (value) => value) => {
    const store = pass.results(result, 16);
    const sums = pass.sums((of) =>
      Array.from({ length: pass.group }, (_, pack) => store(pack, stored(of(pack), pack))),
    );
    return (pack: number, value: Code): Code => {
      const local = sums[pack] as Local;
      return set(local, f32x4.add(get(local), value));
    };
  };
  return { pass, sum };
}

const moved = (place: Place, bytes: number): Place =>
  place.kind === 'buffer' || place.kind === 'whole' ? { ...place, offset: place.offset + bytes } : place;

/** @param statistics where the means and the inverse standard deviations of the image's channels go, of `groupNormBytes` */
export function groupNorm(
  kernel: Kernel,
  about: GroupNormed,
  x: Place,
  affine: { readonly scale: Place; readonly shift: Place },
  result: Place,
  statistics: Place,
): KernelCall {
  const { shape } = about;
  const packs = packsOf(shape[2]);
  const inverse = moved(statistics, 16 * packs);
  const { fn } = kernel;

  const first = summing(kernel, shape);
  const [readFirst, total] = [first.pass.stream(x), first.sum(statistics)];

  const second = summing(kernel, shape);
  const [readSecond, meanSecond] = [second.pass.stream(x), second.pass.perChannel(statistics)];
  const [squares, off] = [second.sum(inverse), fn.local('v128')];

  const { pass } = summing(kernel, shape);
  const [read, out] = [pass.stream(x), pass.stream(result)];
  const [mean, inverseStd] = [pass.perChannel(statistics), pass.perChannel(inverse)];
  const [scale, shift] = [pass.perChannel(affine.scale), pass.perChannel(affine.shift)];

  const [means, variances] = [kernel.pointer(statistics), kernel.pointer(inverse)];
  const deviation = f32x4.sqrt(f32x4.add(v128.load(get(variances)), f32x4.const(NORM_EPSILON)));
  return kernel.finished(about, () => [
    first.pass.emit((spot) => total(spot.pack, readFirst.load(spot))),
    ofGroups(kernel, about, means),
    second.pass.emit((spot) => [
      set(off, f32x4.sub(readSecond.load(spot), meanSecond(spot.pack))),
      squares(spot.pack, f32x4.mul(get(off), get(off))),
    ]),
    ofGroups(kernel, about, variances),
    nest(
      fn,
      [{ count: packs, steps: [[variances, 16]] }],
      v128.store(get(variances), f32x4.div(f32x4.const(1), deviation)),
    ),
    pass.emit((spot) => {
      const hat = f32x4.mul(f32x4.sub(read.load(spot), mean(spot.pack)), inverseStd(spot.pack));
      return out.store(spot, f32x4.add(f32x4.mul(hat, scale(spot.pack)), shift(spot.pack)));
    }),
  ]);
}

/**
 * @param gradient by the output
 * @param parts where the image's gradients by scale and shift go, a pack each
 * @param taken memory of `groupNormBytes`, for an image
 */
export function groupNormGradient(
  kernel: Kernel,
  about: GroupNormed,
  gradient: Place,
  x: Place,
  statistics: Place,
  scale: Place,
  result: Place,
  parts: { readonly scale: Place; readonly shift: Place } | null,
  taken: Place,
): KernelCall {
  const { shape } = about;
  const packs = packsOf(shape[2]);
  const { fn } = kernel;
  /** What a pass reads, and (x − mean) / deviation. */
  const reading = (pass: Elementwise) => {
    const [dy, stored] = [pass.stream(gradient), pass.stream(x)];
    const [mean, inverseStd] = [pass.perChannel(statistics), pass.perChannel(moved(statistics, 16 * packs))];
    const factor = pass.perChannel(scale);
    const hat = (spot: Parameters<typeof stored.load>[0]) =>
      f32x4.mul(f32x4.sub(stored.load(spot), mean(spot.pack)), inverseStd(spot.pack));
    return { dy, hat, inverseStd, factor };
  };

  const sums = summing(kernel, shape);
  const read = reading(sums.pass);
  const scaled = (sum: Code, pack: number) => f32x4.mul(sum, read.factor(pack));
  const adding = [
    { all: sums.sum(taken, scaled), along: sums.sum(moved(taken, 16 * packs), scaled) },
    ...(parts ? [{ all: sums.sum(parts.shift), along: sums.sum(parts.scale) }] : []),
  ];

  const { pass } = summing(kernel, shape);
  const { dy, hat, inverseStd, factor } = reading(pass);
  const [taken1, takenHat] = [pass.perChannel(taken), pass.perChannel(moved(taken, 16 * packs))];
  const out = pass.stream(result);
  const [all, along] = [kernel.pointer(taken), kernel.pointer(moved(taken, 16 * packs))];
  const g = fn.local('v128');
  return kernel.finished([about, parts !== null], () => [
    sums.pass.emit((spot) => [
      set(g, read.dy.load(spot)),
      adding.map((each) => each.all(spot.pack, get(g))),
      set(g, f32x4.mul(get(g), read.hat(spot))),
      adding.map((each) => each.along(spot.pack, get(g))),
    ]),
    ofGroups(kernel, about, all),
    ofGroups(kernel, about, along),
    pass.emit((spot) => [
      set(g, f32x4.sub(f32x4.mul(dy.load(spot), factor(spot.pack)), taken1(spot.pack))),
      set(g, f32x4.sub(get(g), f32x4.mul(hat(spot), takenHat(spot.pack)))),
      out.store(spot, f32x4.mul(get(g), inverseStd(spot.pack))),
    ]),
  ]);
}
