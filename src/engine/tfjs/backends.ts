/** Loads one TensorFlow.js backend; each is a download of its own. */
import * as tf from '@tensorflow/tfjs-core';
import { download } from '../../data/download.ts';
import { answerWithin } from '../../experiment/answerWithin.ts';
import type { Backend } from '../choose.ts';
import type { Device, Engine } from '../engine.ts';
import { requestDevice } from '../gpu.ts';
import { tryThread } from './threads.ts';

/** tfjs' flag: whether its WebAssembly uses threads. */
const THREADED = 'WASM_HAS_MULTITHREAD_SUPPORT';

/** A backend that is registered with tfjs. */
interface Loaded extends Pick<Engine, 'lost'> {
  /** What it runs on, once it has started. */
  device(): Device;
  /** Frees it, its memory and its threads; it can be started again. */
  stop(): void;
}

/** Milliseconds for WebAssembly to start once its file is there: far more than it takes. */
const STARTING_MS = 10_000;

/** Milliseconds before the second attempt at a file of WebAssembly, and without a byte before one is given up. */
const downloading = { pauses: [300], patience: 10_000, fetch: globalThis.fetch.bind(globalThis) };

/**
 * Fetches a file that tfjs will fetch again, from the browser's cache: tfjs itself would wait for ever for a connection that is stuck.
 * @throws Error where it does not arrive
 */
async function fetchAhead(url: string): Promise<void> {
  const file = url.slice(url.lastIndexOf('/') + 1);
  const wanted = { url, file, cache: 'default', read: async () => undefined } as const;
  await download(wanted, downloading).catch(() => Promise.reject(new Error(`${file} did not arrive`)));
}

const loaders: Record<Backend, (threads: boolean) => Promise<Loaded>> = {
  wasm: async (threads) => {
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
    if (threads) await tryThread();
    else tf.env().set(THREADED, false);
    const simdFile = (await tf.env().getAsync(THREADED)) ? threaded : simd;
    const file = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? simdFile : plain;
    await fetchAhead(new URL(file.default, import.meta.url).href);
    return registered('wasm', () => wasmDevice(wasm.getThreadsCount()));
  },
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    return registered('webgl', webglDevice);
  },
  webgpu: async () => {
    const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
    const { device, info, name, lost } = await requestDevice();
    // A backend's name is given away once, and importing the package has taken it, for a device that tfjs would ask for itself.
    const takeBack = replaceBackend('webgpu', () => new WebGPUBackend(device, info as GPUAdapterInfo));
    const stop = () => {
      takeBack();
      // tfjs never destroys a device.
      device.destroy();
    };
    return { device: () => ({ kind: 'gpu', name }), lost, stop };
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return registered('cpu', () => ({ kind: 'cpu', simd: false, threads: 1 }));
  },
};

type Factory = ReturnType<typeof tf.findBackendFactory>;

/** Has a backend that its package has registered be made in another way; returns what undoes that. */
function replaceBackend(backend: Backend, factory: Factory): () => void {
  const before = tf.findBackendFactory(backend);
  tf.removeBackend(backend);
  tf.registerBackend(backend, factory);
  return () => {
    tf.removeBackend(backend);
    tf.registerBackend(backend, before);
  };
}

/** A backend as its package has registered it. */
function registered(backend: Backend, device: () => Device): Loaded {
  // Removing a backend forgets how to make it, too.
  const stop = () => void replaceBackend(backend, tf.findBackendFactory(backend));
  return { device, lost: null, stop };
}

/** A backend that tfjs computes with. */
interface Running extends Pick<Engine, 'device' | 'lost'>, Pick<Loaded, 'stop'> {}

/**
 * @param threads whether WebAssembly is to use several
 * @throws Error if the backend cannot run here
 */
export async function startBackend(backend: Backend, threads: boolean): Promise<Running> {
  const { device, lost, stop } = await loaders[backend](threads);
  // Production mode: tfjs checks every tensor for NaN otherwise. A network that overflows is a result here, not an error.
  tf.enableProdMode();
  try {
    const isStarted = await answerWithin(STARTING_MS, `tfjs ${backend}`, () => tf.setBackend(backend));
    if (!isStarted) throw new Error(`tfjs could not start ${backend}`);
  } catch (error) {
    stop();
    throw error;
  }
  await tf.ready();
  return { device: device(), lost, stop };
}

function wasmDevice(threads: number): Device {
  const threaded = Boolean(tf.env().get(THREADED));
  return { kind: 'cpu', simd: Boolean(tf.env().get('WASM_HAS_SIMD_SUPPORT')), threads: threaded ? threads : 1 };
}

function webglDevice(): Device {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  return { kind: 'gpu', name: gl ? String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : '' };
}
