/**
 * Whether a GPU that does not say what it is computes on the CPU. Nothing that it announces tells: software rasterisers imitate the limits and
 * features of hardware. But they are slow: SwiftShader and llvmpipe reach about 10 GFLOP/s a core, and integrated GPUs of the last ten years
 * 200 GFLOP/s and more. So a fixed amount of arithmetic is timed.
 */
import { answerWithin } from '../experiment/answerWithin.ts';

const INVOCATIONS = 2 ** 18;
const WORKGROUP = 64;
const ROUNDS = 1024;
/** A round is a multiplication and an addition of four numbers. */
const FLOP = INVOCATIONS * ROUNDS * 8;
/** Slower is software. */
const LEAST_FLOPS = 100e9;
/** Milliseconds for all of it, compiling included: a hardware GPU takes some tens. */
const PATIENCE_MS = 1000;

const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> sums: array<vec4f>;

@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3u) {
  var sum = vec4f(f32(id.x));
  for (var round = 0u; round < ${ROUNDS}u; round++) {
    sum = fma(sum, vec4f(0.999), vec4f(0.25, 0.5, 0.75, 1.0));
  }
  sums[id.x] = sum;
}`;

/** The least milliseconds, of two tries, that the arithmetic takes on a device. */
async function fastest(device: GPUDevice): Promise<number> {
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code }) },
  });
  const buffer = device.createBuffer({ size: 16 * INVOCATIONS, usage: GPUBufferUsage.STORAGE });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer } }],
  });
  const timed = async (workgroups: number): Promise<number> => {
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(workgroups);
    pass.end();
    const began = performance.now();
    device.queue.submit([encoder.finish()]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - began;
  };
  // The first dispatch of a pipeline may compile it.
  await timed(1);
  return Math.min(await timed(INVOCATIONS / WORKGROUP), await timed(INVOCATIONS / WORKGROUP));
}

/** Whether an adapter is too slow for hardware. It is used up by that. */
export async function isSlow(adapter: GPUAdapter): Promise<boolean> {
  let device: GPUDevice | null = null;
  try {
    const ms = await answerWithin(PATIENCE_MS, 'WebGPU', async () => {
      device = await adapter.requestDevice({ label: 'speed' });
      return fastest(device);
    });
    return FLOP / (ms / 1000) < LEAST_FLOPS;
  } catch {
    // What cannot do this little in the time is of no use, whatever it is.
    return true;
  } finally {
    (device as GPUDevice | null)?.destroy();
  }
}
