import { vi } from 'vitest';

/** All devices that are requested from now on, until mocks are restored. */
export function watchDevices(): GPUDevice[] {
  const devices: GPUDevice[] = [];
  const { requestDevice } = GPUAdapter.prototype;
  vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (this: GPUAdapter, how) {
    const device = await requestDevice.call(this, how);
    devices.push(device);
    return device;
  });
  return devices;
}
