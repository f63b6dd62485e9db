/** Looks at what the browser offers, without starting an engine. */
import { answerWithin, NoAnswer } from '../experiment/answerWithin.ts';
import { type Capabilities, type EngineRequest, isSoftware } from './choose.ts';
import { ADAPTER_MS, adapterName, infoOf, isSoftwareAdapter, requestAdapter } from './gpu.ts';

/**
 * The smallest module that holds a SIMD instruction: a function () → v128 that splats a constant
 * (`i32.const 0; i8x16.splat`). It validates exactly where fixed-width SIMD is supported.
 */
const simdModule = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[1, 5, 1, 0x60, 0, 1, 0x7b],
  ...[3, 2, 1, 0],
  ...[10, 8, 1, 6, 0, 0x41, 0, 0xfd, 0x0f, 0x0b],
);

export function hasSimd(): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(simdModule);
}

/** As WebGL calls what it draws on; empty where there is no WebGL. */
function webGlRenderer(): string {
  const gl = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return '';
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return renderer;
}

// Nothing that a GPU announces tells whether it computes on the CPU: software rasterisers imitate the limits and features of hardware. But they are
// slow: SwiftShader and llvmpipe reach about 10 GFLOP/s a core, and integrated GPUs of the last ten years 200 GFLOP/s and more. So a fixed
// amount of arithmetic is timed.
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
async function isSlow(adapter: GPUAdapter): Promise<boolean> {
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

/**
 * Whether an adapter is hardware. One that says nothing of itself is taken for what WebGL draws on, where that is software; where
 * it is not, that says little, as the two may use different drivers: then the adapter's speed decides.
 */
async function isHardware(adapter: GPUAdapter): Promise<boolean> {
  const info = infoOf(adapter);
  if (isSoftwareAdapter(info)) return false;
  if (adapterName(info) !== '') return true;
  return !(isSoftware(webGlRenderer()) || (await isSlow(adapter)));
}

/** Milliseconds to wait for WebGPU where it is asked for. */
const WANTED_MS = 10_000;

/** What this thread of this browser can compute on, for a request; software GPUs do not count. Never throws. */
export async function probe({ engine, backend }: EngineRequest): Promise<Capabilities> {
  const simd = hasSimd();
  const threads = globalThis.crossOriginIsolated === true;
  const webgl = () => {
    const renderer = webGlRenderer();
    return renderer !== '' && !isSoftware(renderer);
  };
  const others = { webgl, simd, threads };
  try {
    const adapter = await requestAdapter(engine === 'webgpu' || backend === 'webgpu' ? WANTED_MS : ADAPTER_MS);
    return { ...others, webgpu: adapter !== null && (await isHardware(adapter)), gpuAnswers: true };
  } catch (error) {
    // One that refuses at once, as Firefox does, is none; one that says nothing should not be asked again.
    return { ...others, webgpu: false, gpuAnswers: !(error instanceof NoAnswer) };
  }
}
