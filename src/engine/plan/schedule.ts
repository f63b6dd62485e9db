/**
 * A schedule: all that a step (or an evaluation, or a look inside) computes, as a list of kernels over buffers. It is data that knows
 * no machine: of a kernel it says what it computes, over which space, what is fused into it, and what it reads and writes.
 * How work is tiled, where buffers lie, and what is merged besides is for the targets, `webgpu/` and `cpu/`.
 */

import type { Kernel } from '../../experiment/experiment.ts';
import type { NodeId, ParameterId, Shape } from '../../network/graph.ts';
import type { Dying } from '../../ops/activation/op.ts';
import type { UpdateRule } from '../engine.ts';
import type { Contribution, GradientTarget, Images, Moments, Source, Term, Value } from './expressions.ts';
import type { Ref, Tensor } from './refs.ts';

/** A conv or dense layer, forwards. A dense layer of one pixel reads its channels, one of a map reads all of it as the channels of one pixel. */
export interface Convolution {
  readonly layer: 'conv' | 'dense' | 'denseOfMap';
  readonly kernel: Kernel;
  readonly stride: 1 | 2;
  readonly from: Shape;
  readonly to: Shape;
}

/** Whether a unit is dead: its activation's output, or derivative, is near zero for all images. */
export interface DeadCheck {
  readonly activation: Dying;
  /** What to look at: what the kernel reads as z, with its norm and this activation; or another layer's output. */
  readonly output:
    | { readonly from: 'z'; readonly activation: Value['activation'] }
    | { readonly from: 'y'; readonly value: Value };
}

export type KernelSpec =
  /** The images as activations, for layers other than convolutions and, in colour, for these. */
  | {
      readonly kind: 'gatherImages';
      readonly shape: Shape;
      readonly images: Images;
      readonly writes: { readonly result: Ref };
    }
  /** z = x ∗ w + bias, and the moments of its parts. */
  | {
      readonly kind: 'convolve';
      readonly convolution: Convolution;
      readonly x: Source;
      readonly weight: Ref;
      readonly bias: Ref | null;
      readonly moments: Moments;
      readonly writes: { readonly z: Ref; readonly sums: Ref };
    }
  /** From the moments of all parts to a norm, where there is one, and to the response. */
  | {
      readonly kind: 'statistics';
      readonly shape: Shape;
      readonly sums: Ref;
      readonly moments: Moments;
      readonly affine: { readonly scale: Ref; readonly shift: Ref } | null;
      readonly writes: { readonly norm: Ref | null; readonly response: Ref };
    }
  /** An activation function of a sum of one or two terms; and its moments, `squares`. */
  | {
      readonly kind: 'combine';
      readonly shape: Shape;
      readonly terms: readonly Term[];
      readonly activation: Value['activation'];
      readonly writes: { readonly result: Ref | null; readonly sums: Ref | null };
    }
  /** 2×2 windows with stride 2, or all pixels. */
  | {
      readonly kind: 'pool';
      readonly pool: 'maxPool' | 'averagePool' | 'globalAveragePool';
      readonly x: Value;
      readonly to: Shape;
      readonly writes: { readonly result: Ref };
    }
  /** Softmax and cross entropy of each image, and the gradient of their mean by the logits. */
  | {
      readonly kind: 'loss';
      readonly classes: number;
      readonly logits: Ref;
      readonly labels: Ref;
      readonly indices: Ref;
      readonly writes: { readonly losses: Ref; readonly gradient: Ref };
    }
  /** The gradient by a convolution's input, finished as its target says. */
  | {
      readonly kind: 'inputGradient';
      readonly convolution: Convolution;
      readonly dz: Ref;
      readonly weight: Ref;
      readonly target: GradientTarget;
    }
  /** The gradient by an output as the sum of what its readers send, finished as its target says. */
  | {
      readonly kind: 'combineGradients';
      readonly contributions: readonly Contribution[];
      /** The output itself, where a max pool asks which of its members was largest. */
      readonly x: Value | null;
      readonly target: GradientTarget;
    }
  /** Batch norm's gradient as far as it is the same for a channel: by shift and scale, and the means that every g loses. */
  | {
      readonly kind: 'normGradient';
      readonly shape: Shape;
      readonly node: NodeId;
      readonly sums: Ref;
      readonly writes: { readonly shift: Ref; readonly scale: Ref; readonly means: Ref };
    }
  /** Group norm, and of each image the mean and the inverse standard deviation that its channels have. */
  | {
      readonly kind: 'groupNorm';
      readonly shape: Shape;
      readonly groups: number;
      readonly x: Ref;
      readonly affine: { readonly scale: Ref; readonly shift: Ref };
      readonly writes: { readonly result: Ref; readonly statistics: Ref };
    }
  /** Its gradient by what it reads, and, where they are asked for, by its parameters. */
  | {
      readonly kind: 'groupNormGradient';
      readonly shape: Shape;
      readonly groups: number;
      /** By its output. */
      readonly gradient: Ref;
      readonly x: Ref;
      readonly statistics: Ref;
      readonly scale: Ref;
      readonly writes: {
        readonly result: Ref;
        readonly parameters: { readonly scale: Ref; readonly shift: Ref } | null;
      };
    }
  /**
   * dz, the gradient by a layer's stored output: behind a norm slope · (g − mean g − x̂ · mean(g · x̂)) + addend, else g. On the way it is measured, and
   * summed for the bias.
   */
  | {
      readonly kind: 'layerGradient';
      readonly shape: Shape;
      /** Of the conv or dense layer; null where it is what a norm views. */
      readonly weight: ParameterId | null;
      /** g; overwritten where there is a norm and no `dz`. */
      readonly gradient: Ref;
      readonly z: Ref | null;
      readonly norm: Ref | null;
      /** Null without a norm to go through. */
      readonly means: Ref | null;
      readonly addend: Ref | null;
      readonly dead: DeadCheck | null;
      readonly writes: { readonly dz: Ref | null; readonly bias: Ref | null; readonly stats: Ref | null };
    }
  /** The gradient by a filter: x, shifted by each tap, times dz. */
  | {
      readonly kind: 'filterGradient';
      readonly convolution: Convolution;
      readonly x: Source;
      readonly dz: Ref;
      readonly writes: { readonly partial: Ref };
    }
  /** The gradient by a learned scale: Σ gradient · term over all that it multiplies. */
  | {
      readonly kind: 'scaleGradient';
      readonly shape: Shape;
      readonly gradient: Ref;
      readonly term: Term;
      readonly writes: { readonly partial: Ref };
    }
  /** Adds partial gradients, sums up measurements, stops at what is not finite, clips, and updates all parameters. */
  | { readonly kind: 'optimizerStep'; readonly rule: UpdateRule; readonly losses: Ref };

export type Kernels = { readonly [K in KernelSpec['kind']]: Extract<KernelSpec, { readonly kind: K }> };

export interface Step {
  readonly kernel: KernelSpec;
  /** Layer or part of the network that it works for. */
  readonly layer: string;
  /** Of what it makes, for one image or for the whole filter. */
  readonly shape: readonly number[];
  /** Multiplications and additions, for one image. */
  readonly flops: number;
}

export interface Schedule {
  readonly steps: readonly Step[];
  /** All batch norms, in the graph's order. */
  readonly norms: readonly (Ref & { readonly in: 'norm' })[];
  readonly logits: Tensor;
  /** Steps of the way forwards; that backwards follows. Null without one. */
  readonly forwards: number | null;
  /** What is read besides the logits when all is done. */
  readonly inspected: readonly Tensor[];
}

/** A measured layer. */
export interface MeasuredLayer {
  /** Roots of the segments that make its z, and whose response it is. */
  readonly z: NodeId;
  readonly response: NodeId;
  readonly channels: number;
  /** Numbers of z, and of the output behind its activation, for one image. */
  readonly numbers: number;
  readonly units: number;
  /** Root of the segment that puts it out, behind its activation. */
  readonly end: NodeId;
}

export interface TrainingSchedule extends Schedule {
  readonly losses: Tensor;
  readonly layers: readonly MeasuredLayer[];
}

/** What a device allows. */
export interface Limits {
  /** Buffers that a kernel may read and write. */
  readonly buffers: number;
}
