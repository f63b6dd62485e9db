/** Writes a program in the dialect of a framework: the definitions that its plan needs, and a statement for each call of the plan. */
import type { BareItem, NetworkSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import {
  anyOpens,
  type Call,
  type ConvCall,
  has,
  hasBlocks,
  hasOwnKernels,
  type Plan,
  survivalText,
  survives,
} from './plan.ts';

const usesConv = (plan: Plan) => has(plan, 'conv', 'plain') || hasBlocks(plan);
const usesLayers = (plan: Plan) => usesConv(plan) || has(plan, 'dense');

/** The plans whose programs need a definition, in the order in which definitions stand. */
const needs = {
  initializer: usesLayers,
  conv: usesConv,
  norm: (plan: Plan) => plan.spec.norm !== 'none' && usesLayers(plan),
  activation: () => true,
  convLayer: (plan: Plan) => has(plan, 'conv', 'plain'),
  plainBlock: (plan: Plan) => has(plan, 'plain'),
  diracLayer: (plan: Plan) => has(plan, 'dirac'),
  residualBlock: hasBlocks,
  averagePool: (plan: Plan) => has(plan, 'avgpool'),
  denseLayer: (plan: Plan) => has(plan, 'dense'),
  classifier: () => true,
} satisfies Record<string, (plan: Plan) => boolean>;
type Definition = keyof typeof needs;

/** A framework's way to write a plan. Layers are expressions; `repeated` makes statements of them. */
export interface Dialect {
  readonly comment: '#' | '//';
  /** What the program runs with. */
  readonly requirement: string;
  /** The shape of a minibatch. */
  readonly layout: (size: number, channels: number) => string;
  /** Those that the framework does not bring; of residual blocks, with what they use. */
  readonly definitions: Partial<Record<Definition, (plan: Plan) => string | readonly string[]>>;
  readonly flatten: string;
  readonly unflatten: (width: number) => string;
  readonly gap: string;
  readonly classifier: (inputs: number) => string;
  /** What pre-activation blocks have left to what follows. */
  readonly activate: (spec: NetworkSpec, width: number) => string;
  readonly bare: Readonly<Record<BareItem['kind'], string>>;
  readonly dense: (inputs: number, units: number) => string;
  /** @param settings other than the usual ones, each written by `setting` @param ownKernels whether layers are told the side of their filters */
  readonly conv: (call: ConvCall, settings: readonly string[], ownKernels: boolean) => string;
  readonly setting: (name: 'stride' | 'kernel' | 'startsAtZero' | 'opens' | 'survival', value: string | true) => string;
  readonly repeated: (layer: string, count: number) => string;
  /** Blocks that are told their number, as `block`. */
  readonly numbered: (layer: string, first: number, count: number) => string;
  /** All that follows the comment at the top. */
  readonly program: (plan: Plan, definitions: readonly string[], statements: readonly string[]) => string;
}

const snakeCase = {
  stride: 'stride',
  kernel: 'kernel',
  startsAtZero: 'starts_at_zero',
  opens: 'opens',
  survival: 'survival',
} as const;

export const python: Pick<Dialect, 'comment' | 'setting'> = {
  comment: '#',
  setting: (name, value) => `${snakeCase[name]}=${value === true ? 'True' : value}`,
};

/** What layers are told besides in Python: the side of their filters, where items have their own. @returns as a parameter, and as it is passed on */
export function ownKernel(plan: Plan): readonly [parameter: string, passed: string] {
  return hasOwnKernels(plan) ? [`, kernel=${plan.spec.kernel}`, ', kernel=kernel'] : ['', ''];
}

/** What a residual block can be told in Python, beside its input and its width, where any block of the plan is. */
export function pythonOptions(plan: Plan): readonly string[] {
  return [
    'stride=1',
    ...(hasOwnKernels(plan) ? [`kernel=${plan.spec.kernel}`] : []),
    ...(has(plan, 'zeroresidual') ? ['starts_at_zero=False'] : []),
    ...(anyOpens(plan) ? ['opens=False'] : []),
    ...(survives(plan) ? ['survival=1.0'] : []),
  ];
}

/**
 * @param name of the network, for the comment
 * @param pixels what the comment says of them
 */
export function programIn(dialect: Dialect, plan: Plan, name: string, pixels: string | null): string {
  const { parameters, size, channels } = plan;
  const images = laterText.code.images(size, channels);
  const head = [
    ...laterText.code.head(name, parameters, dialect.requirement, images, dialect.layout(size, channels)),
    ...(pixels === null ? [] : [pixels]),
  ];
  const definitions = (Object.keys(needs) as Definition[]).flatMap((key) =>
    needs[key](plan) ? (dialect.definitions[key]?.(plan) ?? []) : [],
  );
  const statements = plan.calls.map((call) => statement(dialect, plan, call));
  return `${head.map((line) => `${dialect.comment} ${line}\n`).join('')}${dialect.program(plan, definitions, statements)}`;
}

function statement(dialect: Dialect, plan: Plan, call: Call): string {
  switch (call.kind) {
    case 'flatten':
      return dialect.flatten;
    case 'unflatten':
      return dialect.unflatten(call.width);
    case 'gap':
      return dialect.gap;
    case 'classifier':
      return dialect.classifier(call.from);
    case 'activate':
      return dialect.activate(plan.spec, call.width);
    case 'identity':
    case 'maxpool':
    case 'avgpool':
      return dialect.repeated(dialect.bare[call.kind], call.count);
    case 'dense':
      return dialect.repeated(dialect.dense(call.from, call.width), call.count);
    default:
      return convs(dialect, plan, call);
  }
}

function convs({ setting, ...dialect }: Dialect, plan: Plan, call: ConvCall): string {
  const { kind, kernel, stride, count, opens } = call;
  const first = survives(plan) ? call.block : null;
  const layer = dialect.conv(
    call,
    [
      ...(stride === 2 ? [setting('stride', '2')] : []),
      ...(kernel === null ? [] : [setting('kernel', `${kernel}`)]),
      ...(kind === 'zeroresidual' ? [setting('startsAtZero', true)] : []),
      ...(opens ? [setting('opens', true)] : []),
      ...(first === null ? [] : [setting('survival', survivalText(plan, count === 1 ? first : 'block'))]),
    ],
    hasOwnKernels(plan),
  );
  return first === null || count === 1 ? dialect.repeated(layer, count) : dialect.numbered(layer, first, count);
}
