/**
 * Adds the terms of a sum and stores what its activation makes of it; with one term, it stores what readers would otherwise compute. An
 * elementwise pass.
 */

import type { Activation } from '../../../experiment/experiment.ts';
import type { Shape } from '../../../network/graph.ts';
import { packsOf } from '../../plan/packs.ts';
import { f32x4 } from '../assembler/code.ts';
import { Elementwise } from './elementwise.ts';
import type { Kernel, KernelCall, Place } from './kernel.ts';
import { readTerm, type Term, tellsPacks } from './terms.ts';
import { activated, masked, type Values } from './values.ts';

export function combine(
  kernel: Kernel,
  shape: Shape,
  terms: readonly Term[],
  activation: Activation,
  result: Place,
): KernelCall {
  const [rows, columns, channels] = shape;
  const packs = packsOf(channels);
  // σ(0) is not 0, and what fills up a pack must be.
  const isOdd = activation === 'sigmoid' || terms.some(({ value }) => value.activation === 'sigmoid');
  const apart = isOdd || terms.some((term) => tellsPacks(shape, term));
  const pass = new Elementwise(kernel, { rows, columns, packs }, apart ? packs : 4);
  const values = terms.map((term) => readTerm(pass, shape, term));
  const sum: Values = (spot) => {
    const [first = [], ...others] = values.map((read) => read(spot));
    return others.reduce((all, each) => f32x4.add(all, each), first);
  };
  const out = pass.stream(result);
  const value = activated(pass, sum, activation);
  return kernel.finished({ shape, terms, activation }, () =>
    pass.emit((spot) => out.store(spot, isOdd ? masked(value(spot), channels, spot.pack) : value(spot))),
  );
}
