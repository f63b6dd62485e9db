/**
 * What is computed of a network on request. The float64 reference does the computing, from a snapshot of the parameters, and is
 * downloaded only then.
 */
import { gather } from '../data/gather.ts';
import type { TrainingImages } from '../data/images.ts';
import type { BlocksReport, GradientPair, GradientsReport } from '../measurements/examinations.ts';
import type { TrainedBase } from '../network/graft.ts';
import type { ImageSize } from '../spec/experiment.ts';
import type { BuiltNetwork } from './networks.ts';
import type { Examination } from './protocol.ts';

/** Training images in the minibatches examined, the first of the set: what float64 in JavaScript does in a second or a few. */
const BLOCK_IMAGES = 32;
const GRADIENT_IMAGES = 8;
/** Gradients compared. */
const PICKS = 20;

interface Subject {
  readonly network: BuiltNetwork;
  /** Updates made. */
  readonly step: number;
  readonly images: TrainingImages;
  /** Of the experiment. */
  readonly seed: number;
}

/** A network as it is, to be grafted onto. */
export async function keptOf({ spec, trainer }: BuiltNetwork, size: ImageSize): Promise<TrainedBase> {
  const { parameters } = await trainer.snapshot();
  return { spec, size, parameters };
}

function firstImages(count: number, { train, size }: TrainingImages) {
  const indices = Uint32Array.from({ length: Math.min(count, train.count) }, (_, index) => index);
  return { indices, ...gather(train, size, indices) };
}

/** What was asked for, as the events that tell it. */
export async function* examinationOf(subject: Subject, what: Examination): AsyncGenerator<ExaminationEvent> {
  if (what === 'blocks') yield { type: 'blocks', report: await blocksOf(subject) };
  else for await (const report of gradientsOf(subject)) yield { type: 'gradients', report };
}

type ExaminationEvent =
  | { readonly type: 'blocks'; readonly report: BlocksReport }
  | { readonly type: 'gradients'; readonly report: GradientsReport };

async function blocksOf({ network, step, images }: Subject): Promise<BlocksReport> {
  const { blockSizes } = await import('../engine/reference/examine.ts');
  const { parameters } = await network.trainer.snapshot();
  const { pixels, labels } = firstImages(BLOCK_IMAGES, images);
  const blocks = blockSizes(network.graph, parameters, pixels, labels.length);
  return { network: network.id, step, images: labels.length, blocks };
}

/** Reports one after the other, each with one more gradient compared. Other numbers are picked at every step. */
async function* gradientsOf({ network, step, images, seed }: Subject): AsyncGenerator<GradientsReport> {
  const [{ randomPicks }, { finiteDifferences }] = await Promise.all([
    import('../engine/reference/examine.ts'),
    import('../engine/reference/finiteDifferences.ts'),
  ]);
  const { graph, trainer, id } = network;
  const { parameters, updates } = await trainer.snapshot();
  const { indices, pixels, labels } = firstImages(GRADIENT_IMAGES, images);
  const gradients = (await trainer.gradients(indices)).parameters;
  const picks = randomPicks(graph, PICKS, step);
  const shared = { network: id, step, images: labels.length, planned: picks.length };
  const pairs: GradientPair[] = [];
  yield { ...shared, pairs: [] };
  for (const pick of picks) {
    const [finiteDifference = Number.NaN] = finiteDifferences(graph, parameters, pixels, labels, [pick], {
      seed,
      updates,
    });
    const { parameter, index } = pick;
    const engine = gradients[parameter]?.[index] ?? Number.NaN;
    pairs.push({ name: graph.parameters[parameter]?.name ?? '', index, engine, finiteDifference });
    yield { ...shared, pairs: [...pairs] };
  }
}
