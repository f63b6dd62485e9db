/**
 * What networks of one graph have on the GPU from step to step: their parameters, the optimizer's moments, whether they have stopped and after
 * how many updates, what their `drop` nodes draw by, and the running averages of their norms where they are kept.
 */

import type { Optimizer } from '../../experiment/experiment.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { momentsOf } from '../../ops/optimizer/optimizer.ts';
import type { Snapshot } from '../engine.ts';
import { type ParameterLayout, packAll, parameterLayout, unpackAll } from '../plan/parameterLayout.ts';
import { initialAverages } from '../runningAverages.ts';
import { CONTROL_BYTES } from './kernels/optimizerStep/shared.ts';
import { ownPart } from './member.ts';
import { averageBytes, packedAverages, unpackedAverages } from './plan/averages.ts';
import { dropTable } from './plan/drops.ts';
import { readBack, type Span } from './readback.ts';

export class ParameterStore {
  readonly parameters: GPUBuffer;
  readonly moments: GPUBuffer;
  readonly control: GPUBuffer;
  readonly drops: GPUBuffer;
  readonly averages: GPUBuffer;
  private readonly layout: ParameterLayout;
  private readonly perParameter: number;

  constructor(
    private readonly device: GPUDevice,
    private readonly graph: NetworkGraph,
    opt: Optimizer,
    private readonly seeds: readonly number[],
  ) {
    this.layout = parameterLayout(graph);
    this.perParameter = momentsOf(opt);
    const bytes = seeds.length * this.layout.packs * 16;
    this.parameters = storageBuffer(device, 'parameters', bytes);
    this.moments = storageBuffer(device, 'moments', bytes * this.perParameter);
    this.control = storageBuffer(device, 'control', seeds.length * CONTROL_BYTES);
    const drops = dropTable(graph, seeds);
    this.drops = storageBuffer(device, 'drops', drops.byteLength);
    device.queue.writeBuffer(this.drops, 0, drops);
    this.averages = storageBuffer(device, 'averages', seeds.length * averageBytes(graph));
  }

  /** @param moments parameter by parameter, or empty for zeros */
  write(network: number, { parameters, moments, updates, averages }: Snapshot): void {
    const { queue } = this.device;
    this.pack(this.parameters, network, 0, (id) => parameters[id]);
    for (let which = 0; which < this.perParameter; which++)
      this.pack(this.moments, network, which, (id) => moments[id * this.perParameter + which]);
    const packed = packedAverages(this.graph, initialAverages(this.graph, averages));
    queue.writeBuffer(this.averages, network * packed.byteLength, packed);
    queue.writeBuffer(this.control, network * CONTROL_BYTES, Float32Array.of(0, 0, updates, 0));
  }

  /** As of all that was submitted before. */
  async read(network: number): Promise<Required<Omit<Snapshot, 'updates'>>> {
    const bytes = averageBytes(this.graph);
    const ofNorms = { buffer: this.averages, bytes, parts: [{ offset: network * bytes, bytes }] };
    const all: Span[] = [ofNorms, this.span(this.parameters, network)];
    for (let which = 0; which < this.perParameter; which++) all.push(this.span(this.moments, network, which));
    const [averages = new Float32Array(), parameters = new Float32Array(), ...moments] = await readBack(
      this.device,
      all,
    );
    const each = moments.map((values) => this.unpacked(values));
    return {
      parameters: this.unpacked(parameters),
      moments: this.layout.regions.flatMap((_, id) => each.map((values) => values[id] as Float32Array)),
      averages: unpackedAverages(this.graph, averages),
    };
  }

  /** What a network has in a buffer of a number for each parameter. @param which of several such behind each other */
  span(buffer: GPUBuffer, network: number, which = 0): Span {
    return { buffer, bytes: 16 * this.layout.packs, parts: this.partsOf(network, which) };
  }

  /** From the layout of the buffer of all parameters to arrays in the graph's order. */
  unpacked(all: Float32Array): Float32Array[] {
    return unpackAll(this.layout, all);
  }

  dispose(): void {
    for (const buffer of [this.parameters, this.moments, this.control, this.drops, this.averages]) buffer.destroy();
  }

  private pack(
    buffer: GPUBuffer,
    network: number,
    which: number,
    valuesOf: (id: number) => Float32Array | undefined,
  ): void {
    const all = new Float32Array(this.layout.packs * 4);
    packAll(this.layout, valuesOf, all);
    let first = 0;
    for (const { offset, bytes } of this.partsOf(network, which)) {
      this.device.queue.writeBuffer(buffer, offset, all, first, bytes / 4);
      first += bytes / 4;
    }
  }

  /** Where a network's numbers are: parameter by parameter, all networks' behind each other. */
  private partsOf(network: number, which: number): readonly { readonly offset: number; readonly bytes: number }[] {
    const { layout, seeds } = this;
    const before = 16 * which * seeds.length * layout.packs;
    if (seeds.length === 1) return [{ offset: before, bytes: 16 * layout.packs }];
    return layout.regions.map(({ first, packs }) => {
      const { offset, size } = ownPart({ offset: 16 * first, bytes: 16 * packs }, { network, networks: seeds.length });
      return { offset: before + offset, bytes: size };
    });
  }
}

/** A buffer that kernels may write, copied from and to; empty ones get a few bytes, as bindings must have some. */
export function storageBuffer(device: GPUDevice, label: string, bytes: number): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  return device.createBuffer({ label, size: Math.max(16, bytes), usage });
}

/** One for each name. @param sizes in bytes */
export function storageBuffers(device: GPUDevice, sizes: Readonly<Record<string, number>>): Record<string, GPUBuffer> {
  return Object.fromEntries(Object.entries(sizes).map(([name, bytes]) => [name, storageBuffer(device, name, bytes)]));
}

export function freed(buffers: Readonly<Record<string, GPUBuffer>>): void {
  for (const buffer of Object.values(buffers)) buffer.destroy();
}
