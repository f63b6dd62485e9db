/** A network as a Keras 3 program. It imports nothing but keras. */

import type { NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import { activations } from './activations.ts';
import { type Dialect, ownKernel, python } from './dialect.ts';

import { learnedScale, residualBlock } from './kerasBlock.ts';
import { around, drawsBiases, gainFactor, normed, type Plan } from './plan.ts';

const words = laterText.code;

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
    case 'pytorch':
      return `keras.initializers.RandomUniform(-limit, limit)  # ${words.pytorchStart}`;
    case 'keras':
      return spec.gain === 1 ? glorot : 'keras.initializers.RandomUniform(-limit, limit)';
  }
}

const glorot = 'keras.initializers.GlorotUniform()';

function limit(spec: NetworkSpec): string {
  const gain = gainFactor(spec);
  if (spec.init === 'pytorch') return `    limit = ${gain}(1 / fan_in) ** 0.5\n`;
  return spec.init === 'keras' && gain !== '' ? `    limit = ${gain}(6 / (fan_in + fan_out)) ** 0.5\n` : '';
}

const biasInitializer = `


def bias_initializer(fan_in):
    limit = (1 / fan_in) ** 0.5
    return keras.initializers.RandomUniform(-limit, limit)`;

function initializer(spec: NetworkSpec): string {
  return `def initializer(fan_in, fan_out):
${limit(spec)}    return ${initialization(spec)}${drawsBiases(spec) ? biasInitializer : ''}`;
}

function conv(plan: Plan): string {
  const { norm, kernel } = plan.spec;
  const bias = norm === 'none' ? 'use_bias=bias' : 'use_bias=False';
  const drawn = drawsBiases(plan.spec);
  const drawing = '    drawn = "zeros" if start else bias_initializer(kernel * kernel * x.shape[-1])\n';
  return `def conv(x, width, stride=1, kernel=${kernel}, start=None${norm === 'none' ? ', bias=True' : ''}):
${drawn ? drawing : ''}    start = start or initializer(kernel * kernel * x.shape[-1], kernel * kernel * width)
    x = layers.ZeroPadding2D(kernel // 2)(x)  # ${words.ownPadding}
    return layers.Conv2D(width, kernel, stride, ${bias}, kernel_initializer=start${drawn ? ', bias_initializer=drawn' : ''})(x)`;
}

function norm({ norm: kind, groups }: NetworkSpec): string {
  const begun = 'def norm(x, scale="ones"):';
  if (kind === 'batch') {
    return `${begun}
    return layers.BatchNormalization(momentum=0.9, epsilon=1e-5, gamma_initializer=scale)(x)`;
  }
  const lines =
    kind === 'layer'
      ? []
      : [
          `    every = [each for each in range(1, ${groups + 1}) if ${groups} % each == 0 and x.shape[-1] % each == 0]  # ${words.mostGroups}`,
        ];
  const given = kind === 'layer' ? '1' : 'max(every)';
  return [
    begun,
    ...lines,
    `    return layers.GroupNormalization(${given}, epsilon=1e-5, gamma_initializer=scale)(x)`,
  ].join('\n');
}

function activation({ act }: NetworkSpec): string {
  return `def activation(x):
    return ${activations[act].keras}`;
}

function convLayer(plan: Plan): string {
  const [kernel, passed] = ownKernel(plan);
  return `def conv_layer(x, width, stride=1${kernel}):
    return activation(${normed(plan.spec, `conv(x, width, stride${passed})`)})`;
}

function plainBlock(plan: Plan): string {
  const [kernel, passed] = ownKernel(plan);
  return `def plain_block(x, width, stride=1${kernel}):
    return conv_layer(conv_layer(x, width, stride${passed}), width${passed})`;
}

const diracLayer = ({ spec }: Plan) => `def dirac(shape, dtype=None):  # ${words.startsAsIdentity}
    kernel = keras.ops.eye(shape[2], shape[3], dtype=dtype)[None, None]
    border = [shape[0] // 2, shape[1] // 2]
    return keras.ops.pad(kernel, [border, border, [0, 0], [0, 0]])


def dirac_layer(x, width, stride=1, kernel=${spec.kernel}):
    x = layers.ZeroPadding2D(kernel // 2)(x)
    return activation(layers.Conv2D(width, kernel, stride, kernel_initializer=dirac)(x))`;

function denseLayer(spec: NetworkSpec): string {
  const bias = spec.norm === 'none' ? '' : 'use_bias=False, ';
  const drawn = drawsBiases(spec) ? ', bias_initializer=bias_initializer(x.shape[-1])' : '';
  return `def dense_layer(x, units):
    layer = layers.Dense(units, ${bias}kernel_initializer=initializer(x.shape[-1], units)${drawn})
    return activation(${normed(spec, 'layer(x)')})`;
}

function classifier({ spec: { init }, classes }: Plan): string {
  const limited = 'keras.initializers.RandomUniform(-limit, limit)';
  if (init === 'pytorch') {
    return `def classifier(x):
    limit = (1 / x.shape[-1]) ** 0.5  # ${words.pytorchStart}
    start, bias = ${limited}, ${limited}
    return layers.Dense(${classes}, kernel_initializer=start, bias_initializer=bias)(x)`;
  }
  const start = init === 'keras' ? glorot : 'keras.initializers.RandomNormal(stddev=(1 / x.shape[-1]) ** 0.5)';
  return `def classifier(x):
    return layers.Dense(${classes}, kernel_initializer=${start})(x)`;
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

export const keras: Dialect = {
  ...python,
  requirement: words.needs.keras,
  layout: (size, channels) => `[N, ${size}, ${size}, ${channels}]`,
  definitions: {
    initializer: ({ spec }) => initializer(spec),
    conv,
    norm: ({ spec }) => norm(spec),
    activation: ({ spec }) => activation(spec),
    convLayer,
    plainBlock,
    diracLayer,
    residualBlock: (plan) => [...(plan.spec.skipinit === 'on' ? [learnedScale] : []), residualBlock(plan)],
    denseLayer: ({ spec }) => denseLayer(spec),
    classifier,
  },
  flatten: 'x = layers.Flatten()(x)',
  unflatten: (width) => `x = layers.Reshape((1, 1, ${width}))(x)`,
  gap: 'x = layers.GlobalAveragePooling2D()(x)',
  classifier: () => 'x = classifier(x)',
  activate: (spec) => `x = ${around(spec, 'lead', 'x')}`,
  bare,
  dense: (_, units) => `dense_layer(x, ${units})`,
  conv: ({ kind, width }, given) => `${layers[kind]}(${['x', width, ...given].join(', ')})`,
  repeated: (layer, count) => (count === 1 ? `x = ${layer}` : `for _ in range(${count}):\n    x = ${layer}`),
  numbered: (layer, first, count) => `for block in range(${first}, ${first + count}):\n    x = ${layer}`,
  program: ({ size, channels }, definitions, statements) => `import keras
from keras import layers


${definitions.join('\n\n\n')}


inputs = x = keras.Input((${size}, ${size}, ${channels}))
${statements.join('\n')}
model = keras.Model(inputs, x)
`,
};
