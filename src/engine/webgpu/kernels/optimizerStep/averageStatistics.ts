/**
 * Moves the running averages of batch norm's statistics by those of the step's minibatch (`engine/runningAverages.ts`), unless the network has stopped.
 *
 * Tiling: an invocation takes a pack of channels of one norm; a table says where that is. One dispatch serves all norms.
 */
import { NORM_EPSILON } from '../../../../ops/batchNorm/op.ts';
import { AVERAGED_SHARE } from '../../../runningAverages.ts';
import { wholeArena } from '../../plan/buffers.ts';
import { type Kernel, kernel, reads, writes } from '../wgsl.ts';
import { control, linearId, STEP_WORKGROUP } from './shared.ts';

/** @param packs of all norms; of each the table says: its mean's in the norms, packs from there to 1 / √(variance + ε), its mean's in the averages, numbers of a channel in an image; @param bytes of all averages */
export function averageStatistics(packs: number, bytes: number): Kernel {
  return kernel({
    name: 'average statistics',
    workgroupSize: STEP_WORKGROUP,
    bindings: [
      reads('table', wholeArena('averageTable', 16 * packs), 'vec4u'),
      reads('norms', wholeArena('norms')),
      reads('control', control, 'f32'),
      writes('averages', wholeArena('averages', bytes)),
    ],
    body: `${linearId}
if (id >= ${packs}u || control[1] > 0.0) { return; }
let place = table[id];
let inverseStd = norms[place.x + place.y];
let variance = max(vec4f(), 1.0 / (inverseStd * inverseStd) - ${NORM_EPSILON});
let count = f32(run.images * place.w);
let spread = variance * (count / max(1.0, count - 1.0));
let mean = averages[place.z];
let before = averages[place.z + place.y];
averages[place.z] = mean + ${AVERAGED_SHARE} * (norms[place.x] - mean);
averages[place.z + place.y] = before + ${AVERAGED_SHARE} * (spread - before);`,
  });
}
