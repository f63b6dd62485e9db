import { EngineRefusal } from '../engine.ts';

/**
 * Makes things on a device, and finds out what it has against them.
 * @param what for the message
 * @param make must not wait for anything: error scopes belong to the device, not to a task
 * @param undo frees what was made, where something was wrong with it
 * @throws EngineRefusal where memory runs out or something is not valid
 */
export async function checked<T>(
  device: GPUDevice,
  what: string,
  make: () => T,
  undo: (made: T) => void = () => {},
): Promise<T> {
  device.pushErrorScope('out-of-memory');
  device.pushErrorScope('validation');
  const pop = () => Promise.all([device.popErrorScope(), device.popErrorScope()]);
  let made: T;
  try {
    made = make();
  } catch (error) {
    pop().catch(() => undefined);
    throw error;
  }
  const error = (await pop()).find((each) => each !== null);
  if (!error) return made;
  undo(made);
  throw new EngineRefusal(`${what}: ${error.message || 'out of memory'}`);
}
