/** Residual blocks in TensorFlow.js: as much of a block's two paths as the network asks for. */

import type { NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import { anyOpens, changesShape, has, keptShare, type Plan, survives } from './plan.ts';

const words = laterText.code;

/** Lines at the depth of a function's body; null leaves one out. */
function body(...lines: readonly (string | null)[]): string {
  return lines.flatMap((line) => (line === null ? [] : [`  ${line}`])).join('\n');
}

const padShortcut = `// ${words.padded}
function padShortcut(x, width, stride) {
  const skipped = tf.layers.averagePooling2d({ poolSize: 1, strides: stride }).apply(x); // ${words.everyPixelAlone}
  const channelsFirst = tf.layers.permute({ dims: [3, 1, 2] }).apply(skipped);
  const padded = tf.layers.zeroPadding2d({ padding: [[0, width - x.shape[3]], [0, 0]] }).apply(channelsFirst);
  return tf.layers.permute({ dims: [2, 3, 1] }).apply(padded);
}`;

const scale = `class Scale extends tf.layers.Layer {
  static className = 'Scale';
  constructor({ factor }) {
    super({});
    this.factor = factor;
  }
  computeOutputShape(shape) {
    return shape;
  }
  call(inputs) {
    return tf.mul([inputs].flat()[0], this.factor);
  }
}

function scaled(x, factor) {
  return new Scale({ factor }).apply(x);
}`;

const learnedScale = `// ${words.learnedFromZero}
class LearnedScale extends tf.layers.Layer {
  static className = 'LearnedScale';
  build() {
    this.scale = this.addWeight('scale', [1], 'float32', tf.initializers.zeros());
    this.built = true;
  }
  computeOutputShape(shape) {
    return shape;
  }
  call(inputs) {
    return tf.mul([inputs].flat()[0], this.scale.read());
  }
}`;

const sigmoid = `function sigmoid(x) {
  return tf.layers.activation({ activation: 'sigmoid' }).apply(x);
}`;

/** The definitions that blocks use. */
export function blockParts(plan: Plan): string[] {
  const { spec } = plan;
  const scales =
    spec.skipscale !== 1 || spec.branchscale !== 1 || spec.dropout > 0 || spec.gate !== 'none' || survives(plan);
  return [
    ...(spec.shortcut === 'a' && changesShape(plan) ? [padShortcut] : []),
    ...(scales ? [scale] : []),
    ...(spec.skipinit === 'on' ? [learnedScale] : []),
    ...(spec.gate === 'none' ? [] : [sigmoid]),
  ];
}

function normed({ norm }: NetworkSpec, inner: string): string {
  return norm === 'none' ? inner : `norm(${inner})`;
}

function convs(plan: Plan): readonly string[] {
  const { spec } = plan;
  const startsAtZero = has(plan, 'zeroresidual');
  const zeroScale = startsAtZero ? ", startsAtZero ? 'zeros' : 'ones'" : '';
  const zeroStart = startsAtZero ? ", { start: startsAtZero ? 'zeros' : null }" : '';
  const isNormed = spec.norm !== 'none' && spec.order === 'post';
  return [
    `let y = activation(${normed(spec, 'conv(x, width, { stride })')});`,
    `y = ${isNormed ? `norm(conv(y, width)${zeroScale})` : `conv(y, width${zeroStart})`};`,
  ];
}

function reshaped(plan: Plan): string | null {
  const { shortcut, order } = plan.spec;
  const bare = 'conv(x, width, { stride, kernel: 1 })';
  const projected = order === 'post' ? normed(plan.spec, bare) : bare;
  if (shortcut === 'c') return `shortcut = ${projected}; // ${words.projectedAlways}`;
  if (!changesShape(plan)) return null;
  const changed = shortcut === 'a' ? 'padShortcut(shortcut, width, stride);' : `${projected}; // ${words.projected}`;
  return `if (stride > 1 || width !== shortcut.shape[3]) shortcut = ${changed}`;
}

function gated({ gate, gatebias }: NetworkSpec): readonly string[] {
  if (gate === 'none') return [];
  return [
    'const kernelInitializer = initializer(x.shape[3], width);',
    `const biasInitializer = tf.initializers.constant({ value: ${gatebias} });`,
    'const made = { filters: width, kernelSize: 1, strides: stride, kernelInitializer, biasInitializer };',
    'const z = tf.layers.conv2d(made).apply(x);',
    ...(gate === 'exclusive' ? ['const open = sigmoid(z);'] : []),
    `const shut = sigmoid(scaled(z, -1)); // ${words.shut}`,
  ];
}

function paths(plan: Plan): readonly (string | null)[] {
  const { spec } = plan;
  return [
    spec.skipscale === 1 ? null : `shortcut = scaled(shortcut, ${spec.skipscale});`,
    spec.gate === 'none' ? null : 'shortcut = tf.layers.multiply().apply([shortcut, shut]);',
    ...(spec.dropout === 0
      ? []
      : [
          `shortcut = tf.layers.dropout({ rate: ${spec.dropout} }).apply(shortcut);`,
          `shortcut = scaled(shortcut, ${keptShare(plan)}); // ${words.notRescaled}`,
        ]),
    spec.branchscale === 1 ? null : `y = scaled(y, ${spec.branchscale});`,
    spec.skipinit === 'on' ? 'y = new LearnedScale({}).apply(y);' : null,
    spec.gate === 'exclusive' ? 'y = tf.layers.multiply().apply([y, open]);' : null,
    ...(survives(plan)
      ? [
          `const dropped = tf.layers.dropout({ rate: 1 - survival, noiseShape: [1, 1, 1, 1] }); // ${words.stochasticDepth}`,
          'y = scaled(dropped.apply(y), survival);',
        ]
      : []),
  ];
}

/** Whether the shortcut is anything but the input itself. */
function changesShortcut({ spec }: Plan, shape: string | null): boolean {
  return shape !== null || spec.skipscale !== 1 || spec.gate !== 'none' || spec.dropout > 0;
}

export function residualBlock(plan: Plan): string {
  const { spec } = plan;
  const startsAtZero = has(plan, 'zeroresidual');
  const opens = anyOpens(plan);
  const options = [
    ...(startsAtZero ? ['startsAtZero = false'] : []),
    ...(opens ? ['opens = false'] : []),
    ...(survives(plan) ? ['survival = 1'] : []),
  ];
  const shape = reshaped(plan);
  const sum = 'tf.layers.add().apply([y, shortcut])';
  return `function residualBlock(x, width, { ${['stride = 1', ...options].join(', ')} } = {}) {${startsAtZero ? ` // ${words.startsAtZero}` : ''}
${body(
  `${changesShortcut(plan, shape) ? 'let' : 'const'} shortcut = x; // ${words.keepInput}`,
  opens ? `if (opens) x = activation(${normed(spec, 'x')});` : null,
  ...convs(plan),
  shape,
  ...gated(spec),
  ...paths(plan),
  `return ${spec.order === 'post' ? `activation(${sum})` : sum}; // ${words.addInput}`,
)}
}`;
}
