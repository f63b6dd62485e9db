import { gather } from '../../data/gather.ts';
import { finiteDifferences, randomPicks } from '../../engine/reference/finiteDifferences.ts';
import type { Examine } from '../../session/examination.ts';
import { firstImages } from '../examination/examiner.ts';
import type { GradientPair } from './report.ts';

/** Images in the minibatch: each finite difference takes float64 in JavaScript two forward passes. */
const IMAGES = 8;
/** Gradients compared. */
const PICKS = 20;

/** Some of the engine's gradients beside finite differences, one after the other. Other numbers are picked at every step. */
export const examine: Examine<'gradients'> = async function* ({ graph, trainer, step, images, training }) {
  const { parameters, updates } = await trainer.snapshot();
  const draw = { seed: training.seed, updates };
  const indices = firstImages(IMAGES, images);
  const { pixels, labels } = gather(images.train, indices);
  const gradients = (await trainer.gradients(indices)).parameters;
  const picks = randomPicks(graph, PICKS, step);
  const shared = { step, images: labels.length, planned: picks.length };
  const pairs: GradientPair[] = [];
  yield { ...shared, done: 0, pairs: [] };
  for (const pick of picks) {
    const [finiteDifference = Number.NaN] = finiteDifferences(graph, parameters, pixels, labels, [pick], draw);
    const { parameter, index } = pick;
    const engine = gradients[parameter]?.[index] ?? Number.NaN;
    pairs.push({ name: graph.parameters[parameter]?.name ?? '', index, engine, finiteDifference });
    yield { ...shared, done: pairs.length, pairs: [...pairs] };
  }
};
