/** A network as a PyTorch program. It imports nothing but torch. */

import type { NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import { arrangements, stepsIn } from '../network/blockPaths.ts';
import { activations } from './activations.ts';
import { type Dialect, ownKernel, python } from './dialect.ts';
import { gainFactor, hasBlocks, type Plan } from './plan.ts';
import { normOf, residualBlock, usesTorch } from './pytorchBlock.ts';

const words = laterText.code;

function initialization(spec: NetworkSpec): string {
  const gain = gainFactor(spec);
  switch (spec.init) {
    case 'he':
      return `nn.init.normal_(layer.weight, std=${gain}(2 / fan_in) ** 0.5)`;
    case 'xavier':
      return `nn.init.normal_(layer.weight, std=${gain}(2 / (fan_in + fan_out)) ** 0.5)`;
    case 'normal':
      return `nn.init.normal_(layer.weight, std=${gain}${spec.std})`;
    case 'orthogonal':
      return `nn.init.orthogonal_(layer.weight, gain=${spec.gain})`;
    case 'pytorch':
      return `layer.weight.data *= ${spec.gain}  # ${words.pytorchDefault}`;
    case 'keras':
      return `nn.init.xavier_uniform_(layer.weight${spec.gain === 1 ? '' : `, gain=${spec.gain}`})`;
  }
}

/** Fan-in and fan-out, kernel positions included, where the initialisation needs them. */
const fans: Readonly<Record<NetworkSpec['init'], string>> = {
  he: '\n    fan_in = layer.weight[0].numel()',
  xavier: '\n    fan_in, fan_out = layer.weight[0].numel(), layer.weight[:, 0].numel()',
  normal: '',
  orthogonal: '',
  pytorch: '',
  keras: '',
};

function initialized(spec: NetworkSpec): string {
  if (spec.init === 'pytorch') {
    const drawn =
      spec.gain === 1 ? `return layer  # ${words.pytorchDefault}` : `${initialization(spec)}\n    return layer`;
    return `def initialized(layer):\n    ${drawn}`;
  }
  return `def initialized(layer):${fans[spec.init]}
    ${initialization(spec)}
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer`;
}

function conv({ norm, kernel }: NetworkSpec): string {
  return `def conv(channels, width, stride=1, kernel=${kernel}):
    return initialized(nn.Conv2d(channels, width, kernel, stride, padding=kernel // 2, bias=${norm === 'none' ? 'True' : 'False'}))`;
}

function groupNorm({ groups }: NetworkSpec): string {
  return `def group_norm(channels):  # ${words.mostGroups}
    groups = max(each for each in range(1, ${groups + 1}) if ${groups} % each == 0 and channels % each == 0)
    return nn.GroupNorm(groups, channels)`;
}

function convLayer(plan: Plan): string {
  const { spec } = plan;
  const [kernel, passed] = ownKernel(plan);
  const normalized = spec.norm === 'none' ? '' : `${normOf(spec, 'width')}, `;
  return `class ConvLayer(nn.Sequential):
    def __init__(self, channels, width, stride=1${kernel}):
        super().__init__(conv(channels, width, stride${passed}), ${normalized}${activations[spec.act].pytorch})`;
}

function plainBlock(plan: Plan): string {
  const [kernel, passed] = ownKernel(plan);
  return `class PlainBlock(nn.Sequential):
    def __init__(self, channels, width, stride=1${kernel}):
        super().__init__(ConvLayer(channels, width, stride${passed}), ConvLayer(width, width${passed}))`;
}

function diracLayer(plan: Plan): string {
  const { act, kernel } = plan.spec;
  return `class DiracLayer(nn.Sequential):
    def __init__(self, channels, width, stride=1, kernel=${kernel}):
        layer = nn.Conv2d(channels, width, kernel, stride, padding=kernel // 2)
        nn.init.dirac_(layer.weight)  # ${words.startsAsIdentity}
        nn.init.zeros_(layer.bias)
        super().__init__(layer, ${activations[act].pytorch})`;
}

function denseLayer(spec: NetworkSpec): string {
  const { norm, act } = spec;
  const bias = norm === 'none' ? '' : ', bias=False';
  const normalized = norm === 'none' ? '' : `${normOf(spec, 'units', false)}, `;
  return `class DenseLayer(nn.Sequential):
    def __init__(self, inputs, units):
        super().__init__(initialized(nn.Linear(inputs, units${bias})), ${normalized}${activations[act].pytorch})`;
}

function classifier({ spec: { init }, classes }: Plan): string {
  if (init === 'pytorch') return `def classifier(inputs):\n    return nn.Linear(inputs, ${classes})`;
  const start = init === 'keras' ? 'xavier_uniform_(layer.weight)' : 'normal_(layer.weight, std=(1 / inputs) ** 0.5)';
  return `def classifier(inputs):
    layer = nn.Linear(inputs, ${classes})
    nn.init.${start}
    nn.init.zeros_(layer.bias)
    return layer`;
}

const layers = {
  conv: 'ConvLayer',
  plain: 'PlainBlock',
  dirac: 'DiracLayer',
  residual: 'ResidualBlock',
  zeroresidual: 'ResidualBlock',
} as const;

const bare = {
  identity: 'nn.Identity()',
  maxpool: 'nn.MaxPool2d(2, ceil_mode=True)',
  avgpool: 'nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False)',
} as const;

/** What blocks leave to what follows. */
function activated(spec: NetworkSpec, width: number): string {
  const parts = stepsIn(spec, arrangements[spec.order].lead).map((step) =>
    step === 'norm' ? normOf(spec, width) : activations[spec.act].pytorch,
  );
  return parts.map((part) => `${part},`).join('\n    ');
}

export const pytorch: Dialect = {
  ...python,
  requirement: words.needs.pytorch,
  layout: (size, channels) => `[N, ${channels}, ${size}, ${size}]`,
  definitions: {
    initializer: ({ spec }) => initialized(spec),
    conv: ({ spec }) => conv(spec),
    norm: ({ spec }) => (spec.norm === 'group' ? groupNorm(spec) : []),
    convLayer,
    plainBlock,
    diracLayer,
    residualBlock: (plan) => residualBlock(plan, activations[plan.spec.act].pytorch),
    denseLayer: ({ spec }) => denseLayer(spec),
    classifier,
  },
  flatten: `nn.Flatten(),  # ${words.flattenOrder}`,
  unflatten: (width) => `nn.Unflatten(1, (${width}, 1, 1)),`,
  gap: 'nn.AdaptiveAvgPool2d(1),\n    nn.Flatten(),',
  classifier: (inputs) => `classifier(${inputs}),`,
  activate: activated,
  bare,
  dense: (inputs, units) => `DenseLayer(${inputs}, ${units})`,
  conv: ({ kind, from, width }, given) => `${layers[kind]}(${[from, width, ...given].join(', ')})`,
  repeated: (layer, count) => (count === 1 ? `${layer},` : `*[${layer} for _ in range(${count})],`),
  numbered: (layer, first, count) => `*[${layer} for block in range(${first}, ${first + count})],`,
  program: (
    plan,
    definitions,
    statements,
  ) => `${hasBlocks(plan) && usesTorch(plan) ? 'import torch\n' : ''}from torch import nn


${definitions.join('\n\n\n')}


model = nn.Sequential(
${statements.map((each) => `    ${each}`).join('\n')}
)
`,
};
