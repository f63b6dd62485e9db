import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { logitsOf, ofMinibatch } from '../engine/reference/passes.ts';
import { inputBatch, parameterTensors } from '../engine/reference/tensors.ts';
import { testImages, testNetworks, testParameters } from '../engine/testNetworks.ts';
import { architectures } from '../experiment/architectures.ts';
import { familyStack } from '../experiment/families.ts';
import { presets } from '../experiment/presets.ts';
import { buildGraph } from '../network/build.ts';
import { costOf } from '../network/cost.ts';
import type { NetworkGraph, ParameterId } from '../network/graph.ts';
import { frameworks, programOf } from './program.ts';

const { network } = presets.t7;
const residual20 = { stack: familyStack({ preset: 't7', kind: 'residual', layers: 20, width: 4 }), ...network };

const networks = [
  ...testNetworks,
  { name: 'residual 20', spec: residual20, size: 14 as const },
  { name: 'VGG-16-like', spec: { stack: architectures['vgg-16'], ...network }, size: 14 as const },
];

/** The right-hand side of every import in a program. */
function imports(program: string): string[] {
  const found = program.matchAll(/^\s*(?:import\s+([\w.]+)|from\s+([\w.]+)\s+import|import\s.*from\s+'([^']+)')/gm);
  return [...found].map(([, plain, from, quoted]) => quoted ?? from ?? plain ?? '');
}

describe.each(networks)('the programs of $name', ({ name, spec, size }) => {
  it.each(frameworks)('import nothing but their framework, and say how many parameters there are: %s', (framework) => {
    const program = programOf(framework, spec, size, name);
    const own = { pytorch: 'torch', keras: 'keras', tensorflowJs: '@tensorflow/tfjs' }[framework];
    expect(new Set(imports(program))).toEqual(new Set([own]));
    const { parameters } = costOf(buildGraph(spec, size));
    expect(program).toMatch(new RegExp(`^(#|//) ${name}: ${parameters.toLocaleString('en')} parameters\\.\n`));
  });
});

describe('the programs in Python', () => {
  it('compile', () => {
    const folder = mkdtempSync(join(tmpdir(), 'depthscope-programs-'));
    const files = networks.flatMap(({ name, spec, size }, index) =>
      (['pytorch', 'keras'] as const).map((framework) => {
        const file = join(folder, `${framework}${index}.py`);
        writeFileSync(file, programOf(framework, spec, size, name));
        return file;
      }),
    );
    try {
      execFileSync('python3', ['-m', 'py_compile', ...files], { stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('show the residual block: the input is kept, and added before the last activation', () => {
    const program = programOf('pytorch', residual20, 14, 'Residual 20');
    expect(program).toMatch(/shortcut = x {2}#[\s\S]*return self\.act\(x \+ shortcut\)/);
  });

  it('number the blocks of stochastic depth, and drop without rescaling', () => {
    const program = programOf('pytorch', { ...residual20, survival: 0.5, dropout: 0.25 }, 14, 'Residual 20');
    expect(program).toContain('survival=1 - block / 9 * (1 - 0.5)) for block in range(1, 4)]');
    expect(program).toContain('survival=1 - 4 / 9 * (1 - 0.5)),');
    expect(program).toContain('dropout(shortcut, 0.25, self.training)\n        shortcut = 0.75 * shortcut');
  });
});

/** Passes everything on: what is left of a dropout layer in evaluation. */
const noDropout = () => tf.layers.activation({ activation: 'linear' });

/** The model that the program builds, with nothing dropped by chance. */
function built(program: string): tf.LayersModel {
  const body = program.replace(/^import.*$/m, '').replace('export function', 'function');
  const layers = { ...tf.layers, dropout: noDropout };
  return new Function('tf', `${body}\nreturn buildModel();`)({ ...tf, layers }) as tf.LayersModel;
}

/** Layers are numbered in the order in which they were made, which is that of the graph's nodes. */
function inOrder(model: tf.LayersModel, className: string): tf.layers.Layer[] {
  const number = ({ name }: tf.layers.Layer) => Number(/(\d+)$/.exec(name)?.[1]);
  const found = model.layers.filter((layer) => layer.getClassName() === className);
  return found.sort((one, other) => number(one) - number(other));
}

/** Gives the model the parameters of the graph. */
function fill(model: tf.LayersModel, graph: NetworkGraph, parameters: readonly Float32Array[]): void {
  const tensor = (id: ParameterId) => tf.tensor(parameters[id] ?? [], [...(graph.parameters[id]?.shape ?? [])]);
  const weighted = { conv: 'Conv2D', dense: 'Dense' } as const;
  for (const kind of ['conv', 'dense'] as const) {
    const ops = graph.nodes.flatMap(({ op }) => (op.kind === kind ? [op] : []));
    const layers = inOrder(model, weighted[kind]);
    expect(layers).toHaveLength(ops.length);
    for (const [i, { weight, bias }] of ops.entries()) {
      layers[i]?.setWeights([tensor(weight), ...(bias === null ? [] : [tensor(bias)])]);
    }
  }
  const factors = graph.nodes.flatMap(({ op }) => (op.kind === 'learnedScale' ? [op.scale] : []));
  const scales = inOrder(model, 'LearnedScale');
  expect(scales).toHaveLength(factors.length);
  for (const [i, scale] of factors.entries()) scales[i]?.setWeights([tensor(scale)]);
  const norms = graph.nodes.flatMap(({ op }) => (op.kind === 'batchNorm' ? [op] : []));
  const layers = inOrder(model, 'BatchNormalization');
  expect(layers).toHaveLength(norms.length);
  for (const [i, { scale, shift }] of norms.entries()) {
    const [, , mean, variance] = layers[i]?.getWeights() ?? [];
    if (mean && variance) layers[i]?.setWeights([tensor(scale), tensor(shift), mean, variance]);
  }
}

describe('the programs in TensorFlow.js', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each(networks)('compute what our network computes, with the same weights: $name', ({ name, spec, size }) => {
    const graph = buildGraph(spec, size);
    const parameters = testParameters(graph, spec);
    // Enough for batch norm on maps of one position not to magnify rounding.
    const count = 24;
    const { pixels } = testImages(size, count).train;
    const model = built(programOf('tensorflowJs', spec, size, name));
    fill(model, graph, parameters);
    expect(model.countParams()).toBe(
      costOf(graph).parameters + model.layers.reduce((sum, layer) => sum + statistics(layer), 0),
    );
    const images = tf.tensor4d(pixels, [count, size, size, 1]);
    const ours = logitsOf(graph, parameterTensors(graph, parameters), inputBatch(graph, pixels, count), {
      statisticsOf: ofMinibatch,
      draw: null,
    });
    const theirs = (model.apply(images, { training: true }) as tf.Tensor).dataSync();
    const scale = Math.max(1, ...ours.values.map(Math.abs));
    ours.values.forEach((value, i) => {
      expect(Math.abs(value - (theirs[i] ?? Number.NaN))).toBeLessThan(1e-5 * scale);
    });
  });

  it('start zero residual blocks and Dirac layers as the identity', () => {
    const stack = [
      { kind: 'conv', width: 3, stride: 2, count: 1 },
      { kind: 'dirac', width: 3, stride: 1, count: 2 },
      { kind: 'zeroresidual', width: 3, stride: 1, count: 2 },
    ] as const;
    const model = built(programOf('tensorflowJs', { ...network, stack }, 14, 'grown'));
    const inner = model.layers.filter((layer) => layer.getClassName() === 'ReLU');
    const both = tf.model({ inputs: model.inputs, outputs: [inner[0], inner.at(-1)].map((l) => l?.output as never) });
    const images = tf.tensor4d(testImages(14, 2).train.pixels, [2, 14, 14, 1]);
    const [first, last] = both.predict(images) as tf.Tensor[];
    expect([...(last?.dataSync() ?? [])]).toEqual([...(first?.dataSync() ?? [1])]);
  });
});

/** Moving averages count as parameters in TensorFlow.js, and are none that training changes by gradients. */
function statistics(layer: tf.layers.Layer): number {
  return layer.getClassName() === 'BatchNormalization' ? layer.countParams() / 2 : 0;
}
