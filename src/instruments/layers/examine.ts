import type { Trainer } from '../../engine/engine.ts';
import { residualAdds } from '../../network/blocks.ts';
import { evaluationMode } from '../../network/foldedNorms.ts';
import { elements } from '../../ops/shapes.ts';
import { standardDeviation } from '../../records/standardDeviation.ts';
import type { Examine, Subject } from '../../session/examination.ts';
import { firstImages, inChunks, MOST_BYTES } from '../examination/examiner.ts';
import type { BlocksReport } from './report.ts';

/** Images in the minibatch. */
const IMAGES = 32;

/**
 * The network's own trainer, or where training drops something by chance one that has its expectation instead, as a block
 * that is dropped in one step has a size all the same.
 */
async function settledTrainer({ graph, trainer, engine, training, images }: Subject): Promise<Trainer> {
  const settled = evaluationMode(graph);
  if (settled === graph) return trainer;
  return engine.createTrainer(settled, (await trainer.snapshot()).parameters, training, images);
}

/** The sizes of the summands of every residual block, over the first training images, with their own statistics. */
export const examine: Examine<'blocks'> = async function* (subject) {
  const settled = await settledTrainer(subject);
  try {
    yield await sizesOf(subject, settled);
  } finally {
    if (settled !== subject.trainer) settled.dispose();
  }
};

async function sizesOf({ graph, step, images }: Subject, trainer: Trainer): Promise<BlocksReport> {
  const indices = firstImages(IMAGES, images);
  const ends = residualAdds(graph);
  const bytes = (node: number) => 4 * indices.length * elements(graph.nodes[node]?.shape ?? [0, 0, 0]);
  const blocks = [];
  for (const some of inChunks(ends, ({ branch }) => 2 * bytes(branch), MOST_BYTES)) {
    const nodes = some.flatMap(({ branch, shortcut }) => [branch, shortcut]);
    const sizes = (await trainer.activations('train', indices, nodes)).map(standardDeviation);
    for (const [i, { layer }] of some.entries()) {
      blocks.push({ layer, branch: sizes[2 * i] ?? Number.NaN, trunk: sizes[2 * i + 1] ?? Number.NaN });
    }
  }
  return { step, images: indices.length, done: 1, planned: 1, blocks };
}
