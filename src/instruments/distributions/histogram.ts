/** The bins that the histograms of all layers share, so that rows of a heat map can be compared. */
import type { ValueAxis } from '../../plot/axis.ts';

/**
 * Histograms that can be compared over layers whatever the layers hold. Values are counted once, finely, in equal bins over a
 * reach that is a power of two, so that the bins of different layers nest: they can be put together again, exactly, in the
 * wider bins of a range that all layers share. Beside that they are counted by magnitude, since gradients
 * may span ten decades. Exact zeros, which ReLU makes many of, are in neither.
 */

/** Fine bins over −reach … reach; a power of two. */
const FINE_BINS = 2048;
/** Bins of a magnitude's decade. */
const BINS_PER_DECADE = 4;
/** Float32 has magnitudes from 1.4·10⁻⁴⁵ to 3.4·10³⁸. */
const LOWEST_POWER = -45;
const HIGHEST_POWER = 39;

export interface Histogram {
  /** Values counted. */
  readonly count: number;
  /** Those that are exactly 0. */
  readonly zeros: number;
  /** Those that are NaN or infinite. */
  readonly notFinite: number;
  /** The smallest power of two that no magnitude exceeds; 0 where all are 0. */
  readonly reach: number;
  /** All others, in equal bins over −reach … reach; each holds its lower edge, and the last its upper edge, too. */
  readonly fine: Uint32Array;
  /** The same by magnitude: bins from 10⁻⁴⁵ on, `BINS_PER_DECADE` of them a decade. */
  readonly magnitudes: Uint32Array;
}

/** Counts values; float32 numbers are binned exactly. */
export function histogramOf(values: ArrayLike<number>): Histogram {
  const reach = reachOf(values);
  const fine = new Uint32Array(FINE_BINS);
  const magnitudes = new Uint32Array((HIGHEST_POWER - LOWEST_POWER) * BINS_PER_DECADE);
  let [zeros, notFinite] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) notFinite++;
    else if (value === 0) zeros++;
    else {
      count(fine, FINE_BINS / 2 + Math.floor((value / reach) * (FINE_BINS / 2)));
      count(magnitudes, Math.floor((Math.log10(Math.abs(value)) - LOWEST_POWER) * BINS_PER_DECADE));
    }
  }
  return { count: values.length, zeros, notFinite, reach, fine, magnitudes };
}

function reachOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const magnitude = Math.abs(values[i] ?? 0);
    if (magnitude > largest && magnitude < Number.POSITIVE_INFINITY) largest = magnitude;
  }
  return largest === 0 ? 0 : 2 ** Math.ceil(Math.log2(largest));
}

function count(bins: Uint32Array, bin: number): void {
  const index = Math.min(bins.length - 1, Math.max(0, bin));
  bins[index] = (bins[index] ?? 0) + 1;
}

/** Values in equal bins over a range, and how many lie outside of it. */
export interface Binned {
  /** Of each bin in turn. */
  readonly counts: readonly number[];
  /** Below the first bin, and above the last. */
  readonly below: number;
  readonly above: number;
}

/** The bins that histograms share. */
export interface Bins {
  readonly kind: 'linear' | 'magnitude';
  /** Edges, one more than there are bins, ascending. */
  readonly edges: readonly number[];
}

/** Bins of a range, for linear ones. */
const LINEAR_BINS = 64;

/**
 * The smallest range that can be shared by histograms: a wider reach has fine bins wider than the range's own.
 * @param reach the widest
 * @param isSigned whether the range is to hold negative values, too
 */
export function smallestRange(reach: number, isSigned: boolean): number {
  return (reach * LINEAR_BINS * (isSigned ? 1 : 2)) / FINE_BINS;
}

/**
 * Equal bins over −range … range, or over 0 … range.
 * @param range a power of two, no smaller than `smallestRange`
 */
export function linearBins(range: number, isSigned: boolean): Bins {
  const from = isSigned ? -range : 0;
  const width = (range - from) / LINEAR_BINS;
  return { kind: 'linear', edges: Array.from({ length: LINEAR_BINS + 1 }, (_, i) => from + i * width) };
}

/** The whole decades from 10^`lowest` to 10^`highest`. */
export function magnitudeBins(lowest: number, highest: number): Bins {
  const bins = (highest - lowest) * BINS_PER_DECADE;
  const edges = Array.from({ length: bins + 1 }, (_, i) =>
    i % BINS_PER_DECADE === 0 ? Number(`1e${lowest + i / BINS_PER_DECADE}`) : 10 ** (lowest + i / BINS_PER_DECADE),
  );
  return { kind: 'magnitude', edges };
}

/** A histogram in the bins that it shares with others; without zeros and what is not finite. */
export function binned(histogram: Histogram, bins: Bins): Binned {
  return bins.kind === 'linear' ? inLinear(histogram, bins) : inMagnitudes(histogram, bins);
}

function inLinear({ fine, reach }: Histogram, { edges }: Bins): Binned {
  const [from = 0] = edges;
  const width = (edges[1] ?? 0) - from;
  return gathered(fine, edges.length - 1, (index) =>
    Math.floor(((index / (FINE_BINS / 2) - 1) * reach - from) / width),
  );
}

function inMagnitudes({ magnitudes }: Histogram, { edges }: Bins): Binned {
  const first = Math.round(Math.log10(edges[0] ?? 1) - LOWEST_POWER) * BINS_PER_DECADE;
  return gathered(magnitudes, edges.length - 1, (index) => index - first);
}

/** @param binOf where a fine bin belongs; below 0 and beyond the last is outside */
function gathered(fine: Uint32Array, bins: number, binOf: (index: number) => number): Binned {
  const counts = Array.from({ length: bins }, () => 0);
  let [below, above] = [0, 0];
  fine.forEach((amount, index) => {
    if (amount === 0) return;
    const bin = binOf(index);
    if (bin < 0) below += amount;
    else if (bin >= bins) above += amount;
    else counts[bin] = (counts[bin] ?? 0) + amount;
  });
  return { counts, below, above };
}

/** The powers of ten between which all magnitudes lie that have been counted; null where none was. */
export function decadesOf(histograms: readonly Histogram[]): readonly [lowest: number, highest: number] | null {
  const all = histograms.flatMap(({ magnitudes }) => {
    const first = magnitudes.findIndex((amount) => amount > 0);
    return first < 0 ? [] : [first, magnitudes.findLastIndex((amount) => amount > 0)];
  });
  if (all.length === 0) return null;
  const powerOf = (bin: number) => LOWEST_POWER + Math.floor(bin / BINS_PER_DECADE);
  return [powerOf(Math.min(...all)), powerOf(Math.max(...all)) + 1];
}

/** The bin of magnitudes in which their median lies, by its edges; null where none was counted. */
export function medianMagnitude({ magnitudes }: Histogram): readonly [from: number, to: number] | null {
  const all = magnitudes.reduce((sum, amount) => sum + amount, 0);
  let before = 0;
  const bin = magnitudes.findIndex((amount) => {
    before += amount;
    return before > 0 && before >= all / 2;
  });
  const edge = (index: number) => 10 ** (LOWEST_POWER + index / BINS_PER_DECADE);
  return bin < 0 ? null : [edge(bin), edge(bin + 1)];
}

/** Equal bins of values, or bins of magnitudes, four a decade. */
export const binScales = ['linear', 'magnitude'] as const;
export type BinScale = (typeof binScales)[number];

/** Share of a layer's values that the usual range may leave outside. */
const USUALLY_OUTSIDE = 0.01;
/** Of a magnitude axis; smaller magnitudes are counted, not drawn. */
const MOST_DECADES = 20;

/** Whether there are values below 0. */
export function isSigned(histograms: readonly Histogram[]): boolean {
  return histograms.some(({ fine }) => fine.subarray(0, fine.length / 2).some((count) => count > 0));
}

/** The ranges that linear bins can have, smallest first: powers of two, up to the one that holds all. */
export function rangesOf(histograms: readonly Histogram[]): readonly number[] {
  const reach = Math.max(0, ...histograms.map((each) => each.reach));
  if (reach === 0) return [1];
  const smallest = smallestRange(reach, isSigned(histograms));
  return Array.from({ length: 1 + Math.log2(reach / smallest) }, (_, power) => smallest * 2 ** power);
}

/** The smallest range that leaves no more than a hundredth of any histogram outside. */
export function usualRange(histograms: readonly Histogram[]): number {
  const ranges = rangesOf(histograms);
  const signed = isSigned(histograms);
  const holds = (range: number) =>
    histograms.every((each) => {
      const { below, above } = binned(each, linearBins(range, signed));
      return below + above <= USUALLY_OUTSIDE * each.count;
    });
  return ranges.find(holds) ?? ranges.at(-1) ?? 1;
}

/** Without the first and the last bins that hold nothing of any layer. */
function withoutEmptyEnds(bins: Bins, histograms: readonly Histogram[]): Bins {
  const all = histograms.map((each) => binned(each, bins).counts);
  const isFilled = (_: number, bin: number) => all.some((counts) => (counts[bin] ?? 0) > 0);
  const [first, last] = [bins.edges.findIndex(isFilled), bins.edges.findLastIndex(isFilled)];
  return first < 0 ? bins : { ...bins, edges: bins.edges.slice(first, last + 2) };
}

/** @param range of linear bins; the usual one where it is null, or too small or wide for what there is by now */
export function sharedBins(histograms: readonly Histogram[], scale: BinScale, range: number | null): Bins {
  if (scale === 'linear') {
    const isPossible = range !== null && rangesOf(histograms).includes(range);
    return withoutEmptyEnds(linearBins(isPossible ? range : usualRange(histograms), isSigned(histograms)), histograms);
  }
  const [lowest, highest] = decadesOf(histograms) ?? [-4, 0];
  return magnitudeBins(Math.max(lowest, highest - MOST_DECADES), highest);
}

/** The bins as the axis that they stand on. */
export function axisOf({ kind, edges }: Bins): ValueAxis {
  const [min = 0] = edges;
  return { kind: kind === 'linear' ? 'linear' : 'log', min, max: edges.at(-1) ?? 1 };
}
