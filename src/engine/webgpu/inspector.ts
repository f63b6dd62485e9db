/** Looks into a network: runs a plan once for what it stores of some nodes. Plans are made for the occasion; their kernels are shared. */

import type { Shape } from '../../network/graph.ts';
import { withoutFilling } from '../plan/packs.ts';
import { checked } from './checked.ts';
import type { GpuContext } from './context.ts';
import type { FedImages } from './imageFeed.ts';
import type { Member } from './member.ts';
import { freed, storageBuffers } from './parameterStore.ts';
import type { Plan } from './plan/plan.ts';
import { readBack } from './readback.ts';
import { type Arenas, Runner } from './runner.ts';

/**
 * @param own what belongs to the network: parameters, the updates made so far, what its `drop` nodes draw by
 * @param member which of those that these have it is
 * @param shapes of what is inspected, in its order
 * @returns for each of them [images, height, width, channels]
 */
export async function inspect(
  context: GpuContext,
  plan: Plan,
  own: Pick<Arenas, 'parameters' | 'control' | 'drops'>,
  member: Member,
  fed: FedImages,
  shapes: readonly Shape[],
): Promise<Float32Array[]> {
  const { device } = context;
  const made = await checked(
    device,
    'the buffers to look into the network',
    () => storageBuffers(device, plan.arenas),
    freed,
  );
  try {
    const runner = await Runner.create(context, plan, { ...made, ...own }, member);
    runner.submit(fed);
    const spans = plan.inspected.map((buffer) => ({ buffer: runner.buffer(buffer), bytes: buffer.bytes }));
    const found = await readBack(device, spans).finally(() => runner.dispose());
    return shapes.map((shape, i) => withoutFilling(found[i] ?? new Float32Array(), shape[2]));
  } finally {
    freed(made);
  }
}
