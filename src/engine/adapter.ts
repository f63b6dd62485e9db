/** WebGPU adapters: asking for one, and what it is. */
import { answerWithin } from '../experiment/answerWithin.ts';
import { isSoftware } from './choose.ts';

/**
 * Milliseconds that a browser is given to say whether there is a GPU. One that sleeps wakes up in about a second; longer than two nobody should wait
 * for one that never does.
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
