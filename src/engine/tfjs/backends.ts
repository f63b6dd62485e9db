/** Loads one TensorFlow.js backend; each is a download of its own. */
import * as tf from '@tensorflow/tfjs-core';
import { adapterName } from '../adapter.ts';
import type { Backend } from '../choose.ts';
import type { Device } from '../engine.ts';

/** For each backend: registers it with tfjs, and says what it runs on once it is ready. */
const loaders: Record<Backend, () => Promise<() => Device | Promise<Device>>> = {
  wasm: async () => {
    const [wasm, plain, simd, threaded] = await Promise.all([
      import('@tensorflow/tfjs-backend-wasm'),
      import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url'),
      import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url'),
      import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url'),
    ]);
    wasm.setWasmPaths({
      'tfjs-backend-wasm.wasm': plain.default,
      'tfjs-backend-wasm-simd.wasm': simd.default,
      'tfjs-backend-wasm-threaded-simd.wasm': threaded.default,
    });
    return () => wasmDevice(wasm.getThreadsCount());
  },
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    return webglDevice;
  },
  webgpu: async () => {
    await import('@tensorflow/tfjs-backend-webgpu');
    return webgpuDevice;
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return () => ({ kind: 'cpu', simd: false, threads: 1 });
  },
};

export async function startBackend(backend: Backend): Promise<Device> {
  const deviceOf = await loaders[backend]();
  // Production mode: tfjs checks every tensor for NaN otherwise. A network that overflows is a result here, not an error.
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start ${backend}`);
  await tf.ready();
  return deviceOf();
}

/** Frees a backend, its memory and its threads; it can be started again. */
export function stopBackend(backend: Backend): void {
  const factory = tf.findBackendFactory(backend);
  tf.removeBackend(backend);
  // Removing a backend forgets how to make it, too.
  if (factory) tf.registerBackend(backend, factory);
}

function wasmDevice(threads: number): Device {
  const threaded = Boolean(tf.env().get('WASM_HAS_MULTITHREAD_SUPPORT'));
  return { kind: 'cpu', simd: Boolean(tf.env().get('WASM_HAS_SIMD_SUPPORT')), threads: threaded ? threads : 1 };
}

function webglDevice(): Device {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return { kind: 'gpu', name: gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : '' };
}

async function webgpuDevice(): Promise<Device> {
  const info = (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))?.info;
  return { kind: 'gpu', name: info ? adapterName(info) : '' };
}
