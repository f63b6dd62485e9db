/** Finds a GPU and says what it is. */
import { answerWithin } from '../experiment/answerWithin.ts';
import { reasonOf } from '../experiment/problem.ts';
import { isSoftware } from './choose.ts';

/**
 * Milliseconds that a browser is given to say whether there is a GPU. One that sleeps wakes up in about a second; nobody should
 * wait longer than two for one that never does.
 */
export const ADAPTER_MS = 1500;

/**
 * An adapter for one device; null where the browser has none.
 * @param ms milliseconds to wait for it
 * @throws Error where the browser refuses to look for one (Firefox throws at once on a blocklisted GPU), or does not answer
 */
export function requestAdapter(ms = ADAPTER_MS): Promise<GPUAdapter | null> {
  const ask = async () => (await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  return answerWithin(ms, 'WebGPU', ask);
}

/** What an adapter says of itself. Some browsers leave all of it empty. */
export type AdapterInfo = Pick<
  GPUAdapterInfo,
  'vendor' | 'architecture' | 'device' | 'description' | 'isFallbackAdapter'
>;

/** The first browsers with WebGPU have no `info`, and say of the adapter itself that it is a fallback. */
type AnyAdapter = { readonly info?: Partial<GPUAdapterInfo>; readonly isFallbackAdapter?: boolean };

export function infoOf({ info = {}, isFallbackAdapter = false }: AnyAdapter): AdapterInfo {
  const { vendor = '', architecture = '', device = '', description = '' } = info;
  return { vendor, architecture, device, description, isFallbackAdapter: info.isFallbackAdapter ?? isFallbackAdapter };
}

/** As its driver calls it; empty where the browser does not tell. */
export function adapterName({ vendor, architecture, device, description }: AdapterInfo): string {
  return [vendor, architecture, device, description].filter(Boolean).join(' ');
}

/** Whether it computes on the CPU, as far as it says what it is. */
export function isSoftwareAdapter(info: AdapterInfo): boolean {
  return info.isFallbackAdapter || isSoftware(adapterName(info));
}

/** Milliseconds to wait for a device: drivers load their compilers meanwhile. */
const PATIENCE_MS = 5000;

export interface FoundDevice {
  readonly device: GPUDevice;
  readonly info: AdapterInfo;
  /** As its driver calls it. */
  readonly name: string;
  /** Resolves with the reason when the device is gone. */
  readonly lost: Promise<string>;
}

/** There is no device to compute on, for whichever engine would want one. */
export class NoGpuDevice extends Error {}

/** Larger buffers let larger networks in; with more of them a kernel can do more at once. */
const wanted = ['maxBufferSize', 'maxStorageBufferBindingSize', 'maxStorageBuffersPerShaderStage'] as const;

/** @param limits to ask for as large as the adapter has them */
async function deviceWith(limits: readonly (typeof wanted)[number][]) {
  const adapter = await requestAdapter(PATIENCE_MS);
  if (!adapter) throw new Error('this browser offers no WebGPU adapter');
  const known = limits.map((limit) => [limit, adapter.limits[limit]] as const).filter(([, value]) => value > 0);
  const descriptor = { label: 'training', requiredLimits: Object.fromEntries(known) };
  const device = await answerWithin(PATIENCE_MS, 'WebGPU', () => adapter.requestDevice(descriptor));
  return { device, info: infoOf(adapter) };
}

/**
 * A device of its own, with the largest buffers that there are. Where a driver grants less than it has announced, with those that WebGPU promises.
 * @throws NoGpuDevice where there is none
 */
export async function requestDevice(): Promise<FoundDevice> {
  try {
    const { device, info } = await deviceWith(wanted).catch((error: unknown) => {
      // An adapter is good for one request, so that the second asks for another; a driver that is silent is not asked twice.
      if (error instanceof DOMException || error instanceof TypeError) return deviceWith([]);
      throw error;
    });
    const lost = Promise.race([failureOf(device), device.lost.then(({ message, reason }) => message || reason)]);
    return { device, info, name: adapterName(info), lost };
  } catch (error) {
    throw new NoGpuDevice(reasonOf(error));
  }
}

/**
 * Resolves with the first error outside of error scopes. Work that a device refuses is not done, and whatever reads its results
 * would go on with older numbers: so the device is given up.
 */
function failureOf(device: GPUDevice): Promise<string> {
  return new Promise((resolve) => {
    device.addEventListener('uncapturederror', ({ error }) => {
      resolve(error.message);
      device.destroy();
    });
  });
}
