/** Every PyTorch program, as it is written: it computes what our network computes, forwards and backwards, and can be trained. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { noPyTorch, pythonWithTorch } from '../../tools/python.ts';
import { createReferenceEngine } from '../engine/reference/engine.ts';
import { testImages } from '../engine/testNetworks.ts';
import { channelsOf } from '../experiment/dataRef.ts';
import { costOf } from '../network/cost.ts';
import { evaluationMode } from '../network/foldedNorms.ts';
import type { NetworkGraph, ParameterId } from '../network/graph.ts';
import { programOf } from './program.ts';
import {
  difference,
  expectLearning,
  ours,
  RATE,
  STEPS,
  type TestProgram,
  testPrograms,
  weighted,
} from './testPrograms.ts';

type ByKind<T> = Readonly<Record<string, readonly T[]>>;

interface Found {
  readonly logits: readonly number[];
  /** Of each layer's parameters. */
  readonly gradients: ByKind<readonly (readonly number[])[]>;
  /** Mean and variance of each batch norm, in the order in which a program makes them. */
  readonly averages: readonly (readonly [readonly number[], readonly number[]])[];
  readonly losses: readonly number[];
  /** Parameters that training has not moved. */
  readonly still: readonly string[];
  readonly parameters: number;
}

const python = pythonWithTorch();
if (python === null) console.warn(`${noPyTorch}.`);

/** Running averages of the reference engine, after minibatches of all images, half of them, and all. */
async function averagesOf(program: TestProgram) {
  const { graph, parameters, labels } = ours(program);
  const norms = weighted(graph).flatMap(({ kind, nodes }) => (kind === 'batchNorm' ? nodes : []));
  if (norms.length === 0) return [];
  const rule = { opt: 'sgd', wd: 0, clip: 0, seed: 1, stats: 'running' } as const;
  const images = testImages(program, labels.length);
  const trainer = await createReferenceEngine().createTrainer(evaluationMode(graph), parameters, rule, images);
  const all = Uint32Array.from(labels, (_, i) => i);
  for (const batch of [all, all.slice(0, all.length / 2), all]) await trainer.step(batch, 0);
  const found = await trainer.statistics(all);
  return norms.map(({ id }) => found.find(({ node }) => node === id));
}

/** Each layer's parameters, and the map it reads. */
function layersOf(graph: NetworkGraph, valuesOf: (id: ParameterId) => ArrayLike<number>) {
  return Object.fromEntries(
    weighted(graph).map(({ kind, nodes }) => [
      kind,
      nodes.map(({ parameters, reads }) => ({ reads, parameters: parameters.map((id) => Array.from(valuesOf(id))) })),
    ]),
  );
}

/** What Python makes of the programs, all in one process, as importing torch takes seconds. */
function run(programs: readonly TestProgram[]): readonly Found[] {
  const tests = programs.map((program) => {
    const { graph, parameters, pixels, labels } = ours(program);
    return {
      program: programOf('pytorch', program.spec, program, program.name),
      size: program.size,
      channels: channelsOf(program),
      layers: layersOf(graph, (id) => parameters[id] ?? []),
      pixels: Array.from(pixels),
      labels: Array.from(labels),
      steps: STEPS,
      rate: RATE,
    };
  });
  const output = execFileSync(python ?? '', [join(import.meta.dirname, 'trainPrograms.py')], {
    input: JSON.stringify(tests),
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  return JSON.parse(output);
}

describe.skipIf(python === null)(python === null ? noPyTorch : 'PyTorch programs', () => {
  let found: readonly Found[];
  beforeAll(() => {
    found = run(testPrograms);
  }, 300_000);

  it.each(testPrograms.map((program, index) => ({ ...program, index })))('$name', async ({ index, ...program }) => {
    const { graph, logits, gradients, largest } = ours(program);
    const theirs = found[index];
    expect(theirs?.parameters).toBe(costOf(graph).parameters);
    expect(difference(theirs?.logits ?? [], logits, 1)).toBeLessThan(1e-9);
    for (const { kind, nodes } of weighted(graph)) {
      nodes.forEach(({ parameters }, layer) => {
        parameters.forEach((id, place) => {
          const expected = gradients[id]?.values ?? [];
          const gradient = theirs?.gradients[kind]?.[layer]?.[place] ?? [];
          expect(difference(gradient, expected, 1e-3 * largest), graph.parameters[id]?.name).toBeLessThan(1e-8);
        });
      });
    }
    const averages = await averagesOf(program);
    expect(theirs?.averages).toHaveLength(averages.length);
    averages.forEach((own, norm) => {
      const [mean = [], variance = []] = theirs?.averages[norm] ?? [];
      // Ours are told in float32.
      expect(difference(mean, own?.mean ?? [], 1e-3)).toBeLessThan(1e-6);
      expect(difference(variance, own?.variance ?? [])).toBeLessThan(1e-6);
    });
    expectLearning(theirs?.losses ?? []);
    expect(theirs?.still).toEqual([]);
  });
});
