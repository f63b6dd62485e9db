/**
 * What becomes of a trained network's errors when it loses a block, for every block in turn, and when two neighbours change
 * places (Veit et al. 2016, arXiv 1605.06431, figures 3 and 5). Nothing is trained again.
 */
import type { Trainer } from '../../engine/engine.ts';
import {
  areExchangeable,
  changesShape,
  type ParameterizedGraph,
  swapped,
  type Unit,
  unitsOf,
  without,
} from '../../network/lesion.ts';
import type { Examine, Subject } from '../../session/examination.ts';
import { foldedOf, sampleOf } from '../examination/examiner.ts';
import type { ErrorPair, Lesion, LesionsAsk, LesionsReport } from './report.ts';

/** One lesion to come: of which units (the first with its place among all), and how it is made. */
interface Plan {
  readonly at: number;
  readonly units: readonly Unit[];
  readonly make: () => ParameterizedGraph;
}

/** Every unit is removed once. */
export const removals: Examine<'removals'> = (subject, { statistics }) =>
  lesions(subject, statistics, (network) =>
    unitsOf(network.graph).map((unit, index) => ({
      at: index + 1,
      units: [unit],
      make: () => without(network, unit),
    })),
  );

/** Every unit changes places with the next one, where both are of one make. */
export const swaps: Examine<'swaps'> = (subject, { statistics }) =>
  lesions(subject, statistics, (network) => {
    const { graph } = network;
    return unitsOf(graph).flatMap((unit, index, all) => {
      const next = all[index + 1];
      if (!next || !areExchangeable(graph, unit, next)) return [];
      const make = () => ({ graph, parameters: swapped(network, unit, next) });
      return [{ at: index + 1, units: [unit, next], make }];
    });
  });

async function* lesions(
  subject: Subject,
  statistics: LesionsAsk['statistics'],
  plansOf: (network: ParameterizedGraph) => readonly Plan[],
): AsyncGenerator<LesionsReport> {
  const { graph, trainer, step } = subject;
  const network =
    statistics === 'kept' ? await foldedOf(subject) : { graph, parameters: (await trainer.snapshot()).parameters };
  const plans = plansOf(network);
  const whole = await errorsOf(subject, network);
  const { train, test } = sampleOf(subject);
  const units = unitsOf(network.graph).length;
  const sizes = { images: test.length, trainImages: train.length, units };
  const shared = { step, ...sizes, planned: plans.length + 1, statistics, whole };
  const found: Lesion[] = [];
  yield { ...shared, done: 1, lesions: [] };
  for (const plan of plans) {
    found.push({ ...aboutOf(network, plan), ...(await errorsOf(subject, plan.make())) });
    yield { ...shared, done: 1 + found.length, lesions: [...found] };
  }
}

function aboutOf({ graph }: ParameterizedGraph, { at, units }: Plan): Omit<Lesion, keyof ErrorPair> {
  return {
    at,
    layers: units.flatMap(({ layers }) => layers.map((layer) => graph.layers[layer]?.name ?? '')),
    changesShape: units.some((unit) => changesShape(graph, unit)),
    hasShortcut: units.some((unit) => unit.hasShortcut),
  };
}

/** Batch norms that are left re-estimate their statistics. */
async function errorsOf(subject: Subject, { graph, parameters }: ParameterizedGraph): Promise<ErrorPair> {
  const { engine, training, images } = subject;
  const { calibration, train, test } = sampleOf(subject);
  const trainer: Trainer = await engine.createTrainer(graph, parameters, { ...training, stats: 'precise' }, images);
  try {
    const { trainError, testError } = await trainer.evaluate(calibration, train, test);
    return { train: trainError, test: testError };
  } finally {
    trainer.dispose();
  }
}
