/**
 * The experiment of He et al. 2015 on CIFAR-10 (arXiv 1512.03385, section 4.2), and what they report of it. Whoever wants to repeat it brings the images:
 * they are not ours to publish.
 */
import type { DataRef } from './dataRef.ts';
import type { Experiment, NetworkSpec, TrainingSpec } from './experiment.ts';
import { familyStack, recognizeFamily } from './families.ts';
import { presets } from './presets.ts';
import { fedWith } from './settings.ts';

export const paperDepths = [20, 32, 44, 56, 110, 1202] as const;
export type PaperDepth = (typeof paperDepths)[number];

/** Channels of the first stage. */
const WIDTH = 16;
/** Layers from which on they begin at a rate of 0.01: until the training error is below 80 %, which takes about 400 steps. */
const WARMED = 110;
const WARM_UP = 400;

/** CIFAR-10 as a link can ask for it whichever files it comes from: by its shape alone. */
export const anyCifar10: DataRef = {
  id: '0'.repeat(16),
  title: 'CIFAR-10',
  side: 32,
  channels: 3,
  classes: 10,
  train: 50_000,
  test: 10_000,
};

/** Whether a data set has the shape of CIFAR-10. */
export function isLikeCifar10(data: DataRef | undefined): data is DataRef {
  const { id: _, title: __, ...shape } = anyCifar10;
  return data !== undefined && Object.entries(shape).every(([key, value]) => data[key as keyof DataRef] === value);
}

function paperTraining(layers: number, data: DataRef): TrainingSpec {
  const training: TrainingSpec = {
    ...presets.s14.training,
    input: 'pixelmean',
    batch: 128,
    lr: 0.1,
    schedule: 'steps',
    milestones: '50-75',
    stepfactor: 0.1,
    ...(layers >= WARMED && { warmup: WARM_UP, warmupform: 'constant', warmupfactor: 0.1 }),
    wd: 1e-4,
    test: data.test,
    augment: 'cropflip',
    steps: 64_000,
  };
  return { ...fedWith(training, data), size: data.side, train: data.train };
}

/** A network of theirs: three stages of 16, 32 and 64 channels, batch norm, He initialisation, shortcuts of option A. */
export function paperNetwork(kind: 'plain' | 'residual', layers: number): NetworkSpec {
  return { stack: familyStack({ preset: 's14', kind, layers, width: WIDTH }), ...presets.s14.network };
}

/** The plain network and its residual twin; of the deepest, which they trained with shortcuts only, that alone. */
export function paperExperiment(layers: PaperDepth, data: DataRef = anyCifar10): Experiment {
  const kinds = layers === 1202 ? (['residual'] as const) : (['plain', 'residual'] as const);
  return { networks: kinds.map((kind) => paperNetwork(kind, layers)), training: paperTraining(layers, data) };
}

/**
 * Table 6: residual networks on CIFAR-10. Of the plain ones the paper prints no errors: they are drawn in its Figure 6 only, and none is given here.
 */
export interface Published {
  readonly layers: PaperDepth;
  /** Test error in per cent; of the best run where there were several. */
  readonly testError: number;
  /** Mean and standard deviation of five runs, where the paper gives them. */
  readonly remark?: string;
  /** Parameters, in millions. */
  readonly millions: number;
}

export const published: readonly Published[] = [
  { layers: 20, testError: 8.75, millions: 0.27 },
  { layers: 32, testError: 7.51, millions: 0.46 },
  { layers: 44, testError: 7.17, millions: 0.66 },
  { layers: 56, testError: 6.97, millions: 0.85 },
  { layers: 110, testError: 6.43, remark: '6.61 ± 0.16', millions: 1.7 },
  { layers: 1202, testError: 7.93, millions: 19.4 },
];

/** What they report of a network: its line in Table 6; of plain ones that it is drawn in Figure 6, or, of plain 110, that it is not, being above 60 %. */
export type Report = Published | 'drawn' | 'hidden';

/** @returns null where the network is none of theirs */
export function reportOf({ stack }: Pick<NetworkSpec, 'stack'>): Report | null {
  const family = recognizeFamily(stack);
  const line = published.find(({ layers }) => layers === family?.layers);
  if (!line || family?.preset !== 's14' || family.width !== WIDTH) return null;
  if (family.kind === 'residual') return line;
  if (family.kind !== 'plain' || line.layers === 1202) return null;
  return line.layers === 110 ? 'hidden' : 'drawn';
}
