import { EngineRefusal } from '../engine.ts';

/**
 * Makes things on a device, and finds out what it has against them.
 * @param what for the message
 * @param make must not wait for anything: error scopes belong to the device, not to a task
 * @throws EngineRefusal where memory runs out or something is not valid
 */
export async function checked<T>(device: GPUDevice, what: string, make: () => T): Promise<T> {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  const made = make();
  const errors = await Promise.all([device.popErrorScope(), device.popErrorScope()]);
  const error = errors.find((each) => each !== null);
  if (error) throw new EngineRefusal(`${what}: ${error.message || 'out of memory'}`);
  return made;
}
