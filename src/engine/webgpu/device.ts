/** Finds a GPU and says what it is. */
import { adapterName, isSoftwareAdapter } from '../adapter.ts';
import { type Tuning, tunings } from './plan/tuning.ts';

export interface FoundDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  /** As its driver calls it. */
  readonly name: string;
  readonly tuning: Tuning;
}

/**
 * A device of its own. It asks for larger buffers where the adapter has them: that lets larger networks
 * in, and nothing else depends on it.
 * @throws Error where there is none
 */
export async function requestDevice(): Promise<FoundDevice> {
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('this browser offers no WebGPU adapter');
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  const device = await adapter.requestDevice({
    label: 'training',
    requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
  });
  const { info } = adapter;
  return {
    device,
    info,
    name: adapterName(info),
    tuning: isSoftwareAdapter(info) ? tunings.software : tunings.hardware,
  };
}
