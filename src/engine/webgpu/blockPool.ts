/**
 * Memory within a step. The GPU runs one step after the other, and nothing in a plan's blocks is needed
 * beyond its step; so all plans of an engine, of one network or of several, share their blocks.
 */
import { fitInto } from './plan/memory.ts';

/** What one plan uses of the pool. */
export interface Share {
  readonly blocks: readonly GPUBuffer[];
  /** Gives the blocks back; once no plan uses any, all of them are freed. */
  release(): void;
  /** The same, where the device has refused blocks that were made for this plan: no other plan gets them. */
  withdraw(): void;
}

export class BlockPool {
  private blocks: GPUBuffer[] = [];
  private readonly users = new Set<Share>();

  constructor(private readonly device: GPUDevice) {}

  /**
   * One buffer for each size, none twice. They stay valid until they are released.
   * @param sizes in bytes
   */
  take(sizes: readonly number[]): Share {
    const free = [...this.blocks];
    const made: GPUBuffer[] = [];
    const places = fitInto(
      free.map(({ size }) => size),
      sizes,
    );
    const blocks = sizes.map((bytes, i) => {
      const fitting = free[places[i] ?? -1];
      if (fitting) return fitting;
      const block = this.create(bytes);
      made.push(block);
      return block;
    });
    const share: Share = {
      blocks,
      release: () => this.drop(share),
      withdraw: () => {
        this.blocks = this.blocks.filter((block) => !made.includes(block));
        for (const block of made) block.destroy();
        this.drop(share);
      },
    };
    this.users.add(share);
    return share;
  }

  private drop(share: Share): void {
    this.users.delete(share);
    if (this.users.size > 0) return;
    for (const block of this.blocks) block.destroy();
    this.blocks = [];
  }

  private create(bytes: number): GPUBuffer {
    const block = this.device.createBuffer({
      label: `block ${this.blocks.length}`,
      size: bytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    this.blocks.push(block);
    return block;
  }
}
