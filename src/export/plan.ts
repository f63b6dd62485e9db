/**
 * A network as the calls that a program makes to build it: the items of the stack with the channels that enter each, and
 * the steps in between that frameworks want to be told (flattening). The three languages write down the same plan.
 */

import { channelsOf, classCount, type ImageFormat } from '../experiment/dataRef.ts';
import type { BareItem, ConvItem, ConvKind, Kernel, NetworkSpec } from '../experiment/experiment.ts';
import { blocksOf, isResidual } from '../experiment/stack.ts';
import {
  arrangements,
  branchSteps,
  type LayerStep,
  type PathStep,
  shortcutSteps,
  stepsIn,
} from '../network/blockPaths.ts';
import { buildGraph } from '../network/build.ts';
import { costOf } from '../network/cost.ts';
import type { Shape } from '../network/graph.ts';
import { elements, strided } from '../ops/shapes.ts';

/** Convs, and blocks of them. */
export interface ConvCall {
  readonly kind: ConvKind;
  readonly from: number;
  readonly width: number;
  /** Where its item says another than the network's settings. */
  readonly kernel: Kernel | null;
  readonly stride: 1 | 2;
  readonly count: number;
  /** Of a residual block: which of the network's it is, from 1; of several, the first. */
  readonly block: number | null;
  /** A pre-activation block that starts with normalisation and activation, as nothing in front has activated its input. */
  readonly opens: boolean;
}

export type Call =
  | ConvCall
  /** The normalisation and activation that pre-activation blocks leave to what follows. */
  | { readonly kind: 'activate'; readonly width: number }
  | { readonly kind: 'dense'; readonly from: number; readonly width: number; readonly count: number }
  | { readonly kind: BareItem['kind']; readonly count: number }
  /** From a map to a list of numbers, and back to a map of one position. */
  | { readonly kind: 'flatten' }
  | { readonly kind: 'unflatten'; readonly width: number }
  | { readonly kind: 'gap' }
  | { readonly kind: 'classifier'; readonly from: number };

export interface Plan {
  readonly spec: NetworkSpec;
  readonly size: number;
  /** Of the images. */
  readonly channels: number;
  readonly classes: number;
  readonly parameters: number;
  /** Residual blocks. */
  readonly blocks: number;
  readonly calls: readonly Call[];
}

/** Makes the calls, and follows the shape through the stack. */
class Planner {
  readonly calls: Call[] = [];
  private isFlat = false;
  /** Behind a pre-activation block. */
  private isRaw = false;
  private blocks = 0;

  constructor(
    private shape: Shape,
    private readonly spec: NetworkSpec,
  ) {}

  map(): void {
    if (this.isFlat) this.calls.push({ kind: 'unflatten', width: this.shape[2] });
    this.isFlat = false;
  }

  flat(): number {
    if (!this.isFlat) this.calls.push({ kind: 'flatten' });
    this.isFlat = true;
    return elements(this.shape);
  }

  activate(): void {
    if (this.isRaw) this.calls.push({ kind: 'activate', width: this.shape[2] });
    this.isRaw = false;
  }

  /** One call for all repetitions that are alike: the first may change the width, or find its input activated. */
  conv(item: ConvItem): void {
    this.map();
    if (!isResidual(item)) this.activate();
    const calls: ConvCall[] = [];
    // A residual item is two blocks where a shortcut goes around each conv.
    const parts = isResidual(item) && this.spec.span === 1 ? [item, { ...item, stride: 1 as const }] : [item];
    for (let i = 0; i < item.count * parts.length; i++) {
      const next = this.single(parts[i % parts.length] ?? item);
      const last = calls.at(-1);
      const isAlike = last?.from === next.from && last.opens === next.opens && last.stride === next.stride;
      if (last && isAlike) calls[calls.length - 1] = { ...last, count: last.count + 1 };
      else calls.push(next);
    }
    this.calls.push(...calls);
  }

  private single(item: ConvItem): ConvCall {
    const { kind, width, stride } = item;
    const kernel = item.kernel === undefined || item.kernel === this.spec.kernel ? null : item.kernel;
    const isBlock = isResidual(item);
    const block = isBlock ? ++this.blocks : null;
    const call = { kind, from: this.shape[2], width, kernel, stride, count: 1, block, opens: isBlock && this.isRaw };
    this.isRaw = isBlock && stepsIn(this.spec, arrangements[this.spec.order].lead).length > 0;
    this.shape = strided(this.shape, stride, width);
    return call;
  }

  dense(width: number, count: number): void {
    this.activate();
    const from = this.flat();
    const alike = from === width ? count : 1;
    this.calls.push({ kind: 'dense', from, width, count: alike });
    if (count > alike) this.calls.push({ kind: 'dense', from: width, width, count: count - alike });
    this.shape = [1, 1, width];
  }

  bare(kind: BareItem['kind'], count: number): void {
    if (kind !== 'identity') {
      this.map();
      this.activate();
    }
    this.calls.push({ kind, count });
    for (let i = 0; i < count && kind !== 'identity'; i++) this.shape = strided(this.shape, 2, this.shape[2]);
  }

  end(head: NetworkSpec['head']): void {
    this.activate();
    if (head === 'gap' && !this.isFlat) {
      this.calls.push({ kind: 'gap' });
      this.shape = [1, 1, this.shape[2]];
      this.isFlat = true;
    }
    this.calls.push({ kind: 'classifier', from: this.flat() });
  }
}

export function planOf(spec: NetworkSpec, format: ImageFormat): Plan {
  const { size } = format;
  const channels = channelsOf(format);
  const planner = new Planner([size, size, channels], spec);
  for (const item of spec.stack) {
    if ('stride' in item) planner.conv(item);
    else if (item.kind === 'dense') planner.dense(item.width, item.count);
    else planner.bare(item.kind, item.count);
  }
  planner.end(spec.head);
  const { parameters } = costOf(buildGraph(spec, format));
  const calls = planner.calls;
  return { spec, size, channels, classes: classCount(format), parameters, blocks: blocksOf(spec), calls };
}

/** Whether the program needs a definition of one of these kinds. */
export function has(plan: Plan, ...kinds: readonly Call['kind'][]): boolean {
  return plan.calls.some(({ kind }) => kinds.includes(kind));
}

/** Whether any item has filters of its own, so that what makes layers is told their size. */
export function hasOwnKernels({ calls }: Plan): boolean {
  return calls.some((call) => 'kernel' in call && call.kernel !== null);
}

export function hasBlocks(plan: Plan): boolean {
  return has(plan, 'residual', 'zeroresidual');
}

/** Whether any block's shortcut has to change the shape. */
export function changesShape(plan: Plan): boolean {
  return residualCalls(plan).some((call) => call.from !== call.width || call.stride === 2);
}

/** Whether any block starts with normalisation and activation. */
export function anyOpens(plan: Plan): boolean {
  return residualCalls(plan).some(({ opens }) => opens);
}

function residualCalls({ calls }: Plan): ConvCall[] {
  return calls.flatMap((call) => ('block' in call && call.block !== null ? [call] : []));
}

/** The gain as a factor in front of a standard deviation; nothing where it is 1. */
export function gainFactor({ gain }: NetworkSpec): string {
  return gain === 1 ? '' : `${gain} * `;
}

/** Whether layers have biases that are drawn. */
export function drawsBiases({ init, norm }: NetworkSpec): boolean {
  return init === 'pytorch' && norm === 'none';
}

/** Whether branches are dropped by chance, so that blocks are told with what probability they keep theirs. */
export function survives({ spec }: Plan): boolean {
  return branchSteps(spec).some(({ kind }) => kind === 'stochasticDepth');
}

/** `survivalOf` a block, as an expression of its number. */
export function survivalText({ spec, blocks }: Plan, block: string | number): string {
  return `1 - ${block} / ${blocks} * (1 - ${spec.survival})`;
}

/** Our dropout does not rescale what it keeps; a framework's does, so its output is multiplied by the share that is kept. */
export function keptShare(dropped: number): number {
  return Number((1 - dropped).toPrecision(12));
}

/** What a block does on its two paths, each step written by a framework. */
export function writePaths<Line>(
  { spec }: Plan,
  branch: string,
  write: (path: string, step: PathStep) => readonly Line[],
): readonly Line[] {
  return [
    ...shortcutSteps(spec).flatMap((step) => write('shortcut', step)),
    ...branchSteps(spec).flatMap((step) => write(branch, step)),
  ];
}

/** The lines of a body; null leaves one out. */
export function indented(indent: string, ...lines: readonly (string | null)[]): string {
  return lines.flatMap((line) => (line === null ? [] : [`${indent}${line}`])).join('\n');
}

/** Norms and activations around an expression, those that the network has. @param write of each step */
export function applied(
  spec: NetworkSpec,
  steps: readonly LayerStep[],
  inner: string,
  write: Readonly<Record<LayerStep, (inner: string) => string>>,
): string {
  return stepsIn(spec, steps).reduce((expression, step) => write[step](expression), inner);
}

/** The expression, normalised where the network is, by the function `norm` of the program. */
export function normed({ norm }: NetworkSpec, inner: string): string {
  return norm === 'none' ? inner : `norm(${inner})`;
}

/**
 * Norms and activations around an expression, by the functions `norm` and `activation` of the program.
 * @param place in a block
 * @param scale what a norm is told besides
 */
export function around(spec: NetworkSpec, place: 'lead' | 'trail' | 'after', inner: string, scale = ''): string {
  return applied(spec, arrangements[spec.order][place], inner, {
    norm: (x) => `norm(${x}${scale})`,
    act: (x) => `activation(${x})`,
  });
}
