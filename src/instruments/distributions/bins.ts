/** The bins that the histograms of all layers share, so that rows of a heat map can be compared. */

import type { ValueAxis } from '../../plot/axis.ts';
import { type Bins, binned, decadesOf, type Histogram, linearBins, magnitudeBins, smallestRange } from './histogram.ts';

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
