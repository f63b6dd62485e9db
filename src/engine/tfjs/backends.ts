/** Loads one TensorFlow.js backend; each is a download of its own. */
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../choose.ts';
import type { Device, Engine } from '../engine.ts';
import { requestDevice } from '../gpuDevice.ts';

/** A backend that is registered with tfjs. */
interface Loaded extends Pick<Engine, 'lost'> {
  /** What it runs on, once it has started. */
  device(): Device;
  /** Frees it, its memory and its threads; it can be started again. */
  stop(): void;
}

const loaders: Record<Backend, () => Promise<Loaded>> = {
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
    return registered('wasm', () => wasmDevice(wasm.getThreadsCount()));
  },
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    return registered('webgl', webglDevice);
  },
  webgpu: async () => {
    const { registerOn, unregister } = await import('./sharedDevice.ts');
    const { device, info, name, lost } = await requestDevice();
    registerOn({ device, info });
    const stop = () => {
      unregister();
      device.destroy();
    };
    return { device: () => ({ kind: 'gpu', name }), lost, stop };
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return registered('cpu', () => ({ kind: 'cpu', simd: false, threads: 1 }));
  },
};

/** A backend that its package has registered. */
function registered(backend: Backend, device: () => Device): Loaded {
  const stop = () => {
    const factory = tf.findBackendFactory(backend);
    tf.removeBackend(backend);
    // Removing a backend forgets how to make it, too.
    if (factory) tf.registerBackend(backend, factory);
  };
  return { device, lost: null, stop };
}

/** A backend that tfjs computes with. */
interface Running extends Pick<Engine, 'device' | 'lost'>, Pick<Loaded, 'stop'> {}

/** @throws Error if the backend cannot run here */
export async function startBackend(backend: Backend): Promise<Running> {
  const { device, lost, stop } = await loaders[backend]();
  // Production mode: tfjs checks every tensor for NaN otherwise. A network that overflows is a result here, not an error.
  tf.enableProdMode();
  if (!(await tf.setBackend(backend))) {
    stop();
    throw new Error(`tfjs could not start ${backend}`);
  }
  await tf.ready();
  return { device: device(), lost, stop };
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
