/** What examinations are tested on: a network on noise images. */
import type { Engine } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import { testImages } from '../../engine/testNetworks.ts';
import type { NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { buildGraph } from '../../network/build.ts';
import { initialParameters } from '../../network/init.ts';
import type { ExaminationKind, Examinations, Examine, Report, Subject } from '../../session/examination.ts';

const defaultTraining: TrainingSpec = { ...presets.t7.training, batch: 8, train: 40 };

/**
 * A network as it starts, or with other parameters.
 * @param count training images, and test images
 */
export async function testSubject(
  spec: NetworkSpec,
  count = 40,
  engine: Engine = createReferenceEngine(),
  parameters?: readonly Float32Array[],
): Promise<Subject> {
  const training = defaultTraining;
  const graph = buildGraph(spec, training.size);
  const images = testImages(training.size, count);
  const initial = parameters ?? initialParameters(graph, spec, training.seed);
  const trainer = await engine.createTrainer(graph, initial, training, images);
  return { spec, graph, trainer, step: 0, training, images, engine };
}

/** All reports of an examination, in order. */
export async function reportsOf<K extends ExaminationKind>(
  examine: Examine<K>,
  subject: Subject,
  asked: Examinations[K]['ask'],
): Promise<Report<K>[]> {
  const reports: Report<K>[] = [];
  for await (const report of examine(subject, asked)) reports.push(report);
  return reports;
}
