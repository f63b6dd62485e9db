/** What all networks of an engine share: the device and what has been made on it. */
import { BlockPool } from './blockPool.ts';
import { Pipelines } from './pipelines.ts';
import type { Tuning } from './plan/tuning.ts';

export interface GpuContext {
  readonly device: GPUDevice;
  readonly tuning: Tuning;
  readonly pipelines: Pipelines;
  readonly blocks: BlockPool;
}

export function createContext(device: GPUDevice, tuning: Tuning): GpuContext {
  return {
    device,
    tuning,
    pipelines: new Pipelines(device),
    blocks: new BlockPool(device),
  };
}
