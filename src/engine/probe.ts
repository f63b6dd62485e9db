/** Looks at what the browser offers, without starting an engine. */
import { isSoftwareAdapter } from './adapter.ts';
import { type Capabilities, isSoftware } from './choose.ts';

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

async function hasWebGpu(): Promise<boolean> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  return adapter ? !isSoftwareAdapter(adapter.info) : false;
}

function hasWebGl(): boolean {
  const gl = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) return false;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return !isSoftware(renderer);
}

/** What this thread of this browser can compute on; software GPUs do not count. */
export async function probe(): Promise<Capabilities> {
  const simd = typeof WebAssembly !== 'undefined' && WebAssembly.validate(simdModule);
  return { webgpu: await hasWebGpu(), webgl: hasWebGl(), simd };
}
