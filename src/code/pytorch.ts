/** A network as a PyTorch program. It imports nothing but torch. */
import { text } from '../messages/messages.ts';
import type { Activation, NetworkSpec } from '../spec/experiment.ts';
import { type Call, changesShape, gainFactor, has, type Plan } from './plan.ts';

const words = text.code;

const activations: Readonly<Record<Activation, string>> = {
  sigmoid: 'nn.Sigmoid()',
  tanh: 'nn.Tanh()',
  relu: 'nn.ReLU()',
  leaky: 'nn.LeakyReLU(0.01)',
  linear: 'nn.Identity()',
};

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
  }
}

/** Inputs and outputs of one unit, kernel positions included, as far as the initialisation asks for them. */
const fans: Readonly<Record<NetworkSpec['init'], string>> = {
  he: '\n    fan_in = layer.weight[0].numel()',
  xavier: '\n    fan_in, fan_out = layer.weight[0].numel(), layer.weight[:, 0].numel()',
  normal: '',
  orthogonal: '',
};

function initialized(spec: NetworkSpec): string {
  return `def initialized(layer):${fans[spec.init]}
    ${initialization(spec)}
    if layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer`;
}

function conv({ norm }: NetworkSpec): string {
  return `def conv(channels, width, stride=1, kernel=3):
    return initialized(nn.Conv2d(channels, width, kernel, stride, padding=kernel // 2, bias=${norm === 'none' ? 'True' : 'False'}))`;
}

function convLayer({ norm, act }: NetworkSpec): string {
  const normalized = norm === 'none' ? '' : 'nn.BatchNorm2d(width), ';
  return `class ConvLayer(nn.Sequential):
    def __init__(self, channels, width, stride=1):
        super().__init__(conv(channels, width, stride), ${normalized}${activations[act]})`;
}

const plainBlock = `class PlainBlock(nn.Sequential):
    def __init__(self, channels, width, stride=1):
        super().__init__(ConvLayer(channels, width, stride), ConvLayer(width, width))`;

function diracLayer({ act }: NetworkSpec): string {
  return `class DiracLayer(nn.Sequential):
    def __init__(self, channels, width, stride=1):
        layer = nn.Conv2d(channels, width, 3, stride, padding=1)
        nn.init.dirac_(layer.weight)  # ${words.startsAsIdentity}
        nn.init.zeros_(layer.bias)
        super().__init__(layer, ${activations[act]})`;
}

function shortcut(plan: Plan): { readonly made: string; readonly used: string } {
  const { shortcut: option, norm } = plan.spec;
  if (!changesShape(plan)) return { made: '', used: '' };
  if (option === 'a') {
    return {
      made: '\n        self.stride, self.extra = stride, width - channels',
      used: `
        if self.stride > 1 or self.extra > 0:  # ${words.padded}
            shortcut = nn.functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.extra))`,
    };
  }
  const bare = 'initialized(nn.Conv2d(channels, width, 1, stride, bias=False))';
  return {
    made: `
        self.project = nn.Identity()
        if stride > 1 or width != channels:  # ${words.projected}
            self.project = ${norm === 'none' ? bare : `nn.Sequential(${bare}, nn.BatchNorm2d(width))`}`,
    used: '\n        shortcut = self.project(x)',
  };
}

function residualBlock(plan: Plan): string {
  const { norm, act } = plan.spec;
  const isNormed = norm !== 'none';
  const { made, used } = shortcut(plan);
  const zero = isNormed ? 'self.norm2.weight' : 'self.conv2.weight';
  const startsAtZero = has(plan, 'zeroresidual');
  return `class ResidualBlock(nn.Module):
    def __init__(self, channels, width, stride=1${startsAtZero ? ', starts_at_zero=False' : ''}):
        super().__init__()
        self.conv1 = conv(channels, width, stride)
        self.conv2 = conv(width, width)${isNormed ? '\n        self.norm1, self.norm2 = nn.BatchNorm2d(width), nn.BatchNorm2d(width)' : ''}
        self.act = ${activations[act]}${made}${
          startsAtZero
            ? `
        if starts_at_zero:  # ${words.startsAtZero}
            nn.init.zeros_(${zero})`
            : ''
        }

    def forward(self, x):
        shortcut = x  # ${words.keepInput}${used}
        x = self.act(${isNormed ? 'self.norm1(self.conv1(x))' : 'self.conv1(x)'})
        x = ${isNormed ? 'self.norm2(self.conv2(x))' : 'self.conv2(x)'}
        return self.act(x + shortcut)  # ${words.addInput}`;
}

function denseLayer({ norm, act }: NetworkSpec): string {
  const bias = norm === 'none' ? '' : ', bias=False';
  const normalized = norm === 'none' ? '' : 'nn.BatchNorm1d(units), ';
  return `class DenseLayer(nn.Sequential):
    def __init__(self, inputs, units):
        super().__init__(initialized(nn.Linear(inputs, units${bias})), ${normalized}${activations[act]})`;
}

const classifier = `def classifier(inputs):
    layer = nn.Linear(inputs, 10)
    nn.init.normal_(layer.weight, std=(1 / inputs) ** 0.5)
    nn.init.zeros_(layer.bias)
    return layer`;

function definitions(plan: Plan): string[] {
  const { spec } = plan;
  const isResidual = has(plan, 'residual', 'zeroresidual');
  const usesLayer = has(plan, 'conv', 'plain');
  return [
    ...(usesLayer || isResidual || has(plan, 'dense') ? [initialized(spec)] : []),
    ...(usesLayer || isResidual ? [conv(spec)] : []),
    ...(usesLayer ? [convLayer(spec)] : []),
    ...(has(plan, 'plain') ? [plainBlock] : []),
    ...(has(plan, 'dirac') ? [diracLayer(spec)] : []),
    ...(isResidual ? [residualBlock(plan)] : []),
    ...(has(plan, 'dense') ? [denseLayer(spec)] : []),
    classifier,
  ];
}

const layers = {
  conv: 'ConvLayer',
  plain: 'PlainBlock',
  dirac: 'DiracLayer',
  residual: 'ResidualBlock',
  zeroresidual: 'ResidualBlock',
  dense: 'DenseLayer',
} as const;

const bare = {
  identity: 'nn.Identity()',
  maxpool: 'nn.MaxPool2d(2, ceil_mode=True)',
  avgpool: 'nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False)',
} as const;

function call(one: Call): string {
  switch (one.kind) {
    case 'flatten':
      return `nn.Flatten(),  # ${words.flattenOrder}`;
    case 'unflatten':
      return `nn.Unflatten(1, (${one.width}, 1, 1)),`;
    case 'gap':
      return 'nn.AdaptiveAvgPool2d(1),\n    nn.Flatten(),';
    case 'classifier':
      return `classifier(${one.from}),`;
    case 'identity':
    case 'maxpool':
    case 'avgpool':
      return repeated(bare[one.kind], one.count);
    default: {
      const stride = 'stride' in one && one.stride === 2 ? ', stride=2' : '';
      const zero = one.kind === 'zeroresidual' ? ', starts_at_zero=True' : '';
      return repeated(`${layers[one.kind]}(${one.from}, ${one.width}${stride}${zero})`, one.count);
    }
  }
}

function repeated(layer: string, count: number): string {
  return count === 1 ? `${layer},` : `*[${layer} for _ in range(${count})],`;
}

export function pytorch(plan: Plan, name: string): string {
  const head = words.head(name, plan.parameters, plan.size, `[N, 1, ${plan.size}, ${plan.size}]`);
  return `${head.map((line) => `# ${line}`).join('\n')}
from torch import nn


${definitions(plan).join('\n\n\n')}


model = nn.Sequential(
${plan.calls.map((each) => `    ${call(each)}`).join('\n')}
)
`;
}
