/** Residual blocks in Keras: as much of a block's two paths as the network asks for. */

import type { NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import { arrangements, type PathStep, stepsIn } from '../network/blockPaths.ts';
import { pythonOptions } from './dialect.ts';
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
  const isNormed = stepsIn(spec, arrangements[spec.order].trail).includes('norm');
  const zeroScale = startsAtZero ? ', scale="zeros" if starts_at_zero else "ones"' : '';
  const zeroStart = startsAtZero && !isNormed ? ', start="zeros" if starts_at_zero else None' : '';
  const last = (x: string) => `y = ${around(spec, 'trail', `conv(${x}${kernel}${zeroStart})`, zeroScale)}`;
  if (spec.span === 1) return [last('x, width, stride')];
  return [`y = activation(${normed(spec, `conv(x, width, stride${kernel})`)})`, last('y, width')];
}

function reshaped(plan: Plan): readonly string[] {
  const { shortcut } = plan.spec;
  const isNormed = arrangements[plan.spec.order].trail.includes('norm');
  const bare = `conv(x, width, stride, kernel=1${plan.spec.norm === 'none' ? ', bias=False' : ''})`;
  const projected = `shortcut = ${isNormed ? normed(plan.spec, bare) : bare}`;
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
  const sum = 'layers.Add()([y, shortcut])';
  return `def residual_block(${['x', 'width', ...pythonOptions(plan)].join(', ')}):${startsAtZero ? `  # ${words.startsAtZero}` : ''}
${indented(
  '    ',
  `shortcut = x  # ${words.keepInput}`,
  ...(opens ? ['if opens:', `    x = ${around(spec, 'lead', 'x')}`] : []),
  ...convs(plan),
  ...reshaped(plan),
  ...gated(spec),
  ...writePaths(plan, 'y', pathStep),
  `return ${around(spec, 'after', sum)}  # ${words.addInput}`,
)}`;
}
