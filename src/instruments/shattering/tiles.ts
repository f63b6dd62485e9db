/** What the pictures of a line and its gradients say, in colours, figures and words. */
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import { type Rgb, signedShade } from '../../plot/color.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import { cosine } from './autocorrelation.ts';
import type { LineNetwork } from './lags.ts';
import { LINE_POINTS, type ShatteringReport } from './report.ts';

const words = laterText.shattering.tiles;

/** A network with what was found of it. */
export interface ShatteredNetwork extends LineNetwork {
  readonly report: ShatteringReport;
}

function pixels(colors: readonly Rgb[]): Uint8ClampedArray<ArrayBuffer> {
  const data = new Uint8ClampedArray(4 * colors.length);
  colors.forEach((color, index) => {
    data.set([...color, 255], 4 * index);
  });
  return data;
}

type Pictures = Pick<ShatteringReport, 'line' | 'size'>;

/** Levels or gradients that each pixel of the line's pictures has: one, or one of each colour. */
function channelsOf({ line, size }: Pictures): number {
  return line.length / (LINE_POINTS * size * size);
}

/** The pictures of the line as RGBA. */
export function linePixels(report: Pictures): Uint8ClampedArray<ArrayBuffer> {
  const { line } = report;
  const channels = channelsOf(report);
  return pixels(
    Array.from({ length: line.length / channels }, (_, pixel): Rgb => {
      const [red = 0, green = red, blue = red] = line.subarray(pixel * channels, (pixel + 1) * channels);
      return [red, green, blue];
    }),
  );
}

/** Of each pixel, the sum over its colours: by how much the loss changes with its brightness. */
function summed(values: ArrayLike<number>, channels: number): number[] {
  return Array.from({ length: values.length / channels }, (_, pixel) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += values[pixel * channels + channel] ?? 0;
    return sum;
  });
}

/** Gradients as RGBA, each picture by itself: from its largest magnitude below 0 to the same above. */
export function gradientPixels(report: Pick<ShatteringReport, 'gradients'> & Pictures) {
  const area = report.size ** 2;
  const gradients = summed(report.gradients, channelsOf(report));
  const largest = Array.from({ length: gradients.length / area }, (_, point) =>
    gradients.slice(point * area, (point + 1) * area).reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  );
  return pixels(
    gradients.map((value, index) => {
      const most = largest[Math.floor(index / area)] ?? 0;
      return signedShade(most === 0 ? 0 : value / most);
    }),
  );
}

/** Length of the gradient at a point, and its cosine with the next one, where there is one. @param point counted from 0 */
function figuresAt(
  { products }: LineNetwork,
  point: number,
): { readonly length: string; readonly next: string | null } {
  const next = point + 1 < LINE_POINTS ? cosine(products, point, point + 1) : null;
  return {
    length: exact(Math.sqrt(products[point]?.[point] ?? Number.NaN)),
    next: next === null ? null : exact(next),
  };
}

/** The same in short. */
export function figuresText(network: LineNetwork, point: number): string {
  const { length, next } = figuresAt(network, point);
  return words.figures(length, next ?? text.charts.none);
}

export function phrasesAt(networks: readonly ShatteredNetwork[], point: number): string[] {
  return networks.map((network) => {
    const { length, next } = figuresAt(network, point);
    return words.phrase(network.name, length, next);
  });
}

export function pointText(point: number): string {
  return words.point(point + 1, LINE_POINTS, point / (LINE_POINTS - 1));
}

/** Over the line, how often each network's gradient turns by more than a right angle from a point to the next. */
export function summarySentence(networks: readonly ShatteredNetwork[]): string | null {
  const [first] = networks;
  if (!first) return null;
  const turns = networks.map(({ name, products }) => {
    const cosines = products.slice(1).map((_, index) => cosine(products, index, index + 1));
    const angles = cosines.filter((each) => each !== null && Number.isFinite(each));
    const turned = angles.filter((each) => each !== null && each < 0);
    return words.turns(name, turned.length, angles.length, cosines.length);
  });
  return words.summary(LINE_POINTS, first.report.ends, turns);
}

/** A row for every pixel of every point. */
export function tableOf(networks: readonly ShatteredNetwork[]): ChartTable {
  const columns = words.columns(networks.map(({ name }) => name));
  const [first] = networks;
  if (!first) return { columns, rows: [] };
  const { size, line } = first.report;
  const channels = channelsOf(first.report);
  const gradients = networks.map(({ report }) => summed(report.gradients, channels));
  return {
    columns,
    rows: summed(line, channels).map((level, index) => {
      const pixel = index % (size * size);
      return [
        Math.floor(index / (size * size)) + 1,
        Math.floor(pixel / size) + 1,
        (pixel % size) + 1,
        level / channels,
        ...gradients.map((each) => each[index] ?? null),
      ];
    }),
  };
}
