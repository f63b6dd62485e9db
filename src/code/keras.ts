/** A network as a Keras 3 program. It imports nothing but keras. */
import { text } from '../messages/messages.ts';
import type { Activation, NetworkSpec } from '../spec/experiment.ts';
import { type Call, changesShape, gainFactor, has, type Plan } from './plan.ts';

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

function shortcut(plan: Plan): string {
  if (!changesShape(plan)) return '';
  const changed = '\n    if stride > 1 or width != x.shape[-1]:';
  if (plan.spec.shortcut === 'b') {
    const projected = normed(plan.spec, 'conv(x, width, stride, kernel=1)');
    return `${changed}  # ${words.projected}
        shortcut = ${projected}`;
  }
  return `${changed}  # ${words.padded}
        extra = width - x.shape[-1]
        shortcut = keras.ops.pad(x[:, ::stride, ::stride, :], [[0, 0], [0, 0], [0, 0], [0, extra]])`;
}

function residualBlock(plan: Plan): string {
  const { spec } = plan;
  const startsAtZero = has(plan, 'zeroresidual');
  const zero = startsAtZero ? '"zeros" if starts_at_zero else ' : '';
  const last =
    spec.norm === 'none'
      ? `conv(y, width${startsAtZero ? ', start="zeros" if starts_at_zero else None' : ''})`
      : `norm(conv(y, width)${startsAtZero ? `, scale=${zero}"ones"` : ''})`;
  return `def residual_block(x, width, stride=1${startsAtZero ? ', starts_at_zero=False' : ''}):${startsAtZero ? `  # ${words.startsAtZero}` : ''}
    shortcut = x  # ${words.keepInput}
    y = activation(${normed(spec, 'conv(x, width, stride)')})
    y = ${last}${shortcut(plan)}
    return activation(layers.Add()([y, shortcut]))  # ${words.addInput}`;
}

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
  const isResidual = has(plan, 'residual', 'zeroresidual');
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
  dense: 'dense_layer',
} as const;

const bare = {
  identity: 'layers.Identity()(x)',
  maxpool: 'layers.MaxPooling2D(2, padding="same")(x)',
  avgpool: 'layers.AveragePooling2D(2, padding="same")(x)',
} as const;

function call(one: Call): string {
  switch (one.kind) {
    case 'flatten':
      return 'x = layers.Flatten()(x)';
    case 'unflatten':
      return `x = layers.Reshape((1, 1, ${one.width}))(x)`;
    case 'gap':
      return 'x = layers.GlobalAveragePooling2D()(x)';
    case 'classifier':
      return 'x = classifier(x)';
    case 'identity':
    case 'maxpool':
    case 'avgpool':
      return repeated(`x = ${bare[one.kind]}`, one.count);
    default: {
      const stride = 'stride' in one && one.stride === 2 ? ', stride=2' : '';
      const zero = one.kind === 'zeroresidual' ? ', starts_at_zero=True' : '';
      return repeated(`x = ${layers[one.kind]}(x, ${one.width}${stride}${zero})`, one.count);
    }
  }
}

function repeated(statement: string, count: number): string {
  return count === 1 ? statement : `for _ in range(${count}):\n    ${statement}`;
}

export function keras(plan: Plan, name: string): string {
  const head = words.head(name, plan.parameters, plan.size, `[N, ${plan.size}, ${plan.size}, 1]`);
  return `${head.map((line) => `# ${line}`).join('\n')}
import keras
from keras import layers


${definitions(plan).join('\n\n\n')}


inputs = x = keras.Input((${plan.size}, ${plan.size}, 1))
${plan.calls.map(call).join('\n')}
model = keras.Model(inputs, x)
`;
}
