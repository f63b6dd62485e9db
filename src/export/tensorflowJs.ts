/** A network as a TensorFlow.js program. It imports nothing but TensorFlow.js. */

import type { Activation, NetworkSpec } from '../experiment/experiment.ts';
import { text } from '../messages/messages.ts';
import { isBlockCall, isResidualPlan, survivalOf, survives } from './blockCalls.ts';
import { type Call, type ConvCall, gainFactor, has, type Plan } from './plan.ts';
import { blockParts, residualBlock } from './tensorflowJsBlock.ts';

const words = text.code;

const activations: Readonly<Record<Activation, string>> = {
  sigmoid: "tf.layers.activation({ activation: 'sigmoid' }).apply(x)",
  tanh: "tf.layers.activation({ activation: 'tanh' }).apply(x)",
  relu: 'tf.layers.reLU().apply(x)',
  leaky: 'tf.layers.leakyReLU({ alpha: 0.01 }).apply(x)',
  linear: 'x',
};

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
  }
}

function initializer(spec: NetworkSpec): string {
  return `function initializer(fanIn, fanOut) {
  return ${initialization(spec)};
}`;
}

function conv({ spec }: Plan): string {
  const bias = spec.norm === 'none' ? 'kernel > 1' : 'false';
  return `function conv(x, width, { stride = 1, kernel = 3, start = null } = {}) {
  const channels = x.shape[3];
  const kernelInitializer = start ?? initializer(kernel * kernel * channels, kernel * kernel * width);
  // ${words.ownPadding}
  const padded = kernel > 1 ? tf.layers.zeroPadding2d({ padding: 1 }).apply(x) : x;
  const made = { filters: width, kernelSize: kernel, strides: stride, useBias: ${bias}, kernelInitializer };
  return tf.layers.conv2d(made).apply(padded);
}`;
}

const norm = `function norm(x, gammaInitializer = 'ones') {
  return tf.layers.batchNormalization({ momentum: 0.9, epsilon: 1e-5, gammaInitializer }).apply(x);
}`;

function activation({ act }: NetworkSpec): string {
  return `function activation(x) {
  return ${activations[act]};
}`;
}

/** The expression, normalised where the network is. */
function normed({ norm: kind }: NetworkSpec, inner: string): string {
  return kind === 'none' ? inner : `norm(${inner})`;
}

function convLayer(spec: NetworkSpec): string {
  return `function convLayer(x, width, stride = 1) {
  return activation(${normed(spec, 'conv(x, width, { stride })')});
}`;
}

const plainBlock = `function plainBlock(x, width, stride = 1) {
  return convLayer(convLayer(x, width, stride), width);
}`;

const diracLayer = `function diracLayer(x, width, stride = 1) {
  const channels = x.shape[3];
  // ${words.startsAsIdentity}
  const kernel = tf.pad(tf.eye(channels, width).reshape([1, 1, channels, width]), [[1, 1], [1, 1], [0, 0], [0, 0]]);
  const padded = tf.layers.zeroPadding2d({ padding: 1 }).apply(x);
  const made = { filters: width, kernelSize: 3, strides: stride, weights: [kernel, tf.zeros([width])] };
  return activation(tf.layers.conv2d(made).apply(padded));
}`;

function denseLayer(spec: NetworkSpec): string {
  const bias = spec.norm === 'none' ? '' : 'useBias: false, ';
  return `function denseLayer(x, units) {
  const layer = tf.layers.dense({ units, ${bias}kernelInitializer: initializer(x.shape[1], units) });
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

const classifier = `function classifier(x) {
  const kernelInitializer = tf.initializers.randomNormal({ stddev: Math.sqrt(1 / x.shape[1]) });
  return tf.layers.dense({ units: 10, kernelInitializer }).apply(x);
}`;

function definitions(plan: Plan): string[] {
  const { spec } = plan;
  const isResidual = isResidualPlan(plan);
  const usesConv = has(plan, 'conv', 'plain') || isResidual;
  const usesDense = has(plan, 'dense');
  return [
    ...(usesConv || usesDense ? [initializer(spec)] : []),
    ...(usesConv ? [conv(plan)] : []),
    ...(spec.norm !== 'none' && (usesConv || usesDense) ? [norm] : []),
    activation(spec),
    ...(has(plan, 'conv', 'plain') ? [convLayer(spec)] : []),
    ...(has(plan, 'plain') ? [plainBlock] : []),
    ...(has(plan, 'dirac') ? [diracLayer] : []),
    ...(isResidual ? [...blockParts(plan), residualBlock(plan)] : []),
    ...(has(plan, 'avgpool') ? [averagePool] : []),
    ...(usesDense ? [denseLayer(spec)] : []),
    classifier,
  ];
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

function call(plan: Plan, one: Call): string {
  switch (one.kind) {
    case 'flatten':
      return 'x = tf.layers.flatten().apply(x);';
    case 'unflatten':
      return `x = tf.layers.reshape({ targetShape: [1, 1, ${one.width}] }).apply(x);`;
    case 'gap':
      return 'x = tf.layers.globalAveragePooling2d({}).apply(x);';
    case 'classifier':
      return 'x = classifier(x);';
    case 'activate':
      return `x = activation(${normed(plan.spec, 'x')});`;
    case 'identity':
    case 'maxpool':
    case 'avgpool':
      return repeated(`x = ${bare[one.kind]};`, one.count);
    case 'dense':
      return repeated(`x = denseLayer(x, ${one.width});`, one.count);
    default:
      return isBlockCall(one) ? blockCall(plan, one) : convCall(one);
  }
}

function convCall({ kind, width, stride, count }: ConvCall): string {
  return repeated(`x = ${layers[kind]}(${[`x, ${width}`, ...(stride === 2 ? [stride] : [])].join(', ')});`, count);
}

function blockCall(plan: Plan, { kind, width, stride, count, opens, block }: ConvCall): string {
  const first = survives(plan) ? (block ?? 1) : null;
  const settings = [
    ...(stride === 2 ? ['stride: 2'] : []),
    ...(kind === 'zeroresidual' ? ['startsAtZero: true'] : []),
    ...(opens ? ['opens: true'] : []),
    ...(first === null ? [] : [`survival: ${survivalOf(plan, count === 1 ? first : 'block')}`]),
  ];
  const options = settings.length > 0 ? `, { ${settings.join(', ')} }` : '';
  const statement = `x = residualBlock(x, ${width}${options});`;
  if (first === null || count === 1) return repeated(statement, count);
  return `for (let block = ${first}; block < ${first + count}; block++) ${statement}`;
}

function repeated(statement: string, count: number): string {
  return count === 1 ? statement : `for (let i = 0; i < ${count}; i++) ${statement}`;
}

export function tensorflowJs(plan: Plan, name: string): string {
  const head = words.head(
    name,
    plan.parameters,
    words.needs.tensorflowJs,
    plan.size,
    `[N, ${plan.size}, ${plan.size}, 1]`,
  );
  return `${head.map((line) => `// ${line}`).join('\n')}
import * as tf from '@tensorflow/tfjs';

${definitions(plan).join('\n\n')}

export function buildModel() {
  const inputs = tf.input({ shape: [${plan.size}, ${plan.size}, 1] });
  let x = inputs;
${plan.calls.map((each) => `  ${call(plan, each)}`).join('\n')}
  return tf.model({ inputs, outputs: x });
}
`;
}
