/** A network as a TensorFlow.js program. It imports nothing but TensorFlow.js. */

import type { NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import { activations } from './activations.ts';
import type { Dialect } from './dialect.ts';

import { around, drawsBiases, gainFactor, hasOwnKernels, normed, type Plan } from './plan.ts';
import { blockParts, residualBlock } from './tensorflowJsBlock.ts';

const words = laterText.code;

function initialization(spec: NetworkSpec): string {
  const gain = gainFactor(spec);
  switch (spec.init) {
    case 'he':
      return `tf.initializers.randomNormal({ stddev: ${gain}Math.sqrt(2 / fanIn) })`;
    case 'xavier':
      return `tf.initializers.randomNormal({ stddev: ${gain}Math.sqrt(2 / (fanIn + fanOut)) })`;
    case 'normal':
      return `tf.initializers.randomNormal({ stddev: ${gain}${spec.std} })`;
    case 'orthogonal':
      return `tf.initializers.orthogonal({ gain: ${spec.gain} })`;
    case 'pytorch':
      return uniform;
    case 'keras':
      return spec.gain === 1 ? glorot : uniform;
  }
}

const uniform = 'tf.initializers.randomUniform({ minval: -limit, maxval: limit })';
const glorot = 'tf.initializers.glorotUniform({})';

function limit(spec: NetworkSpec): string {
  const gain = gainFactor(spec);
  if (spec.init === 'pytorch') return `  const limit = ${gain}Math.sqrt(1 / fanIn); // ${words.pytorchStart}\n`;
  return spec.init === 'keras' && gain !== '' ? `  const limit = ${gain}Math.sqrt(6 / (fanIn + fanOut));\n` : '';
}

const drawnBiases = `

function biasInitializer(fanIn) {
  const limit = Math.sqrt(1 / fanIn);
  return ${uniform};
}`;

function initializer(spec: NetworkSpec): string {
  return `function initializer(fanIn, fanOut) {
${limit(spec)}  return ${initialization(spec)};
}${drawsBiases(spec) ? drawnBiases : ''}`;
}

function conv({ spec }: Plan): string {
  const [parameter, bias] = spec.norm === 'none' ? [', bias = true', 'bias'] : ['', 'false'];
  const drawn = drawsBiases(spec);
  const drawing = "  const drawn = start === null ? biasInitializer(kernel * kernel * channels) : 'zeros';\n";
  return `function conv(x, width, { stride = 1, kernel = ${spec.kernel}, start = null${parameter} } = {}) {
  const channels = x.shape[3];
  const kernelInitializer = start ?? initializer(kernel * kernel * channels, kernel * kernel * width);
${drawn ? drawing : ''}  // ${words.ownPadding}
  const padded = kernel > 1 ? tf.layers.zeroPadding2d({ padding: (kernel - 1) / 2 }).apply(x) : x;
  const made = { filters: width, kernelSize: kernel, strides: stride, useBias: ${bias}, kernelInitializer${drawn ? ', biasInitializer: drawn' : ''} };
  return tf.layers.conv2d(made).apply(padded);
}`;
}

const batchNorm = `function norm(x, gammaInitializer = 'ones') {
  return tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5, gammaInitializer }).apply(x);
}`;

/** @param groups as an expression of the number of channels */
const groupNorm = (groups: string, remark: string) => `class GroupNorm extends tf.layers.Layer {
  static className = 'GroupNorm';
  constructor({ scale }) {
    super({});
    this.startsAt = scale;
  }
  build(shape) {
    const channels = shape[shape.length - 1];
    this.groups = ${groups};${remark}
    this.scale = this.addWeight('scale', [channels], 'float32', tf.initializers[this.startsAt]());
    this.shift = this.addWeight('shift', [channels], 'float32', tf.initializers.zeros());
    this.built = true;
  }
  computeOutputShape(shape) {
    return shape;
  }
  call(inputs) {
    const x = [inputs].flat()[0];
    const grouped = x.reshape([x.shape[0], -1, this.groups, x.shape[x.rank - 1] / this.groups]);
    const centred = grouped.sub(grouped.mean([1, 3], true));
    const hat = centred.mul(centred.square().mean([1, 3], true).add(1e-5).rsqrt()).reshape(x.shape);
    return hat.mul(this.scale.read()).add(this.shift.read());
  }
}

function norm(x, scale = 'ones') {
  return new GroupNorm({ scale }).apply(x);
}`;

function norm({ spec: { norm: kind, groups } }: Plan): string {
  if (kind === 'batch') return batchNorm;
  if (kind === 'layer') return groupNorm('1', '');
  const each = `Array.from({ length: ${groups} }, (_, i) => i + 1)`;
  const most = `Math.max(...${each}.filter((each) => ${groups} % each === 0 && channels % each === 0))`;
  return groupNorm(most, ` // ${words.mostGroups}`);
}

function activation({ act }: NetworkSpec): string {
  return `function activation(x) {
  return ${activations[act].tensorflowJs};
}`;
}

function convLayer(plan: Plan): string {
  const [parameters, conv] = hasOwnKernels(plan)
    ? [`{ stride = 1, kernel = ${plan.spec.kernel} } = {}`, 'conv(x, width, { stride, kernel })']
    : ['stride = 1', 'conv(x, width, { stride })'];
  return `function convLayer(x, width, ${parameters}) {
  return activation(${normed(plan.spec, conv)});
}`;
}

function plainBlock(plan: Plan): string {
  if (!hasOwnKernels(plan)) {
    return `function plainBlock(x, width, stride = 1) {
  return convLayer(convLayer(x, width, stride), width);
}`;
  }
  return `function plainBlock(x, width, { stride = 1, kernel = ${plan.spec.kernel} } = {}) {
  return convLayer(convLayer(x, width, { stride, kernel }), width, { kernel });
}`;
}

function diracLayer(plan: Plan): string {
  const { kernel: side } = plan.spec;
  const parameters = hasOwnKernels(plan) ? `{ stride = 1, kernel: side = ${side} } = {}` : `stride = 1, side = ${side}`;
  return `function diracLayer(x, width, ${parameters}) {
  const channels = x.shape[3];
  // ${words.startsAsIdentity}
  const border = [(side - 1) / 2, (side - 1) / 2];
  const kernel = tf.pad(tf.eye(channels, width).reshape([1, 1, channels, width]), [border, border, [0, 0], [0, 0]]);
  const padded = side > 1 ? tf.layers.zeroPadding2d({ padding: border[0] }).apply(x) : x;
  const made = { filters: width, kernelSize: side, strides: stride, weights: [kernel, tf.zeros([width])] };
  return activation(tf.layers.conv2d(made).apply(padded));
}`;
}

function denseLayer(spec: NetworkSpec): string {
  const bias = spec.norm === 'none' ? '' : 'useBias: false, ';
  const drawn = drawsBiases(spec) ? ', biasInitializer: biasInitializer(x.shape[1])' : '';
  return `function denseLayer(x, units) {
  const layer = tf.layers.dense({ units, ${bias}kernelInitializer: initializer(x.shape[1], units)${drawn} });
  return activation(${normed(spec, 'layer.apply(x)')});
}`;
}

const averagePool = `function averagePool(x) {
  // ${words.lastTwice}
  const [, side] = x.shape;
  const last = side - 1;
  if (side % 2 === 1) {
    const row = tf.layers.cropping2D({ cropping: [[last, 0], [0, 0]] }).apply(x);
    x = tf.layers.concatenate({ axis: 1 }).apply([x, row]);
    const column = tf.layers.cropping2D({ cropping: [[0, 0], [last, 0]] }).apply(x);
    x = tf.layers.concatenate({ axis: 2 }).apply([x, column]);
  }
  return tf.layers.averagePooling2d({ poolSize: 2 }).apply(x);
}`;

function classifier({ spec: { init }, classes }: Plan): string {
  if (init === 'pytorch') {
    return `function classifier(x) {
  const limit = Math.sqrt(1 / x.shape[1]); // ${words.pytorchStart}
  const kernelInitializer = ${uniform};
  const biasInitializer = ${uniform};
  return tf.layers.dense({ units: ${classes}, kernelInitializer, biasInitializer }).apply(x);
}`;
  }
  const start = init === 'keras' ? glorot : 'tf.initializers.randomNormal({ stddev: Math.sqrt(1 / x.shape[1]) })';
  return `function classifier(x) {
  const kernelInitializer = ${start};
  return tf.layers.dense({ units: ${classes}, kernelInitializer }).apply(x);
}`;
}

const layers = {
  conv: 'convLayer',
  plain: 'plainBlock',
  dirac: 'diracLayer',
  residual: 'residualBlock',
  zeroresidual: 'residualBlock',
} as const;

const bare = {
  identity: "tf.layers.activation({ activation: 'linear' }).apply(x)",
  maxpool: "tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' }).apply(x)",
  avgpool: 'averagePool(x)',
} as const;

export const tensorflowJs: Dialect = {
  comment: '//',
  requirement: words.needs.tensorflowJs,
  layout: (size, channels) => `[N, ${size}, ${size}, ${channels}]`,
  definitions: {
    initializer: ({ spec }) => initializer(spec),
    conv,
    norm,
    activation: ({ spec }) => activation(spec),
    convLayer,
    plainBlock,
    diracLayer,
    residualBlock: (plan) => [...blockParts(plan), residualBlock(plan)],
    averagePool: () => averagePool,
    denseLayer: ({ spec }) => denseLayer(spec),
    classifier,
  },
  flatten: 'x = tf.layers.flatten().apply(x);',
  unflatten: (width) => `x = tf.layers.reshape({ targetShape: [1, 1, ${width}] }).apply(x);`,
  gap: 'x = tf.layers.globalAveragePooling2d({}).apply(x);',
  classifier: () => 'x = classifier(x);',
  activate: (spec) => `x = ${around(spec, 'lead', 'x')};`,
  bare,
  dense: (_, units) => `denseLayer(x, ${units})`,
  conv({ kind, width, stride, block }, given, ownKernels) {
    if (block === null && !ownKernels)
      return `${layers[kind]}(${['x', width, ...(stride === 2 ? [stride] : [])].join(', ')})`;
    return `${layers[kind]}(x, ${width}${given.length > 0 ? `, { ${given.join(', ')} }` : ''})`;
  },
  setting: (name, value) => `${name}: ${value}`,
  repeated: (layer, count) => (count === 1 ? `x = ${layer};` : `for (let i = 0; i < ${count}; i++) x = ${layer};`),
  numbered: (layer, first, count) => `for (let block = ${first}; block < ${first + count}; block++) x = ${layer};`,
  program: ({ size, channels }, definitions, statements) => `import * as tf from '@tensorflow/tfjs';

${definitions.join('\n\n')}

export function buildModel() {
  const inputs = tf.input({ shape: [${size}, ${size}, ${channels}] });
  let x = inputs;
${statements.map((each) => `  ${each}`).join('\n')}
  return tf.model({ inputs, outputs: x });
}
`,
};
