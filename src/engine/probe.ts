/** Looks at what the browser offers, without starting an engine. */
import { NoAnswer } from '../experiment/answerWithin.ts';
import { ADAPTER_MS, adapterName, infoOf, isSoftwareAdapter, requestAdapter } from './adapter.ts';
import { type Capabilities, type EngineRequest, isSoftware } from './choose.ts';
import { isSlow } from './gpuSpeed.ts';

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

/** As WebGL calls what it draws on; empty where there is no WebGL. */
function webGlRenderer(): string {
  const gl = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return '';
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return renderer;
}

/**
 * Whether an adapter is hardware. One that says nothing of itself is taken for what WebGL draws on, where that is software; where
 * it is not, that says little, as the two may use different drivers: then the adapter's speed decides.
 */
async function isHardware(adapter: GPUAdapter, renderer: string): Promise<boolean> {
  const info = infoOf(adapter);
  if (isSoftwareAdapter(info)) return false;
  if (adapterName(info) !== '') return true;
  return !(isSoftware(renderer) || (await isSlow(adapter)));
}

/** Milliseconds that somebody who asks for WebGPU waits for it. */
const WANTED_MS = 10_000;

/** What this thread of this browser can compute on, for one who asks for an engine; software GPUs do not count. Never throws. */
export async function probe({ engine, backend }: EngineRequest): Promise<Capabilities> {
  const simd = typeof WebAssembly !== 'undefined' && WebAssembly.validate(simdModule);
  const threads = globalThis.crossOriginIsolated === true;
  const renderer = webGlRenderer();
  const webgl = renderer !== '' && !isSoftware(renderer);
  try {
    const adapter = await requestAdapter(engine === 'webgpu' || backend === 'webgpu' ? WANTED_MS : ADAPTER_MS);
    return {
      webgpu: adapter !== null && (await isHardware(adapter, renderer)),
      gpuAnswers: true,
      webgl,
      simd,
      threads,
    };
  } catch (error) {
    // One that refuses at once, as Firefox does, is none; one that says nothing should not be asked again.
    return { webgpu: false, gpuAnswers: !(error instanceof NoAnswer), webgl, simd, threads };
  }
}
