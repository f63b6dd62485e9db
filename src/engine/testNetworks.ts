/**
 * Small networks that between them use every item, activation, normalisation, initialisation,
 * kind of residual block and head, on even and odd maps. The reference engine's gradients of them are tested
 * against finite differences, and every other engine's against the reference.
 */
import type { ImageSet } from '../data/images.ts';
import { channelsOf, classCount, type DataRef, type ImageFormat } from '../experiment/dataRef.ts';
import type { ConvItem, ImageSize, Item, Kernel, NetworkSpec } from '../experiment/experiment.ts';
import { usualNetwork } from '../experiment/settings.ts';
import type { NetworkGraph } from '../network/graph.ts';
import { initialParameters } from '../network/init.ts';
import { normal, random } from '../network/random.ts';

export interface TestNetwork extends ImageFormat {
  /** What it is there to cover. */
  readonly name: string;
  readonly spec: NetworkSpec;
  /** Images in its minibatch. */
  readonly batch: number;
}

const plainHe = { ...usualNetwork, norm: 'none' } as const;

function conv(kind: ConvItem['kind'], width: number, stride: 1 | 2 = 1, count = 1): ConvItem {
  return { kind, width, stride, count };
}

/** The same with filters of its own. */
function of(kernel: Kernel, item: ConvItem): ConvItem {
  return { ...item, kernel };
}

function bare(kind: 'identity' | 'maxpool' | 'avgpool', count = 1): Item {
  return { kind, count };
}

function network(name: string, stack: Item[], how: Partial<NetworkSpec>, size: ImageSize = 14, batch = 3): TestNetwork {
  return { name, spec: { ...plainHe, ...how, stack }, size, batch };
}

/** A data set that somebody has brought: its channels and classes fill no whole packs. */
const inColour: DataRef = {
  id: '0123456789abcdef',
  title: 'colours',
  side: 12,
  channels: 3,
  classes: 13,
  train: 100,
  test: 50,
};

/** A stride-2 stem, so that the layers after it work on 7×7 maps. */
const stem = conv('conv', 3, 2);

/** Every way in which residual blocks can join their paths. */
const blockNetworks: readonly TestNetwork[] = [
  network('residual blocks, constant factors', [stem, conv('residual', 3), conv('residual', 5, 2)], {
    norm: 'batch',
    skipscale: 0.5,
    branchscale: 0.7,
  }),
  network('residual blocks, the shortcut cut', [stem, conv('residual', 3)], { norm: 'batch', skipscale: 0 }),
  network('residual blocks, learned factor, no normalisation', [stem, conv('residual', 3), conv('residual', 4, 2)], {
    skipinit: 'on',
  }),
  network('residual blocks, gated shortcut, batch norm', [stem, conv('residual', 3), conv('residual', 5, 2)], {
    norm: 'batch',
    gate: 'shortcut',
    gatebias: -1,
  }),
  network('residual blocks, exclusive gate, option B', [stem, conv('residual', 4), conv('residual', 4, 2)], {
    act: 'tanh',
    init: 'xavier',
    shortcut: 'b',
    gate: 'exclusive',
    gatebias: 0.5,
  }),
  network('residual blocks, dropout on the shortcut', [stem, conv('residual', 3), conv('residual', 4, 2)], {
    norm: 'batch',
    dropout: 0.5,
  }),
  // Not ReLU: after a branch that is dropped it would be at its kink.
  network('residual blocks, stochastic depth', [stem, conv('residual', 3, 1, 4)], {
    norm: 'batch',
    act: 'tanh',
    survival: 0.3,
  }),
  network('pre-activation, option A, batch norm', [stem, conv('residual', 3, 1, 2), conv('residual', 5, 2)], {
    norm: 'batch',
    order: 'pre',
  }),
  network(
    'pre-activation, option B, between other layers',
    [stem, conv('residual', 3), bare('identity'), conv('zeroresidual', 3), bare('maxpool'), conv('residual', 4, 2)],
    { act: 'leaky', order: 'pre', shortcut: 'b', head: 'flatten' },
  ),
  network('pre-activation, everything at once', [stem, conv('residual', 3), conv('residual', 4, 2)], {
    norm: 'batch',
    order: 'pre',
    shortcut: 'c',
    skipscale: 0.8,
    branchscale: 1.5,
    skipinit: 'on',
    gate: 'exclusive',
    gatebias: 0,
    dropout: 0.3,
    survival: 0.6,
  }),
];

export const testNetworks: readonly TestNetwork[] = [
  network('conv, ReLU, He, global pooling', [stem, conv('conv', 4, 1, 2)], {}),
  network('conv, sigmoid, Xavier, flatten', [stem, conv('conv', 3, 2, 2)], {
    act: 'sigmoid',
    init: 'xavier',
    gain: 2,
    head: 'flatten',
  }),
  network('conv, tanh, normal, batch norm', [conv('conv', 2), conv('conv', 3, 2)], {
    act: 'tanh',
    init: 'normal',
    std: 0.3,
    norm: 'batch',
  }),
  network('conv, leaky ReLU, orthogonal', [stem, conv('conv', 5, 2), conv('conv', 4)], {
    act: 'leaky',
    init: 'orthogonal',
    gain: 1.4,
  }),
  network('conv, linear, flatten', [stem, conv('conv', 3)], { act: 'linear', init: 'pytorch', head: 'flatten' }),
  network('conv, linear, batch norm', [stem, conv('conv', 4)], { act: 'linear', norm: 'batch', head: 'flatten' }),
  network('plain blocks, batch norm', [stem, conv('plain', 3), conv('plain', 4, 2)], { norm: 'batch' }),
  network('layers that start as the identity, batch norm', [stem, conv('dirac', 3), conv('zeroresidual', 4, 2)], {
    norm: 'batch',
  }),
  network('layers that start as the identity', [stem, conv('dirac', 4, 2), conv('zeroresidual', 4)], {}),
  network('residual blocks, option A, batch norm', [stem, conv('residual', 3), conv('residual', 5, 2)], {
    norm: 'batch',
  }),
  network('residual blocks, option A, wider without a stride', [stem, conv('residual', 4), conv('residual', 5)], {
    act: 'tanh',
    init: 'keras',
  }),
  network('residual blocks, option B, batch norm', [stem, conv('residual', 4, 2, 2)], { norm: 'batch', shortcut: 'b' }),
  network('residual blocks, option B, no normalisation', [stem, conv('residual', 4), conv('residual', 4, 2)], {
    act: 'leaky',
    shortcut: 'b',
  }),
  network('residual blocks, sigmoid, option A, wider with a stride', [stem, conv('residual', 5, 2)], {
    act: 'sigmoid',
    init: 'xavier',
    norm: 'batch',
  }),
  network('a residual block of the images', [conv('residual', 1), conv('conv', 3, 2)], { norm: 'batch' }),
  network('residual blocks, linear', [stem, conv('residual', 4, 2)], { act: 'linear', norm: 'batch' }),
  network('residual blocks, sigmoid, down to one pixel', [stem, conv('residual', 3, 2, 4)], {
    act: 'sigmoid',
    init: 'xavier',
    head: 'flatten',
  }),
  network('identity and max pools on odd maps', [stem, bare('identity', 2), bare('maxpool', 2), conv('conv', 3)], {}),
  network('average pools on odd maps', [stem, bare('avgpool'), conv('conv', 4), bare('avgpool'), bare('identity')], {
    norm: 'batch',
    head: 'flatten',
  }),
  network('dense layers', [stem, bare('maxpool'), { kind: 'dense', width: 6, count: 2 }], { act: 'tanh' }),
  network(
    'dense layers, batch norm, convs behind',
    [stem, { kind: 'dense', width: 5, count: 1 }, conv('residual', 5)],
    { norm: 'batch', act: 'leaky', head: 'flatten' },
    14,
    4,
  ),
  network('residual blocks, option C, on the images', [conv('residual', 1, 1), conv('residual', 3, 2)], {
    norm: 'batch',
    shortcut: 'c',
  }),
  network('a residual block that adds the images', [conv('residual', 1), stem], { act: 'tanh' }),
  network('28×28 images', [conv('conv', 2, 2), bare('maxpool'), conv('residual', 3, 2)], { norm: 'batch' }, 28),
  {
    ...network('images in colour, 13 classes', [conv('conv', 3, 2), conv('residual', 5, 2)], { norm: 'batch' }, 12),
    data: inColour,
  },
  {
    ...network('a dense layer on images in colour', [{ kind: 'dense', width: 5, count: 1 }], { act: 'tanh' }, 12),
    data: inColour,
  },
  network('residual blocks of 5×5, GELU, batch norm', [of(7, stem), conv('residual', 5, 2), conv('residual', 5)], {
    norm: 'batch',
    act: 'gelu',
    kernel: 5,
  }),
  network('convs of 7×7, down to one pixel', [conv('conv', 2, 2), conv('plain', 5, 2, 2), of(5, conv('dirac', 5, 2))], {
    act: 'tanh',
    init: 'xavier',
    kernel: 7,
    head: 'flatten',
  }),
  network('convs of 1×1', [of(3, stem), of(1, conv('conv', 5, 2)), conv('zeroresidual', 5)], {
    norm: 'batch',
    kernel: 1,
  }),
  network(
    'pre-activation, SiLU, layer norm, one image',
    [stem, conv('residual', 3), conv('residual', 5, 2)],
    {
      norm: 'layer',
      act: 'silu',
      order: 'pre',
    },
    14,
    1,
  ),
  network('activation before the addition, group norm, option B', [stem, conv('residual', 6), conv('residual', 9, 2)], {
    norm: 'group',
    groups: 3,
    shortcut: 'b',
    order: 'actbefore',
  }),
  network(
    'convs, pools and a dense layer, ELU, group norm',
    [stem, bare('maxpool'), conv('conv', 4), { kind: 'dense', width: 6, count: 1 }],
    {
      norm: 'group',
      groups: 2,
      act: 'elu',
    },
  ),
  network('norm after the addition, one conv a block', [stem, conv('residual', 3), conv('residual', 5, 2)], {
    norm: 'batch',
    order: 'normafter',
    span: 1,
  }),
  network('activation-only pre-activation, one conv a block', [stem, conv('residual', 3), conv('zeroresidual', 5, 2)], {
    norm: 'batch',
    order: 'actonly',
    shortcut: 'b',
    span: 1,
  }),
  ...blockNetworks,
];

/** Sides of images whose first maps are 5×5: of three images, they have more pixels than a workgroup has invocations. */
const SMALL = 10;
/** Channels of one pack. */
const ONE_PACK = 4;

/** A network of some of a test network's layers, on small images. */
export function onSmallImages(network: TestNetwork, stack: readonly Item[]): TestNetwork {
  const data: DataRef = { ...inColour, title: 'small', side: SMALL, channels: 1, classes: classCount(network) };
  return { ...network, name: `${network.name}, small`, spec: { ...network.spec, stack }, size: SMALL, data };
}

/** A layer of one pack of channels. */
export function inOnePack(item: Item): Item {
  return 'width' in item ? { ...item, width: Math.min(item.width, ONE_PACK) } : item;
}

/**
 * Initial parameters with biases, scales and shifts moved off 0 and 1, so that no activation
 * sits on a kink and a mistake in any of them shows.
 */
export function testParameters(graph: NetworkGraph, spec: NetworkSpec): Float32Array[] {
  const next = normal(random(1, 'test parameters'));
  return initialParameters(graph, spec, 1).map((values, id) =>
    graph.parameters[id]?.role === 'weight' ? values : values.map((value) => value + 0.2 * next()),
  );
}

/** `count` training and test images of normal noise, with random labels. */
export function testImages(fed: ImageFormat | ImageSize, count: number) {
  const format = typeof fed === 'number' ? { size: fed } : fed;
  return { size: format.size, train: noise(format, count, 'train'), test: noise(format, count, 'test') };
}

function noise(format: ImageFormat, count: number, name: string): ImageSet & { readonly pixels: Float32Array } {
  const uniform = random(1, 'test images', name);
  const next = normal(uniform);
  const labels = Uint8Array.from({ length: count }, () => Math.floor(classCount(format) * uniform()));
  const numbers = count * format.size ** 2 * channelsOf(format);
  return { count, pixels: Float32Array.from({ length: numbers }, () => next()), labels };
}

/** The place of one number in the parameters. */
interface Place {
  readonly parameter: number;
  readonly index: number;
}

/**
 * Some numbers of every parameter, chosen at random.
 * @param sizes of the parameters
 */
export function somePicks(sizes: readonly number[], each: number): Place[] {
  const uniform = random(1, 'picks');
  return sizes.flatMap((size, parameter) =>
    Array.from({ length: each }, () => ({ parameter, index: Math.floor(size * uniform()) })),
  );
}
