/**
 * dz, the gradient by what a segment stores, from that by its norm's output; on the way it is measured and staged for the products that need it:
 * dz = slope · (g − mean of g − (z − mean) · along). An elementwise pass.
 *
 * WebAssembly cannot flush denormal numbers to zero, and some processors take a hundred times as long for each: what is below the smallest normal
 * number is taken for 0, as GPUs do.
 */
import type { Shape } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import { type Code, f32x4, f64x2, get, type Local, set, tee, upper, v128 } from '../assembler/code.ts';
import { Elementwise } from './elementwise.ts';
import type { Kernel, KernelCall, Place } from './kernel.ts';
import { clearBorder, type Staged, stagedRow, stagedStart } from './stage.ts';
import { perNormed } from './values.ts';

const SMALLEST_NORMAL = 2 ** -126;

export interface StageGradient {
  readonly shape: Shape;
  readonly gradient: Place;
  /** The norm to go through, and what it read. */
  readonly norm: { readonly address: number; readonly z: Place } | null;
  /** A gradient to add behind it, which comes to the same place by another way. */
  readonly addend: Place | null;
  /** Scratch memory for the products; null where there are none. */
  readonly staged: Staged | null;
  /** Where dz is kept besides; may be `gradient`. */
  readonly stored: Place | null;
  /** Where one image's Σ dz² goes, two doubles. */
  readonly squares: Place | null;
  /** Where one image's Σ dz goes, a pack of channels each. */
  readonly bias: Place | null;
}

export function stageGradient(kernel: Kernel, what: StageGradient): KernelCall {
  const [rows, columns, channels] = what.shape;
  const pass = new Elementwise(kernel, { rows, columns, packs: packsOf(channels) }, 2);
  const { fn } = kernel;
  const base = what.staged && kernel.pointer({ kind: 'scratch', offset: what.staged.offset });
  const gradient = pass.stream(what.gradient);
  const through = what.norm && normed(pass, what.norm);
  const addend = what.addend && pass.stream(what.addend);
  const bias = what.bias && biasSums(pass, what.bias);
  const stored = what.stored && pass.stream(what.stored);
  const staged =
    what.staged &&
    pass.stream(
      { kind: 'scratch', offset: stagedStart(what.staged) },
      { row: stagedRow(what.staged), column: what.staged.pixel, group: 16 * pass.group },
    );
  const squares = what.squares && kernel.pointer(what.squares);
  const [dz, half, low, high] = [fn.local('v128'), fn.local('v128'), fn.local('v128'), fn.local('v128')];
  const square = (sum: Local, part: Code): Code =>
    set(sum, f64x2.add(get(sum), f64x2.mul(tee(half, f64x2.promote(part)), get(half))));
  const body = () =>
    pass.emit((spot) => {
      const g = gradient.load(spot);
      const made = through ? through(g, spot) : g;
      return [
        set(dz, addend ? f32x4.add(made, addend.load(spot)) : made),
        squares ? [square(low, get(dz)), square(high, upper(get(dz)))] : [],
        set(dz, v128.andnot(get(dz), f32x4.lt(f32x4.abs(get(dz)), f32x4.const(SMALLEST_NORMAL)))),
        bias ? bias(get(dz), spot.pack) : [],
        stored ? stored.store(spot, get(dz)) : [],
        staged ? staged.store(spot, get(dz)) : [],
      ];
    });
  return kernel.finished(what, () => [
    base && what.staged ? clearBorder(kernel, base, what.staged) : [],
    squares ? [set(low, v128.zero), set(high, v128.zero)] : [],
    body(),
    squares ? v128.store(get(squares), f64x2.add(get(low), get(high))) : [],
  ]);
}

function normed(pass: Elementwise, { address, z }: NonNullable<StageGradient['norm']>) {
  const stored = pass.stream(z);
  const [mean, slope, gradientMean, along] = (['mean', 'slope', 'gradientMean', 'gradientAlong'] as const).map((part) =>
    perNormed(pass, address, part),
  ) as [
    ReturnType<typeof perNormed>,
    ReturnType<typeof perNormed>,
    ReturnType<typeof perNormed>,
    ReturnType<typeof perNormed>,
  ];
  return (g: Code, spot: Parameters<typeof stored.load>[0]): Code =>
    f32x4.mul(
      slope(spot.pack),
      f32x4.sub(
        f32x4.sub(g, gradientMean(spot.pack)),
        f32x4.mul(f32x4.sub(stored.load(spot), mean(spot.pack)), along(spot.pack)),
      ),
    );
}

function biasSums(pass: Elementwise, place: Place) {
  const store = pass.results(place, 16);
  const sums = pass.sums((sum) => Array.from({ length: pass.group }, (_, pack) => store(pack, sum(pack))));
  return (dz: Code, pack: number): Code => {
    const sum = sums[pack] as Local;
    return set(sum, f32x4.add(get(sum), dz));
  };
}
