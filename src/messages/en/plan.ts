/** The words of a plan's listing. */
import { number, bytes as size } from '../format.ts';

interface Row {
  readonly op: string;
  readonly layer: string;
  readonly shape: string;
  readonly workgroups: number;
  readonly flops: number;
  readonly bytes: number;
}

interface Totals {
  readonly dispatches: number;
  readonly kernels: number;
  readonly flops: number;
  readonly kept: number;
  readonly activations: number;
  readonly blocks: number;
  readonly arenas: number;
}

const millions = (flops: number) => (flops === 0 ? '–' : number(flops / 1e6));

export const plan = {
  title: (label: string, batch: number) =>
    `${label}, ${number(batch)} images in a minibatch, as planned for a hardware GPU`,
  columns: ['Op', 'Layer', 'Makes', 'Workgroups', 'MFLOP', 'Bytes'] as const,
  cells: ({ op, layer, shape, workgroups, flops, bytes }: Row): string[] => [
    op,
    layer,
    shape,
    number(workgroups),
    millions(flops),
    size(bytes),
  ],
  totals: ({ dispatches, kernels, flops, kept, activations, blocks, arenas }: Totals): string[] => [
    `${number(dispatches)} dispatches of ${number(kernels)} different kernels; ${millions(flops)} MFLOP a step.`,
    `Activations that backpropagation must keep: ${size(kept)}.`,
    `All activations and their gradients, in ${number(blocks)} shared blocks: ${size(activations)}, ${number(activations / kept)} times that.`,
    `With parameter gradients, their parts and measurements: ${size(activations + arenas)}, ${number((activations + arenas) / kept)} times.`,
    'Bytes are those of every buffer that a dispatch binds, once; of the data set, those of one minibatch.',
  ],
};
