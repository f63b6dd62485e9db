/**
 * Compute pipelines, compiled asynchronously and shared by every kernel of the same text. Layouts are
 * explicit, so that a kernel may leave the `Run` unused.
 */
import { EngineRefusal } from '../engine.ts';
import type { Binding, Kernel } from './kernels/wgsl.ts';

export interface Pipeline {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** Kept for networks to come: those of some twenty networks that share none. Runners keep what they use. */
const MOST_PIPELINES = 1000;

export class Pipelines {
  private readonly layouts = new Map<string, GPUBindGroupLayout>();
  private readonly pipelines = new Map<string, Promise<Pipeline>>();

  constructor(private readonly device: GPUDevice) {}

  /**
   * @param user the layer that needs it, for the message
   * @throws EngineRefusal where the device does not take the kernel
   */
  get(kernel: Kernel, user: string): Promise<Pipeline> {
    const pipeline = this.pipelines.get(kernel.code) ?? this.compile(kernel, user);
    // Moved to the end: the least recently used come first.
    this.pipelines.delete(kernel.code);
    this.pipelines.set(kernel.code, pipeline);
    for (const oldest of this.pipelines.keys()) {
      if (this.pipelines.size <= MOST_PIPELINES) break;
      this.pipelines.delete(oldest);
    }
    return pipeline;
  }

  private async compile({ name, code, bindings }: Kernel, user: string): Promise<Pipeline> {
    const { device } = this;
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ label: name, code });
    const layout = this.layoutOf(bindings);
    const pipelineLayout = device.createPipelineLayout({ label: name, bindGroupLayouts: [layout] });
    const scope = device.popErrorScope();
    const made = device.createComputePipelineAsync({ label: name, layout: pipelineLayout, compute: { module } });
    const refused = (reason: unknown): never => {
      throw new EngineRefusal(`${name} for ${user}: ${reason instanceof Error ? reason.message : String(reason)}`);
    };
    // What is wrong with the text says more than what the pipeline makes of it.
    const [pipeline, error] = await Promise.all([made.catch((reason: unknown) => reason), scope]);
    if (error) refused(error.message);
    return { pipeline: pipeline instanceof GPUComputePipeline ? pipeline : refused(pipeline), layout };
  }

  private layoutOf(bindings: readonly Binding[]): GPUBindGroupLayout {
    const key = bindings.map(({ access }) => access).join();
    const known = this.layouts.get(key);
    if (known) return known;
    const storage = bindings.map(({ access }, index) => ({
      binding: index + 1,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: access === 'read' ? 'read-only-storage' : 'storage' } as const,
    }));
    const run = { binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'uniform' } } as const;
    const layout = this.device.createBindGroupLayout({ label: key, entries: [run, ...storage] });
    this.layouts.set(key, layout);
    return layout;
  }
}
