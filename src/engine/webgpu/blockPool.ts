/**
 * Memory within a step. The GPU runs one step after the other, and nothing in a plan's blocks is needed
 * beyond its step; so all plans of an engine, of one network or of several, share their blocks.
 */
export class BlockPool {
  private blocks: GPUBuffer[] = [];
  private users = 0;

  constructor(private readonly device: GPUDevice) {}

  /**
   * One buffer for each size, none twice. They stay valid until `release`.
   * @param sizes in bytes
   */
  take(sizes: readonly number[]): GPUBuffer[] {
    this.users++;
    const free = [...this.blocks].sort((a, b) => a.size - b.size);
    return sizes.map((bytes) => {
      const index = free.findIndex(({ size }) => size >= bytes);
      const [fitting] = index < 0 ? [] : free.splice(index, 1);
      return fitting ?? this.add(bytes);
    });
  }

  /** Frees all blocks once nobody uses them. */
  release(): void {
    this.users--;
    if (this.users > 0) return;
    for (const block of this.blocks) block.destroy();
    this.blocks = [];
  }

  private add(bytes: number): GPUBuffer {
    const block = this.device.createBuffer({
      label: `block ${this.blocks.length}`,
      size: bytes,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    this.blocks.push(block);
    return block;
  }
}
