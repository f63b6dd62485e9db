/**
 * Initial parameters, drawn on the CPU from the experiment's seed so that every engine starts from
 * the same numbers.
 *
 * Weights are normal with a standard deviation that keeps the signal's size from layer to layer:
 * √(2 / (fanIn + fanOut)) (Glorot & Bengio 2010, "Xavier") or √(2 / fanIn) (He et al. 2015,
 * arXiv 1502.01852), or one that the learner gives; or a random orthonormal matrix (Saxe et al.
 * 2014, arXiv 1312.6120). Or they are uniform, as frameworks draw them where nothing is said: within ±1 / √fanIn, biases too (PyTorch's Conv2d and
 * Linear: Kaiming's with a = √5), or within ±√(6 / (fanIn + fanOut)), biases 0 (Keras: Glorot's); the classifier is then drawn like all layers. Each layer of the main path has its own stream of random numbers, named
 * by its index, so twins and networks that differ in other layers share their weights; projections and gates are numbered
 * each by themselves.
 */

import type { NetworkSpec } from '../experiment/experiment.ts';
import { elements } from '../ops/shapes.ts';
import type { NetworkGraph, Parameter } from './graph.ts';
import { normal, type Random, random } from './random.ts';

/**
 * @param spec the network's, for its initialisation, standard deviation and gain
 * @param seed of the experiment
 * @returns one array for each of the graph's parameters, in its order, row-major
 */
export function initialParameters(graph: NetworkGraph, spec: How, seed: number): Float32Array[] {
  const layerOf = new Map(graph.layers.map((layer) => [layer.weight, layer.index]));
  const counts = new Map<string, number>();
  /** The stream of a weight beside the main path: of its kind, which its name begins with, the next. */
  const besides = (name: string): [string, number] => {
    const kind = `${name.split(' ', 1)[0]}s`;
    const number = counts.get(kind) ?? 0;
    counts.set(kind, number + 1);
    return [kind, number];
  };
  return graph.parameters.map((parameter) => {
    const { initializer, shape } = parameter;
    if (typeof initializer === 'number') return new Float32Array(elements(shape)).fill(initializer);
    if (initializer === 'dirac') return dirac(shape);
    if (parameter.role === 'bias')
      return initialBias(parameter, spec, random(seed, 'biases', layerOf.get(parameter.id - 1) ?? 0));
    const layer = layerOf.get(parameter.id);
    const source = layer === undefined ? random(seed, ...besides(parameter.name)) : random(seed, 'weights', layer);
    return initialWeight(parameter, spec, source);
  });
}

/** A conv’s weight, [kernel, kernel, in, out], that passes on as many channels as both sides have. */
export function dirac(shape: readonly number[]): Float32Array {
  const [kernel = 1, , inputs = 1, outputs = 1] = shape;
  const middle = (kernel - 1) / 2;
  const values = new Float32Array(elements(shape));
  for (let channel = 0; channel < Math.min(inputs, outputs); channel++) {
    values[((middle * kernel + middle) * inputs + channel) * outputs + channel] = 1;
  }
  return values;
}

type How = Pick<NetworkSpec, 'init' | 'std' | 'gain'>;

function initialBias({ shape, fanIn }: Parameter, { init }: How, next: Random): Float32Array {
  const size = elements(shape);
  return init === 'pytorch' ? uniform(size, 1 / Math.sqrt(fanIn), next) : new Float32Array(size);
}

function initialWeight(parameter: Parameter, spec: How, source: Random): Float32Array {
  const { fanIn, fanOut, initializer } = parameter;
  const size = elements(parameter.shape);
  const isClassifier = initializer === 'classifier';
  const gain = isClassifier ? 1 : spec.gain;
  if (spec.init === 'pytorch') return uniform(size, gain / Math.sqrt(fanIn), source);
  if (spec.init === 'keras') return uniform(size, gain * Math.sqrt(6 / (fanIn + fanOut)), source);
  const next = normal(source);
  if (isClassifier) return scaledNormal(size, Math.sqrt(1 / fanIn), next);
  switch (spec.init) {
    case 'he':
      return scaledNormal(size, gain * Math.sqrt(2 / fanIn), next);
    case 'xavier':
      return scaledNormal(size, gain * Math.sqrt(2 / (fanIn + fanOut)), next);
    case 'normal':
      return scaledNormal(size, gain * spec.std, next);
    case 'orthogonal':
      return orthogonal(fanIn, size / fanIn, gain, next);
  }
}

/** Of [−limit, limit). */
function uniform(size: number, limit: number, next: Random): Float32Array {
  return Float32Array.from({ length: size }, () => limit * (2 * next() - 1));
}

function scaledNormal(size: number, std: number, next: Random): Float32Array {
  return Float32Array.from({ length: size }, () => std * next());
}

/**
 * A [rows, columns] matrix whose columns (or rows, if they are fewer) are orthogonal with length
 * `gain`, uniformly distributed: normal vectors made orthonormal by Gram and Schmidt's process.
 */
function orthogonal(rows: number, columns: number, gain: number, next: Random): Float32Array {
  const long = Math.max(rows, columns);
  const basis: Float64Array[] = [];
  while (basis.length < Math.min(rows, columns)) {
    const vector = Float64Array.from({ length: long }, () => next());
    // Projecting twice removes what rounding left of the first pass.
    for (const unit of [...basis, ...basis]) subtractProjection(vector, unit);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    basis.push(vector.map((value) => value / length));
  }
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    const column = i % columns;
    const value = rows >= columns ? basis[column]?.[row] : basis[row]?.[column];
    return gain * (value ?? 0);
  });
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  const along = vector.reduce((sum, value, i) => sum + value * (unit[i] ?? 0), 0);
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) - along * (unit[i] ?? 0);
}
