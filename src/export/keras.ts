/** A network as a Keras 3 program. It imports nothing but keras. */

import type { Activation, NetworkSpec } from '../experiment/experiment.ts';
import { text } from '../messages/messages.ts';
import { isBlockCall, isResidualPlan, survivalOf, survives } from './blockCalls.ts';
import { learnedScale, residualBlock } from './kerasBlock.ts';
import { type Call, type ConvCall, gainFactor, has, type Plan } from './plan.ts';

const words = text.code;

const activations: Readonly<Record<Activation, string>> = {
  sigmoid: 'layers.Activation("sigmoid")(x)',
  tanh: 'layers.Activation("tanh")(x)',
  relu: 'layers.ReLU()(x)',
  leaky: 'layers.LeakyReLU(negative_slope=0.01)(x)',
  linear: 'x',
};

function initialization(spec: NetworkSpec): string {
  const gain = gainFactor(spec);
  switch (spec.init) {
    case 'he':
      return `keras.initializers.RandomNormal(stddev=${gain}(2 / fan_in) ** 0.5)`;
    case 'xavier':
      return `keras.initializers.RandomNormal(stddev=${gain}(2 / (fan_in + fan_out)) ** 0.5)`;
    case 'normal':
      return `keras.initializers.RandomNormal(stddev=${gain}${spec.std})`;
    case 'orthogonal':
      return `keras.initializers.Orthogonal(gain=${spec.gain})`;
  }
}

function initializer(spec: NetworkSpec): string {
  return `def initializer(fan_in, fan_out):
    return ${initialization(spec)}`;
}

function conv(plan: Plan): string {
  const { norm } = plan.spec;
  const bias = norm === 'none' ? 'use_bias=kernel > 1' : 'use_bias=False';
  return `def conv(x, width, stride=1, kernel=3, start=None):
    start = start or initializer(kernel * kernel * x.shape[-1], kernel * kernel * width)
    x = layers.ZeroPadding2D(kernel // 2)(x)  # ${words.ownPadding}
    return layers.Conv2D(width, kernel, stride, ${bias}, kernel_initializer=start)(x)`;
}

const norm = `def norm(x, scale="ones"):
    return layers.BatchNormalization(momentum=0.9, epsilon=1e-5, gamma_initializer=scale)(x)`;

function activation({ act }: NetworkSpec): string {
  return `def activation(x):
    return ${activations[act]}`;
}

/** The expression, normalised where the network is. */
function normed({ norm: kind }: NetworkSpec, inner: string, scale = ''): string {
  return kind === 'none' ? inner : `norm(${inner}${scale})`;
}

function convLayer(spec: NetworkSpec): string {
  return `def conv_layer(x, width, stride=1):
    return activation(${normed(spec, 'conv(x, width, stride)')})`;
}

const plainBlock = `def plain_block(x, width, stride=1):
    return conv_layer(conv_layer(x, width, stride), width)`;

const diracLayer = `def dirac(shape, dtype=None):  # ${words.startsAsIdentity}
    kernel = keras.ops.eye(shape[2], shape[3], dtype=dtype)[None, None]
    return keras.ops.pad(kernel, [[1, 1], [1, 1], [0, 0], [0, 0]])


def dirac_layer(x, width, stride=1):
    x = layers.ZeroPadding2D(1)(x)
    return activation(layers.Conv2D(width, 3, stride, kernel_initializer=dirac)(x))`;

function denseLayer(spec: NetworkSpec): string {
  const bias = spec.norm === 'none' ? '' : 'use_bias=False, ';
  return `def dense_layer(x, units):
    layer = layers.Dense(units, ${bias}kernel_initializer=initializer(x.shape[-1], units))
    return activation(${normed(spec, 'layer(x)')})`;
}

const classifier = `def classifier(x):
    start = keras.initializers.RandomNormal(stddev=(1 / x.shape[-1]) ** 0.5)
    return layers.Dense(10, kernel_initializer=start)(x)`;

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
    ...(isResidual && spec.skipinit === 'on' ? [learnedScale] : []),
    ...(isResidual ? [residualBlock(plan)] : []),
    ...(usesDense ? [denseLayer(spec)] : []),
    classifier,
  ];
}

const layers = {
  conv: 'conv_layer',
  plain: 'plain_block',
  dirac: 'dirac_layer',
  residual: 'residual_block',
  zeroresidual: 'residual_block',
} as const;

const bare = {
  identity: 'layers.Identity()(x)',
  maxpool: 'layers.MaxPooling2D(2, padding="same")(x)',
  avgpool: 'layers.AveragePooling2D(2, padding="same")(x)',
} as const;

function call(plan: Plan, one: Call): string {
  switch (one.kind) {
    case 'flatten':
      return 'x = layers.Flatten()(x)';
    case 'unflatten':
      return `x = layers.Reshape((1, 1, ${one.width}))(x)`;
    case 'gap':
      return 'x = layers.GlobalAveragePooling2D()(x)';
    case 'classifier':
      return 'x = classifier(x)';
    case 'activate':
      return `x = activation(${normed(plan.spec, 'x')})`;
    case 'identity':
    case 'maxpool':
    case 'avgpool':
      return repeated(`x = ${bare[one.kind]}`, one.count);
    case 'dense':
      return repeated(`x = dense_layer(x, ${one.width})`, one.count);
    default:
      return convCall(plan, one);
  }
}

function convCall(plan: Plan, one: ConvCall): string {
  const { kind, width, stride, count, opens } = one;
  const first = isBlockCall(one) && survives(plan) ? one.block : null;
  const settings = [
    ...(stride === 2 ? ['stride=2'] : []),
    ...(kind === 'zeroresidual' ? ['starts_at_zero=True'] : []),
    ...(opens ? ['opens=True'] : []),
    ...(first === null ? [] : [`survival=${survivalOf(plan, count === 1 ? first : 'block')}`]),
  ];
  const statement = `x = ${layers[kind]}(${['x', width, ...settings].join(', ')})`;
  if (first === null || count === 1) return repeated(statement, count);
  return `for block in range(${first}, ${first + count}):\n    ${statement}`;
}

function repeated(statement: string, count: number): string {
  return count === 1 ? statement : `for _ in range(${count}):\n    ${statement}`;
}

export function keras(plan: Plan, name: string): string {
  const head = words.head(name, plan.parameters, words.needs.keras, plan.size, `[N, ${plan.size}, ${plan.size}, 1]`);
  return `${head.map((line) => `# ${line}`).join('\n')}
import keras
from keras import layers


${definitions(plan).join('\n\n\n')}


inputs = x = keras.Input((${plan.size}, ${plan.size}, 1))
${plan.calls.map((each) => call(plan, each)).join('\n')}
model = keras.Model(inputs, x)
`;
}
