/** Grafts: networks that are a trained one, the base, with layers inserted. */

import { evaluationSample } from '../../data/evaluationSample.ts';
import { labelsOf } from '../../data/gather.ts';
import type { TrainingImages } from '../../data/images.ts';
import { errorOf } from '../../engine/classify.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ImageFormat } from '../../experiment/dataRef.ts';
import type { TrainingSpec } from '../../experiment/experiment.ts';
import { buildGraph } from '../../network/build.ts';
import type { TrainedBase } from '../../network/graft.ts';
import type { GraftReport } from '../../records/graft.ts';
import type { BuiltNetwork } from './networks.ts';

/** A network as it is, to be grafted onto. */
export async function baseOf({ spec, trainer }: BuiltNetwork, { size, data }: ImageFormat): Promise<TrainedBase> {
  const { parameters, averages } = await trainer.snapshot();
  return { spec, size, ...(data && { data }), parameters, ...(averages && { averages }) };
}

export interface GraftSubject {
  readonly engine: Engine;
  readonly base: TrainedBase;
  readonly networks: readonly BuiltNetwork[];
  readonly images: TrainingImages;
  readonly training: TrainingSpec;
}

/** Compares grafts with their base, before anything is trained: by the logits for the same test images, on the same engine, in evaluation mode. */
export async function graftReport({ engine, base, networks, images, training }: GraftSubject): Promise<GraftReport> {
  const { calibration, test } = evaluationSample(training.train, images.test.count);
  const trainer = await engine.createTrainer(buildGraph(base.spec, base), base.parameters, training, images);
  if (base.averages) trainer.restore({ parameters: base.parameters, moments: [], updates: 0, averages: base.averages });
  const before = await trainer.logits('test', test, calibration).finally(() => trainer.dispose());
  const labels = labelsOf(images.test, test);
  const grafted: GraftReport['networks'][number][] = [];
  for (const network of networks) {
    const after = await network.trainer.logits('test', test, calibration);
    const logitChange = largestChange(before, after);
    grafted.push({ network: network.id, logitChange, testErrorAfter: errorOf(after, labels) });
  }
  return { images: test.length, testErrorBefore: errorOf(before, labels), networks: grafted };
}

/** NaN where anything is not a number. */
function largestChange(before: Float32Array, after: Float32Array): number {
  return after.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (before[i] ?? Number.NaN))), 0);
}
