/** A network as a TensorFlow.js program. It imports nothing but TensorFlow.js. */
import { text } from '../messages/messages.ts';
import type { Activation, NetworkSpec } from '../spec/experiment.ts';
import { type Call, changesShape, gainFactor, has, type Plan } from './plan.ts';

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

const padShortcut = `// ${words.padded}
class PadShortcut extends tf.layers.Layer {
  static className = 'PadShortcut';
  constructor({ stride, width }) {
    super({});
    this.stride = stride;
    this.width = width;
  }
  computeOutputShape([count, height, width]) {
    return [count, Math.ceil(height / this.stride), Math.ceil(width / this.stride), this.width];
  }
  call(inputs) {
    const [x] = [inputs].flat();
    const skipped = tf.stridedSlice(x, [0, 0, 0, 0], x.shape, [1, this.stride, this.stride, 1]);
    return tf.pad(skipped, [[0, 0], [0, 0], [0, 0], [0, this.width - x.shape[3]]]);
  }
}`;

function shortcut(plan: Plan): string {
  if (!changesShape(plan)) return '';
  const changed =
    plan.spec.shortcut === 'a'
      ? 'new PadShortcut({ stride, width }).apply(x);'
      : `${normed(plan.spec, 'conv(x, width, { stride, kernel: 1 })')}; // ${words.projected}`;
  return `
  if (stride > 1 || width !== x.shape[3]) shortcut = ${changed}`;
}

function residualBlock(plan: Plan): string {
  const { spec } = plan;
  const startsAtZero = has(plan, 'zeroresidual');
  const last =
    spec.norm === 'none'
      ? `conv(y, width${startsAtZero ? ", { start: startsAtZero ? 'zeros' : null }" : ''})`
      : `norm(conv(y, width)${startsAtZero ? ", startsAtZero ? 'zeros' : 'ones'" : ''})`;
  return `function residualBlock(x, width, stride = 1${startsAtZero ? ', startsAtZero = false' : ''}) {${startsAtZero ? ` // ${words.startsAtZero}` : ''}
  ${changesShape(plan) ? 'let' : 'const'} shortcut = x; // ${words.keepInput}
  let y = activation(${normed(spec, 'conv(x, width, { stride })')});
  y = ${last};${shortcut(plan)}
  return activation(tf.layers.add().apply([y, shortcut])); // ${words.addInput}
}`;
}

function denseLayer(spec: NetworkSpec): string {
  const bias = spec.norm === 'none' ? '' : 'useBias: false, ';
  return `function denseLayer(x, units) {
  const layer = tf.layers.dense({ units, ${bias}kernelInitializer: initializer(x.shape[1], units) });
  return activation(${normed(spec, 'layer.apply(x)')});
}`;
}

const classifier = `function classifier(x) {
  const kernelInitializer = tf.initializers.randomNormal({ stddev: Math.sqrt(1 / x.shape[1]) });
  return tf.layers.dense({ units: 10, kernelInitializer }).apply(x);
}`;

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
    ...(spec.shortcut === 'a' && changesShape(plan) ? [padShortcut] : []),
    ...(isResidual ? [residualBlock(plan)] : []),
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
  dense: 'denseLayer',
} as const;

const bare = {
  identity: "tf.layers.activation({ activation: 'linear' }).apply(x)",
  maxpool: "tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' }).apply(x)",
  avgpool: "tf.layers.averagePooling2d({ poolSize: 2, padding: 'same' }).apply(x)",
} as const;

function call(one: Call): string {
  switch (one.kind) {
    case 'flatten':
      return 'x = tf.layers.flatten().apply(x);';
    case 'unflatten':
      return `x = tf.layers.reshape({ targetShape: [1, 1, ${one.width}] }).apply(x);`;
    case 'gap':
      return 'x = tf.layers.globalAveragePooling2d({}).apply(x);';
    case 'classifier':
      return 'x = classifier(x);';
    case 'identity':
    case 'maxpool':
    case 'avgpool':
      return repeated(`x = ${bare[one.kind]};`, one.count);
    default: {
      const stride = 'stride' in one && (one.stride === 2 || one.kind === 'zeroresidual') ? `, ${one.stride}` : '';
      const zero = one.kind === 'zeroresidual' ? ', true' : '';
      return repeated(`x = ${layers[one.kind]}(x, ${one.width}${stride}${zero});`, one.count);
    }
  }
}

function repeated(statement: string, count: number): string {
  return count === 1 ? statement : `for (let i = 0; i < ${count}; i++) ${statement}`;
}

export function tensorflowJs(plan: Plan, name: string): string {
  const head = words.head(name, plan.parameters, plan.size, `[N, ${plan.size}, ${plan.size}, 1]`);
  return `${head.map((line) => `// ${line}`).join('\n')}
import * as tf from '@tensorflow/tfjs';

${definitions(plan).join('\n\n')}

export function buildModel() {
  const inputs = tf.input({ shape: [${plan.size}, ${plan.size}, 1] });
  let x = inputs;
${plan.calls.map((each) => `  ${call(each)}`).join('\n')}
  return tf.model({ inputs, outputs: x });
}
`;
}
