/** What a WebGPU adapter is. */
import { isSoftware } from './choose.ts';

/** As its driver calls it. */
export function adapterName({ vendor, architecture, device, description }: GPUAdapterInfo): string {
  return [vendor, architecture, device, description].filter(Boolean).join(' ');
}

/** Whether it computes on the CPU. */
export function isSoftwareAdapter(info: GPUAdapterInfo): boolean {
  return info.isFallbackAdapter || isSoftware(adapterName(info));
}
