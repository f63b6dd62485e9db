/** A training plan on the device, with all that belongs to it. */
import { checked } from './checked.ts';
import type { GpuContext } from './context.ts';
import { alone } from './member.ts';
import { freed, type ParameterStore, storageBuffer, storageBuffers } from './parameterStore.ts';
import type { TrainingPlan } from './plan/compile.ts';
import { Runner } from './runner.ts';
import { StepQueue, stepsAtATime } from './stepQueue.ts';

export interface ReadyPlan {
  readonly plan: TrainingPlan;
  readonly runner: Runner;
  readonly queue: StepQueue;
  /** Buffers of its own. */
  readonly own: Readonly<Record<string, GPUBuffer>>;
}

/**
 * @param resultBytes of one network's step
 * @param onProgress told how many of how many kernels are compiled
 * @throws EngineRefusal; then nothing is left of it
 */
export async function makeReady(
  context: GpuContext,
  plan: TrainingPlan,
  { parameters, moments, control, drops, averages }: ParameterStore,
  resultBytes: number,
  onProgress?: (done: number, total: number) => void,
): Promise<ReadyPlan> {
  const { device } = context;
  const own = await checked(device, 'the networks’ buffers', () => ownBuffers(device, plan), freed);
  try {
    const steps = stepsAtATime(plan.borrowed.pixels ?? 0);
    const arenas = { ...own, parameters, moments, control, drops, averages };
    const runner = await Runner.create(context, plan, arenas, alone, steps, onProgress);
    return { plan, runner, queue: new StepQueue(device, runner, own.results as GPUBuffer, resultBytes, steps), own };
  } catch (error) {
    freed(own);
    throw error;
  }
}

function ownBuffers(device: GPUDevice, { arenas, tables }: TrainingPlan): Record<string, GPUBuffer> {
  const buffers = storageBuffers(device, arenas);
  for (const [name, values] of Object.entries(tables)) {
    const table = storageBuffer(device, name, values.byteLength);
    device.queue.writeBuffer(table, 0, values);
    buffers[name] = table;
  }
  return buffers;
}

/** Results that are under way still arrive. */
export function disposeReady({ runner, queue, own }: ReadyPlan): void {
  queue.dispose();
  runner.dispose();
  freed(own);
}
