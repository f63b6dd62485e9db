/**
 * A network as the calls that a program makes to build it: the items of the stack with the channels that enter each, and
 * the steps in between that frameworks want to be told (flattening). The three languages write down the same plan.
 */
import { buildGraph } from '../network/build.ts';
import { costOf } from '../network/cost.ts';
import type { Shape } from '../network/graph.ts';
import { elements, strided } from '../network/shapes.ts';
import type { BareItem, ConvKind, ImageSize, NetworkSpec } from '../spec/experiment.ts';

export type Call =
  | {
      readonly kind: ConvKind;
      readonly from: number;
      readonly width: number;
      readonly stride: 1 | 2;
      readonly count: number;
    }
  | { readonly kind: 'dense'; readonly from: number; readonly width: number; readonly count: number }
  | { readonly kind: BareItem['kind']; readonly count: number }
  /** From a map to a list of numbers, and back to a map of one position. */
  | { readonly kind: 'flatten' }
  | { readonly kind: 'unflatten'; readonly width: number }
  | { readonly kind: 'gap' }
  | { readonly kind: 'classifier'; readonly from: number };

export interface Plan {
  readonly spec: NetworkSpec;
  readonly size: ImageSize;
  readonly parameters: number;
  readonly calls: readonly Call[];
}

/** Follows the shape through the stack. */
class Planner {
  readonly calls: Call[] = [];
  private isFlat = false;

  constructor(private shape: Shape) {}

  map(): void {
    if (this.isFlat) this.calls.push({ kind: 'unflatten', width: this.shape[2] });
    this.isFlat = false;
  }

  flat(): number {
    if (!this.isFlat) this.calls.push({ kind: 'flatten' });
    this.isFlat = true;
    return elements(this.shape);
  }

  /** The first repetition may change the width; the others keep it. */
  conv(kind: ConvKind, width: number, stride: 1 | 2, count: number): void {
    this.map();
    const from = this.shape[2];
    const alike = from === width ? count : 1;
    this.calls.push({ kind, from, width, stride, count: alike });
    if (count > alike) this.calls.push({ kind, from: width, width, stride, count: count - alike });
    for (let i = 0; i < count; i++) this.shape = strided(this.shape, stride, width);
  }

  dense(width: number, count: number): void {
    const from = this.flat();
    const alike = from === width ? count : 1;
    this.calls.push({ kind: 'dense', from, width, count: alike });
    if (count > alike) this.calls.push({ kind: 'dense', from: width, width, count: count - alike });
    this.shape = [1, 1, width];
  }

  bare(kind: BareItem['kind'], count: number): void {
    if (kind !== 'identity') this.map();
    this.calls.push({ kind, count });
    for (let i = 0; i < count && kind !== 'identity'; i++) this.shape = strided(this.shape, 2, this.shape[2]);
  }

  end(head: NetworkSpec['head']): void {
    if (head === 'gap' && !this.isFlat) {
      this.calls.push({ kind: 'gap' });
      this.shape = [1, 1, this.shape[2]];
      this.isFlat = true;
    }
    this.calls.push({ kind: 'classifier', from: this.flat() });
  }
}

export function planOf(spec: NetworkSpec, size: ImageSize): Plan {
  const planner = new Planner([size, size, 1]);
  for (const item of spec.stack) {
    if ('stride' in item) planner.conv(item.kind, item.width, item.stride, item.count);
    else if (item.kind === 'dense') planner.dense(item.width, item.count);
    else planner.bare(item.kind, item.count);
  }
  planner.end(spec.head);
  return { spec, size, parameters: costOf(buildGraph(spec, size)).parameters, calls: planner.calls };
}

/** Whether the program needs a definition of one of these kinds. */
export function has(plan: Plan, ...kinds: readonly Call['kind'][]): boolean {
  return plan.calls.some(({ kind }) => kinds.includes(kind));
}

/** Whether any block's shortcut has to change the shape. */
export function changesShape(plan: Plan): boolean {
  return plan.calls.some(
    (call) =>
      (call.kind === 'residual' || call.kind === 'zeroresidual') && (call.from !== call.width || call.stride === 2),
  );
}

/** The gain as a factor in front of a standard deviation; nothing where it is 1. */
export function gainFactor({ gain }: NetworkSpec): string {
  return gain === 1 ? '' : `${gain} * `;
}
