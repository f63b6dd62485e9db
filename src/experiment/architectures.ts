/**
 * The networks with which depth began to pay, at the scale of this page: their layers one for one, but narrower, and for
 * 14×14 grey images instead of 224×224 coloured ones.
 *
 * AlexNet (Krizhevsky, Sutskever & Hinton 2012): five conv and three dense layers. Channels and units are divided by 8
 * and by 32; all kernels are 3×3, where its first two are 11×11 and 5×5; its first stride, 4, and its first pooling are
 * left out. VGG-16 and VGG-19 (Simonyan & Zisserman 2014, arXiv 1409.1556, columns D and E): all kernels are 3×3 there,
 * too; channels are divided by 8, the two hidden dense layers by 32. Normalisation comes with the settings: the
 * originals had none (AlexNet: a local one).
 */
import type { Item } from './experiment.ts';
import { sameStack } from './stack.ts';

export const architectureNames = ['alexnet', 'vgg-16', 'vgg-19'] as const;
export type ArchitectureName = (typeof architectureNames)[number];

const conv = (width: number, count = 1): Item => ({ kind: 'conv', width, stride: 1, count });
const pool: Item = { kind: 'maxpool', count: 1 };
const hidden: Item = { kind: 'dense', width: 128, count: 2 };

/** Five stages, each with a pooling behind it; VGG-19 has a fourth conv in the last three. */
function vgg(late: 3 | 4): readonly Item[] {
  return [
    conv(8, 2),
    pool,
    conv(16, 2),
    pool,
    conv(32, late),
    pool,
    conv(64, late),
    pool,
    conv(64, late),
    pool,
    hidden,
  ];
}

/** The stacks; the classifier, the last weight layer, follows every stack. */
export const architectures: Readonly<Record<ArchitectureName, readonly Item[]>> = {
  alexnet: [conv(12), conv(32), pool, conv(48, 2), conv(32), pool, hidden],
  'vgg-16': vgg(3),
  'vgg-19': vgg(4),
};

export function isArchitecture(name: string): name is ArchitectureName {
  return architectureNames.some((known) => known === name);
}

/** The architecture that a stack is, if it is one. */
export function recognizeArchitecture(stack: readonly Item[]): ArchitectureName | null {
  return architectureNames.find((name) => sameStack(architectures[name], stack)) ?? null;
}
