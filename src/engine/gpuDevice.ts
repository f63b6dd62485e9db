/** Finds a GPU and says what it is. */
import { adapterName } from './adapter.ts';

export interface FoundDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo;
  /** As its driver calls it. */
  readonly name: string;
  /** Resolves with the reason when the device is gone. */
  readonly lost: Promise<string>;
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
  const lost = Promise.race([failureOf(device), device.lost.then(({ message, reason }) => message || reason)]);
  return { device, info, name: adapterName(info), lost };
}

/**
 * Resolves with the first error that nobody has asked for. Work that a device refuses is not done, and whatever reads its results
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
