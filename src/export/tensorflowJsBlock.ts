/** Residual blocks in TensorFlow.js: as much of a block's two paths as the network asks for. */

import type { NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import { arrangements, branchSteps, type PathStep, shortcutSteps, stepsIn } from '../network/blockPaths.ts';
import {
  anyOpens,
  around,
  changesShape,
  has,
  hasOwnKernels,
  indented,
  keptShare,
  normed,
  type Plan,
  survives,
  writePaths,
} from './plan.ts';

const words = laterText.code;

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
  const kinds = [...shortcutSteps(spec), ...branchSteps(spec)].map(({ kind }) => kind);
  return [
    ...(spec.shortcut === 'a' && changesShape(plan) ? [padShortcut] : []),
    ...(kinds.some((kind) => kind !== 'learnedScale') ? [scale] : []),
    ...(kinds.includes('learnedScale') ? [learnedScale] : []),
    ...(kinds.includes('gate') ? [sigmoid] : []),
  ];
}

function convs(plan: Plan): readonly string[] {
  const { spec } = plan;
  const startsAtZero = has(plan, 'zeroresidual');
  const isNormed = stepsIn(spec, arrangements[spec.order].trail).includes('norm');
  const zeroScale = startsAtZero ? ", startsAtZero ? 'zeros' : 'ones'" : '';
  const own = hasOwnKernels(plan) ? ['kernel'] : [];
  const start = startsAtZero && !isNormed ? ["start: startsAtZero ? 'zeros' : null"] : [];
  const given = (options: readonly string[]) => (options.length > 0 ? `, { ${options.join(', ')} }` : '');
  const last = (x: string, options: readonly string[]) =>
    around(spec, 'trail', `conv(${x}, width${given([...options, ...own, ...start])})`, zeroScale);
  if (spec.span === 1) return [`let y = ${last('x', ['stride'])};`];
  return [
    `let y = activation(${normed(spec, `conv(x, width${given(['stride', ...own])})`)});`,
    `y = ${last('y', [])};`,
  ];
}

function reshaped(plan: Plan): string | null {
  const { shortcut } = plan.spec;
  const isNormed = arrangements[plan.spec.order].trail.includes('norm');
  const bare = `conv(x, width, { stride, kernel: 1${plan.spec.norm === 'none' ? ', bias: false' : ''} })`;
  const projected = isNormed ? normed(plan.spec, bare) : bare;
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

function pathStep(path: string, step: PathStep): readonly string[] {
  switch (step.kind) {
    case 'scale':
      return [`${path} = scaled(${path}, ${step.factor});`];
    case 'learnedScale':
      return [`${path} = new LearnedScale({}).apply(${path});`];
    case 'gate':
      return [`${path} = tf.layers.multiply().apply([${path}, ${step.part}]);`];
    case 'dropout':
      return [
        `${path} = tf.layers.dropout({ rate: ${step.share} }).apply(${path});`,
        `${path} = scaled(${path}, ${keptShare(step.share)}); // ${words.notRescaled}`,
      ];
    case 'stochasticDepth':
      return [
        `const dropped = tf.layers.dropout({ rate: 1 - survival, noiseShape: [1, 1, 1, 1] }); // ${words.stochasticDepth}`,
        `${path} = scaled(dropped.apply(${path}), survival);`,
      ];
  }
}

/** Whether the shortcut is anything but the input itself. */
function changesShortcut({ spec }: Plan, shape: string | null): boolean {
  return shape !== null || shortcutSteps(spec).length > 0;
}

export function residualBlock(plan: Plan): string {
  const { spec } = plan;
  const startsAtZero = has(plan, 'zeroresidual');
  const opens = anyOpens(plan);
  const options = [
    ...(hasOwnKernels(plan) ? [`kernel = ${spec.kernel}`] : []),
    ...(startsAtZero ? ['startsAtZero = false'] : []),
    ...(opens ? ['opens = false'] : []),
    ...(survives(plan) ? ['survival = 1'] : []),
  ];
  const shape = reshaped(plan);
  const sum = 'tf.layers.add().apply([y, shortcut])';
  return `function residualBlock(x, width, { ${['stride = 1', ...options].join(', ')} } = {}) {${startsAtZero ? ` // ${words.startsAtZero}` : ''}
${indented(
  '  ',
  `${changesShortcut(plan, shape) ? 'let' : 'const'} shortcut = x; // ${words.keepInput}`,
  opens ? `if (opens) x = ${around(spec, 'lead', 'x')};` : null,
  ...convs(plan),
  shape,
  ...gated(spec),
  ...writePaths(plan, 'y', pathStep),
  `return ${around(spec, 'after', sum)}; // ${words.addInput}`,
)}
}`;
}
