/** Residual blocks in Keras: as much of a block's two paths as the network asks for. */

import type { NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import type { PathStep } from '../network/blockPaths.ts';
import {
  anyOpens,
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

export const learnedScale = `class LearnedScale(layers.Layer):  # ${words.learnedFromZero}
    def build(self, shape):
        self.scale = self.add_weight(shape=(1,), initializer="zeros")

    def call(self, x):
        return self.scale * x`;

function convs(plan: Plan): readonly string[] {
  const { spec } = plan;
  const kernel = hasOwnKernels(plan) ? ', kernel=kernel' : '';
  const startsAtZero = has(plan, 'zeroresidual');
  const zeroScale = startsAtZero ? ', scale="zeros" if starts_at_zero else "ones"' : '';
  const zeroStart = startsAtZero ? ', start="zeros" if starts_at_zero else None' : '';
  const isNormed = spec.norm !== 'none' && spec.order === 'post';
  return [
    `y = activation(${normed(spec, `conv(x, width, stride${kernel})`)})`,
    `y = ${isNormed ? `norm(conv(y, width${kernel})${zeroScale})` : `conv(y, width${kernel}${zeroStart})`}`,
  ];
}

function reshaped(plan: Plan): readonly string[] {
  const { shortcut, order } = plan.spec;
  const bare = `conv(x, width, stride, kernel=1${plan.spec.norm === 'none' ? ', bias=False' : ''})`;
  const projected = `shortcut = ${order === 'post' ? normed(plan.spec, bare) : bare}`;
  if (shortcut === 'c') return [`${projected}  # ${words.projectedAlways}`];
  if (!changesShape(plan)) return [];
  const changed = 'if stride > 1 or width != shortcut.shape[-1]:';
  if (shortcut === 'b') return [`${changed}  # ${words.projected}`, `    ${projected}`];
  return [
    `${changed}  # ${words.padded}`,
    '    extra = width - shortcut.shape[-1]',
    '    skipped = shortcut[:, ::stride, ::stride, :]',
    '    shortcut = keras.ops.pad(skipped, [[0, 0], [0, 0], [0, 0], [0, extra]])',
  ];
}

function gated({ gate, gatebias }: NetworkSpec): readonly string[] {
  if (gate === 'none') return [];
  return [
    'start = initializer(x.shape[-1], width)',
    `bias = keras.initializers.Constant(${gatebias})`,
    'z = layers.Conv2D(width, 1, stride, kernel_initializer=start, bias_initializer=bias)(x)',
    'gate = keras.ops.sigmoid(z)',
  ];
}

function pathStep(path: string, step: PathStep): readonly string[] {
  switch (step.kind) {
    case 'scale':
      return [`${path} = ${step.factor} * ${path}`];
    case 'learnedScale':
      return [`${path} = LearnedScale()(${path})`];
    case 'gate':
      return [`${path} = ${step.part === 'open' ? 'gate' : '(1 - gate)'} * ${path}`];
    case 'dropout': {
      const dropped = `${keptShare(step.share)} * layers.Dropout(${step.share})(${path})`;
      return [`${path} = ${dropped}  # ${words.notRescaled}`];
    }
    case 'stochasticDepth': {
      const dropped = `survival * layers.Dropout(1 - survival, noise_shape=(1, 1, 1, 1))(${path})`;
      return [`${path} = ${dropped}  # ${words.stochasticDepth}`];
    }
  }
}

export function residualBlock(plan: Plan): string {
  const { spec } = plan;
  const startsAtZero = has(plan, 'zeroresidual');
  const opens = anyOpens(plan);
  const options = [
    ...(hasOwnKernels(plan) ? [`kernel=${spec.kernel}`] : []),
    ...(startsAtZero ? ['starts_at_zero=False'] : []),
    ...(opens ? ['opens=False'] : []),
    ...(survives(plan) ? ['survival=1.0'] : []),
  ];
  const sum = 'layers.Add()([y, shortcut])';
  return `def residual_block(${['x', 'width', 'stride=1', ...options].join(', ')}):${startsAtZero ? `  # ${words.startsAtZero}` : ''}
${indented(
  '    ',
  `shortcut = x  # ${words.keepInput}`,
  ...(opens ? ['if opens:', `    x = activation(${normed(spec, 'x')})`] : []),
  ...convs(plan),
  ...reshaped(plan),
  ...gated(spec),
  ...writePaths(plan, 'y', pathStep),
  `return ${spec.order === 'post' ? `activation(${sum})` : sum}  # ${words.addInput}`,
)}`;
}
