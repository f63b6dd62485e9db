/**
 * The update rules, in one place so that all engines agree. For each parameter p with gradient g:
 *
 * 1. Clipping: all gradients × `clipFactor(√(Σ g²), clip)`, the sum over all parameters.
 * 2. Weight decay: g ← g + wd · p, for the weights of convs and dense layers only; where it is decoupled not here, but step ← step + lr · wd · p.
 * 3. p ← p − step, with the optimizer's step below: as both engines of our own compute it here, as float64 numbers in `reference.ts`, as tensors in `tfjs.ts`.
 */
import type { Optimizer } from '../../experiment/experiment.ts';
import type { Arithmetic } from '../arithmetic.ts';

export const MOMENTUM = 0.9;
export const ADAM_BETA1 = 0.9;
export const ADAM_BETA2 = 0.999;
export const RMSPROP_ALPHA = 0.99;
/** What is added to the root of a mean square. */
export const EPSILON = 1e-8;

/** What a step is made from. */
export interface Update<E> {
  readonly gradient: E;
  /** One of the moments as they were before. */
  readonly moment: (which: number) => E;
  readonly learningRate: E;
  /** Of `adamCorrections`. */
  readonly firstCorrection: E;
  readonly secondCorrection: E;
}

interface OptimizerFormula {
  /** Numbers kept for each parameter, which start at 0. A snapshot holds them parameter by parameter: m₀, v₀, m₁, v₁, … */
  readonly moments: 0 | 1 | 2;
  /** Weight decay is added to the step and not to the gradient, so that no moment holds it. */
  readonly decouples?: true;
  /** What is taken from the parameter, and its moments from then on. */
  readonly step: <E>(m: Arithmetic<E>, update: Update<E>) => { readonly step: E; readonly moments: readonly E[] };
}

/**
 * Kingma & Ba 2015, Algorithm 1: m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; lr · (m · c₁) / (√(v · c₂) + ε) with the corrections c of
 * `adamCorrections`.
 */
const adam: OptimizerFormula = {
  moments: 2,
  step: (m, { gradient, moment, learningRate, firstCorrection, secondCorrection }) => {
    const blend = (which: number, beta: number, now: typeof gradient) =>
      m.add(m.mul(m.number(beta), moment(which)), now);
    const first = m.named('firstMoment', blend(0, ADAM_BETA1, m.mul(m.number(1 - ADAM_BETA1), gradient)));
    const square = m.mul(m.mul(m.number(1 - ADAM_BETA2), gradient), gradient);
    const second = m.named('secondMoment', blend(1, ADAM_BETA2, square));
    const size = m.add(m.sqrt(m.mul(second, secondCorrection)), m.number(EPSILON));
    return { step: m.div(m.mul(learningRate, m.mul(first, firstCorrection)), size), moments: [first, second] };
  },
};

export const optimizers: Readonly<Record<Optimizer, OptimizerFormula>> = {
  /** lr · g. */
  sgd: { moments: 0, step: (m, { gradient, learningRate }) => ({ step: m.mul(learningRate, gradient), moments: [] }) },
  /** Polyak 1964, as PyTorch has it: v ← MOMENTUM · v + g; lr · v. */
  momentum: {
    moments: 1,
    step: (m, { gradient, moment, learningRate }) => {
      const velocity = m.named('velocity', m.add(m.mul(m.number(MOMENTUM), moment(0)), gradient));
      return { step: m.mul(learningRate, velocity), moments: [velocity] };
    },
  },
  /** Nesterov 1983, as Sutskever et al. 2013 and PyTorch have it: v ← MOMENTUM · v + g; lr · (g + MOMENTUM · v). */
  nesterov: {
    moments: 1,
    step: (m, { gradient, moment, learningRate }) => {
      const velocity = m.named('velocity', m.add(m.mul(m.number(MOMENTUM), moment(0)), gradient));
      const ahead = m.add(m.mul(m.number(MOMENTUM), velocity), gradient);
      return { step: m.mul(learningRate, ahead), moments: [velocity] };
    },
  },
  /** Hinton 2012 (Coursera, lecture 6e), as PyTorch has it: v ← RMSPROP_ALPHA · v + (1 − RMSPROP_ALPHA) g²; lr · g / (√v + ε). */
  rmsprop: {
    moments: 1,
    step: (m, { gradient, moment, learningRate }) => {
      const now = m.mul(m.mul(m.number(1 - RMSPROP_ALPHA), gradient), gradient);
      const square = m.named('square', m.add(m.mul(m.number(RMSPROP_ALPHA), moment(0)), now));
      const size = m.add(m.sqrt(square), m.number(EPSILON));
      return { step: m.div(m.mul(learningRate, gradient), size), moments: [square] };
    },
  },
  adam,
  /** Loshchilov & Hutter 2019 (arXiv 1711.05101), Algorithm 2, as PyTorch has it. */
  adamw: { ...adam, decouples: true },
};

/** How many moments an optimizer keeps for each parameter. */
export function momentsOf(opt: Optimizer): number {
  return optimizers[opt].moments;
}

/** The weight decay that an optimizer adds to the gradient, and the one that it adds to the step over the learning rate. */
export function decays(opt: Optimizer, decay: number): { readonly inGradient: number; readonly inStep: number } {
  return optimizers[opt].decouples ? { inGradient: 0, inStep: decay } : { inGradient: decay, inStep: 0 };
}

/**
 * What to multiply every gradient by.
 * @param norm of all gradients together
 * @param clip the largest norm allowed; 0 is off
 */
export function clipFactor(norm: number, clip: number): number {
  return clip > 0 && norm > clip ? clip / norm : 1;
}

/**
 * Adam's moments start at 0; these factors correct for it: 1 / (1 − βᵗ).
 * @param update t, 1 for the first
 */
export function adamCorrections(update: number): { readonly first: number; readonly second: number } {
  return { first: 1 / (1 - ADAM_BETA1 ** update), second: 1 / (1 - ADAM_BETA2 ** update) };
}
