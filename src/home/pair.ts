/** The two networks of the first screen. */
import type { Experiment, TrainingSpec } from '../experiment/experiment.ts';
import { recognizeFamily } from '../experiment/families.ts';
import { formatLink } from '../experiment/link.ts';
import { presetExperiment, presets } from '../experiment/presets.ts';

/** Weight layers to choose from: He et al.'s (Fig. 6), and 38, where the difference shows within half a minute. */
export const depths = [8, 20, 38, 56, 110] as const;
export type Depth = (typeof depths)[number];

/** A plain network and its twin with shortcuts. */
export function pairOf(depth: Depth, training: TrainingSpec = presets.t7.training): Experiment {
  const { networks } = presetExperiment('t7', [
    { kind: 'plain', layers: depth },
    { kind: 'residual', layers: depth },
  ]);
  return { networks, training };
}

/** How deep the networks of an experiment are, where they are the first screen's, however they are trained on its photos; null of others. */
export function depthOfPair(experiment: Experiment): Depth | null {
  const [first] = experiment.networks;
  const layers = first && recognizeFamily(first.stack)?.layers;
  const depth = depths.find((each) => each === layers);
  if (depth === undefined || experiment.training.data) return null;
  return formatLink(pairOf(depth, experiment.training)) === formatLink(experiment) ? depth : null;
}
