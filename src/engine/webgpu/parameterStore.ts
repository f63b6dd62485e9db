/**
 * What a network has on the GPU from step to step: its parameters, the optimizer's moments, whether it has stopped and after how
 * many updates, what its `drop` nodes draw by, and the running averages of its norms where they are kept.
 */
import type { NetworkGraph } from '../../network/graph.ts';
import { momentsOf } from '../../ops/optimizer/optimizer.ts';
import type { Snapshot, UpdateRule } from '../engine.ts';
import { type ParameterLayout, packAll, parameterLayout, unpackAll } from '../plan/parameterLayout.ts';
import { initialAverages } from '../runningAverages.ts';
import { CONTROL_BYTES } from './kernels/optimizerStep/shared.ts';
import { averageBytes, packedAverages, unpackedAverages } from './plan/averages.ts';
import { dropTable } from './plan/drops.ts';
import { readBack } from './readback.ts';

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
    { opt, seed }: UpdateRule,
  ) {
    this.layout = parameterLayout(graph);
    this.perParameter = momentsOf(opt);
    const bytes = this.layout.packs * 16;
    this.parameters = storageBuffer(device, 'parameters', bytes);
    this.moments = storageBuffer(device, 'moments', bytes * this.perParameter);
    this.control = storageBuffer(device, 'control', CONTROL_BYTES);
    const drops = dropTable(graph, seed);
    this.drops = storageBuffer(device, 'drops', drops.byteLength);
    device.queue.writeBuffer(this.drops, 0, drops);
    this.averages = storageBuffer(device, 'averages', averageBytes(graph));
  }

  /** @param moments parameter by parameter, or empty for zeros */
  write({ parameters, moments, updates, averages }: Snapshot): void {
    const { queue } = this.device;
    const { packs } = this.layout;
    queue.writeBuffer(
      this.parameters,
      0,
      this.packed((id) => parameters[id]),
    );
    for (let which = 0; which < this.perParameter; which++) {
      const values = this.packed((id) => moments[id * this.perParameter + which]);
      queue.writeBuffer(this.moments, which * packs * 16, values);
    }
    queue.writeBuffer(this.averages, 0, packedAverages(this.graph, initialAverages(this.graph, averages)));
    queue.writeBuffer(this.control, 0, Float32Array.of(0, 0, updates, 0));
  }

  /** As of all that was submitted before. */
  async read(): Promise<Required<Omit<Snapshot, 'updates'>>> {
    const spans = [this.parameters, this.moments, this.averages].map((buffer) => ({ buffer, bytes: buffer.size }));
    const [parameters, moments, averages] = (await readBack(this.device, spans)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const size = this.layout.packs * 4;
    const each = Array.from({ length: this.perParameter }, (_, which) =>
      this.unpacked(moments.subarray(which * size, (which + 1) * size)),
    );
    return {
      parameters: this.unpacked(parameters),
      moments: this.layout.regions.flatMap((_, id) => each.map((values) => values[id] as Float32Array)),
      averages: unpackedAverages(this.graph, averages),
    };
  }

  /** From the layout of the buffer of all parameters to arrays in the graph's order. */
  unpacked(all: Float32Array): Float32Array[] {
    return unpackAll(this.layout, all);
  }

  dispose(): void {
    for (const buffer of [this.parameters, this.moments, this.control, this.drops, this.averages]) buffer.destroy();
  }

  private packed(valuesOf: (id: number) => Float32Array | undefined): Float32Array<ArrayBuffer> {
    const all = new Float32Array(this.layout.packs * 4);
    packAll(this.layout, valuesOf, all);
    return all;
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
