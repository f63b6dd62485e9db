/** Networks as evaluation sees them. */
import { evaluationSample } from '../../data/evaluationSample.ts';
import { type FrozenNetwork, frozen } from '../../network/frozen.ts';
import type { Subject } from '../../session/examination.ts';

/** The images that a subject's errors are measured on. */
export function sampleOf({ training, images }: Subject) {
  return evaluationSample(training.train, images.test.count);
}

/** The subject with every batch norm fixed to the statistics of the calibration images: what one image does no longer depends on others. */
export async function frozenOf(subject: Subject): Promise<FrozenNetwork> {
  const { graph, trainer } = subject;
  const { parameters } = await trainer.snapshot();
  return frozen(graph, parameters, await trainer.statistics(sampleOf(subject).calibration));
}
