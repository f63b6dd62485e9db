/**
 * The update rules, in one place so that all engines agree. For each parameter p with gradient g:
 *
 * 1. Clipping: all gradients × `clipFactor(√(Σ g²), clip)`, the sum over all parameters.
 * 2. Weight decay: g ← g + wd · p, for the weights of convs and dense layers only.
 * 3. sgd: p ← p − lr · g.
 *    momentum (Polyak 1964, as PyTorch has it): v ← MOMENTUM · v + g; p ← p − lr · v.
 *    adam (Kingma & Ba 2015, Algorithm 1): m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²;
 *    p ← p − lr · (m · c₁) / (√(v · c₂) + ε) with the corrections c of `adamCorrections`.
 */

/** A snapshot holds the moments parameter by parameter: m₀, v₀, m₁, v₁, … */
export { momentsPerParameter } from '../network/cost.ts';

export const MOMENTUM = 0.9;
export const ADAM_BETA1 = 0.9;
export const ADAM_BETA2 = 0.999;
export const ADAM_EPSILON = 1e-8;

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
