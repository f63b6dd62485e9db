/**
 * How kernels read and write numbers, as data: what is fused in front of a kernel's arithmetic (prologue) and behind it (epilogue).
 * Each target prints these in its own language: WGSL, WebAssembly.
 */
import type { Activation } from '../../experiment/experiment.ts';
import type { NodeId, Shape } from '../../network/graph.ts';
import type { Ref } from './refs.ts';

/**
 * A layer's output as it is read. Normalisation and cheap activation functions are not stored: the reader applies them, which saves
 * a pass over memory forwards and another one backwards.
 */
export interface Value {
  readonly from: Ref;
  /** Of one image. */
  readonly shape: Shape;
  /** Multiply by this norm's slope and add its intercept first. */
  readonly norm: Ref | null;
  readonly activation: Activation;
}

/** The images of the minibatch, of one channel. */
export interface Images {
  readonly pixels: Ref;
  readonly indices: Ref;
}

/** What a layer multiplies by its weights. */
export type Source = Value | Images;

export function isImages(source: Source): source is Images {
  return 'pixels' in source;
}

/**
 * What a term of a sum is multiplied by on its way, forwards, and what the gradient by the sum is multiplied by on its way
 * back to the term. Nothing of it is stored: gates and masks are made anew wherever they are needed.
 */
export type Factor =
  | { readonly kind: 'constant'; readonly value: number }
  /** One number, a parameter. */
  | { readonly kind: 'learned'; readonly scale: Ref }
  | Gate
  /** 1 where the step's mask keeps, of every element or of all at once, else 0; or the probability to be kept. */
  | {
      readonly kind: 'drop';
      readonly unit: 'element' | 'minibatch' | 'expectation';
      readonly keep: number;
      readonly drop: Ref;
    };

/** σ(z), or 1 − σ(z), of the same shape as the sum; `value` is how to read z. */
export interface Gate {
  readonly kind: 'gate';
  readonly part: 'open' | 'shut';
  readonly value: Value;
}

/** A term of a sum. */
export interface Term {
  readonly value: Value;
  /** Stride of the option-A shortcut that the term is read through. */
  readonly pad: 1 | 2 | null;
  readonly factors: readonly Factor[];
}

/** The gradient by a sum, already stored, which its term receives times the term's factors. */
export type Addend = { readonly gradient: Ref; readonly factors: readonly Factor[] } & (
  | { readonly kind: 'same' }
  /** Of a shortcut that subsamples and pads: the shape of its output. */
  | { readonly kind: 'pad'; readonly stride: 1 | 2; readonly shape: Shape }
);

/** What a reader without weights sends back to what it reads. */
export type Contribution =
  | Addend
  /** To what opens a gate, by the sum, whose gated term is `term`. `value` is how to read what opens the gate. */
  | {
      readonly kind: 'gate';
      readonly gradient: Ref;
      readonly part: Gate['part'];
      readonly value: Value;
      readonly term: Term;
    }
  | { readonly kind: 'globalAverage'; readonly gradient: Ref }
  /** Of 2×2 pools; `shape` is the pooled one. */
  | { readonly kind: 'averagePool' | 'maxPool'; readonly gradient: Ref; readonly shape: Shape };

/**
 * The end of every kernel that makes the gradient by a layer's output. It adds what another reader of the output contributes, goes back
 * through the activation, and, where batch norm comes next on the way back, leaves the two sums per channel that the gradient
 * through its statistics needs: Σ g and Σ g · x̂.
 */
export interface GradientTarget {
  /** Root of the segment by whose output it is; null where it is only a part of that. */
  readonly of: NodeId | null;
  readonly shape: Shape;
  readonly addend: Addend | null;
  readonly activation: Activation;
  /** The output, where the derivative needs it and it is stored; else that, or the input where that is asked for, is made of `z` and its norm. */
  readonly y: Ref | null;
  /** What the layer stores, or what the norm reads whose sums are left. */
  readonly z: Ref | null;
  readonly norm: Ref | null;
  readonly writes: { readonly gradient: Ref; readonly sums: Ref | null };
}

/**
 * What parts of a layer's output leave of each channel, so that the moments of all follow without cancellation. Where a batch norm needs them: the
 * sum of the part's numbers and that of their squared distances from its mean. Elsewhere the squares may overflow or underflow: then the
 * mean, the largest distance from it, and the sum of the squared distances in units of that.
 */
export type Moments = 'squares' | 'scaled';

/** Vectors that a part leaves for each four channels. */
export const momentPacks: Readonly<Record<Moments, number>> = { squares: 2, scaled: 3 };
