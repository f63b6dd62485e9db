/** Residual blocks in PyTorch: as much of a block's two paths as the network asks for. */
import type { NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import { arrangements, type PathStep, stepsIn } from '../network/blockPaths.ts';
import { pythonOptions } from './dialect.ts';
import {
  anyOpens,
  applied,
  changesShape,
  drawsBiases,
  has,
  hasOwnKernels,
  indented,
  keptShare,
  type Plan,
  survives,
  writePaths,
} from './plan.ts';

const words = laterText.code;

const BODY = '        ';

/** A normalisation of so many channels, as an expression. @param maps whether of maps, or of a dense layer's units */
export function normOf({ norm }: NetworkSpec, channels: string | number, maps = true): string {
  if (norm === 'batch') return `nn.BatchNorm${maps ? '2d' : '1d'}(${channels})`;
  return norm === 'layer' ? `nn.GroupNorm(1, ${channels})` : `group_norm(${channels})`;
}

function pads(plan: Plan): boolean {
  return plan.spec.shortcut === 'a' && changesShape(plan);
}

function projects(plan: Plan): boolean {
  return plan.spec.shortcut === 'c' || (plan.spec.shortcut === 'b' && changesShape(plan));
}

function projection({ spec }: Plan): readonly string[] {
  const bare = 'initialized(nn.Conv2d(channels, width, 1, stride, bias=False))';
  const isNormed = stepsIn(spec, arrangements[spec.order].trail).includes('norm');
  const made = isNormed ? `nn.Sequential(${bare}, ${normOf(spec, 'width')})` : bare;
  if (spec.shortcut === 'c') return [`self.project = ${made}  # ${words.projectedAlways}`];
  return [
    'self.project = None',
    `if stride > 1 or width != channels:  # ${words.projected}`,
    `    self.project = ${made}`,
  ];
}

/** The names of a block's norms, by where they stand; numbered from its first. */
function normNames({ spec }: Plan) {
  const { lead, trail, after } = arrangements[spec.order];
  const places = [
    ...(lead.includes('norm') ? ['lead'] : []),
    ...(spec.span === 2 ? ['between'] : []),
    ...(trail.includes('norm') ? ['trail'] : []),
    ...(after.includes('norm') ? ['after'] : []),
  ] as const;
  return new Map(places.map((place, index) => [place, `self.norm${index + 1}`]));
}

function norms(plan: Plan): readonly string[] {
  const { spec } = plan;
  if (spec.norm === 'none') return [];
  return Array.from(normNames(plan), ([place, name]) => {
    if (place !== 'lead') return `${name} = ${normOf(spec, 'width')}`;
    return anyOpens(plan) ? `${name} = ${normOf(spec, 'channels')} if opens else None` : '';
  }).filter((line) => line !== '');
}

/** Norms and activations around an expression. @param place of its norm */
function around(plan: Plan, place: 'lead' | 'trail' | 'after', inner: string): string {
  const norm = normNames(plan).get(place);
  return applied(plan.spec, arrangements[plan.spec.order][place], inner, {
    norm: (x) => `${norm}(${x})`,
    act: (x) => `self.act(${x})`,
  });
}

function made(plan: Plan, activation: string): string {
  const { spec } = plan;
  const opens = anyOpens(plan);
  const kernel = hasOwnKernels(plan) ? ', kernel=kernel' : '';
  const trailing = spec.norm === 'none' ? undefined : normNames(plan).get('trail');
  const zero = `${trailing ?? `self.conv${spec.span}`}.weight`;
  return indented(
    BODY,
    'super().__init__()',
    `self.conv1 = conv(channels, width, stride${kernel})`,
    spec.span === 2 ? `self.conv2 = conv(width, width${kernel})` : null,
    ...norms(plan),
    `self.act = ${activation}`,
    opens ? 'self.opens = opens' : null,
    survives(plan) ? 'self.survival = survival' : null,
    pads(plan) ? 'self.stride, self.extra = stride, width - channels' : null,
    ...(projects(plan) ? projection(plan) : []),
    ...(spec.gate === 'none'
      ? []
      : [
          'self.gate = initialized(nn.Conv2d(channels, width, 1, stride))',
          `nn.init.constant_(self.gate.bias, ${spec.gatebias})`,
        ]),
    spec.skipinit === 'on' ? `self.scale = nn.Parameter(torch.zeros(1))  # ${words.learnedFromZero}` : null,
    ...(has(plan, 'zeroresidual')
      ? [
          `if starts_at_zero:  # ${words.startsAtZero}`,
          `    nn.init.zeros_(${zero})`,
          ...(drawsBiases(spec) ? ['    nn.init.zeros_(self.conv2.bias)'] : []),
        ]
      : []),
  );
}

/** The input in front of the first conv, and the shortcut in the block's shape. */
function begun(plan: Plan): readonly (string | null)[] {
  const { spec } = plan;
  const projected = spec.shortcut === 'c' ? 'self.project(x)' : 'shortcut if self.project is None else self.project(x)';
  return [
    `shortcut = x  # ${words.keepInput}`,
    ...(anyOpens(plan) ? ['if self.opens:', `    x = ${around(plan, 'lead', 'x')}`] : []),
    ...(pads(plan)
      ? [
          `if self.stride > 1 or self.extra > 0:  # ${words.padded}`,
          '    skipped = shortcut[:, :, :: self.stride, :: self.stride]',
          '    shortcut = nn.functional.pad(skipped, (0, 0, 0, 0, 0, self.extra))',
        ]
      : []),
    projects(plan) ? `shortcut = ${projected}` : null,
    spec.gate === 'none' ? null : 'gate = torch.sigmoid(self.gate(x))',
  ];
}

function convs(plan: Plan): readonly string[] {
  const { spec } = plan;
  if (spec.span === 1) return [`x = ${around(plan, 'trail', 'self.conv1(x)')}`];
  const inner = spec.norm === 'none' ? 'self.conv1(x)' : `${normNames(plan).get('between')}(self.conv1(x))`;
  return [`x = self.act(${inner})`, `x = ${around(plan, 'trail', 'self.conv2(x)')}`];
}

function pathStep(path: string, step: PathStep): readonly string[] {
  switch (step.kind) {
    case 'scale':
      return [`${path} = ${step.factor} * ${path}`];
    case 'learnedScale':
      return [`${path} = self.scale * ${path}`];
    case 'gate':
      return [`${path} = ${step.part === 'open' ? 'gate' : '(1 - gate)'} * ${path}`];
    case 'dropout':
      return [
        `${path} = nn.functional.dropout(${path}, ${step.share}, self.training)`,
        `${path} = ${keptShare(step.share)} * ${path}  # ${words.notRescaled}`,
      ];
    case 'stochasticDepth':
      return [
        `keep = torch.rand((), device=${path}.device) < self.survival  # ${words.stochasticDepth}`,
        `${path} = ${path} * (keep if self.training else self.survival)`,
      ];
  }
}

/** @param activation of the network, as a module */
export function residualBlock(plan: Plan, activation: string): string {
  const isBare = stepsIn(plan.spec, arrangements[plan.spec.order].after).length === 0;
  const sum = isBare ? 'x + shortcut' : around(plan, 'after', 'x + shortcut');
  return `class ResidualBlock(nn.Module):
    def __init__(self, ${['channels', 'width', ...pythonOptions(plan)].join(', ')}):
${made(plan, activation)}

    def forward(self, x):
${indented(BODY, ...begun(plan), ...convs(plan), ...writePaths(plan, 'x', pathStep), `return ${sum}  # ${words.addInput}`)}`;
}

/** Whether the block uses more of torch than its layers. */
export function usesTorch(plan: Plan): boolean {
  const { spec } = plan;
  return spec.gate !== 'none' || spec.skipinit === 'on' || survives(plan);
}
