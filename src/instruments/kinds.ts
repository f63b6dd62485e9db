/** Examinations: what is computed of one network when somebody asks, and not at every step. */
import type { NetworkId } from '../experiment/experiment.ts';
import type { DistributionsReport } from './distributions/report.ts';
import type { GradientsReport } from './gradientCheck/report.ts';
import type { ConfusionReport } from './inside/confusionReport.ts';
import type { InsideAsk, InsideReport } from './inside/report.ts';
import type { BlocksReport } from './layers/blocksReport.ts';
import type { LesionsAsk, LesionsReport } from './lesions/report.ts';
import type { ShatteringAsk, ShatteringReport } from './shattering/report.ts';
import type { SliceReport, SliceRequest } from './slice/report.ts';

/** By its name, what an examination is asked for beside the network, and what it reports. A report may come several times, each with more in it. */
interface Kinds {
  readonly blocks: { readonly ask: object; readonly report: BlocksReport };
  readonly confusion: { readonly ask: object; readonly report: ConfusionReport };
  readonly distributions: { readonly ask: object; readonly report: DistributionsReport };
  readonly gradients: { readonly ask: object; readonly report: GradientsReport };
  readonly inside: { readonly ask: InsideAsk; readonly report: InsideReport };
  readonly removals: { readonly ask: LesionsAsk; readonly report: LesionsReport };
  readonly shattering: { readonly ask: ShatteringAsk; readonly report: ShatteringReport };
  readonly swaps: { readonly ask: LesionsAsk; readonly report: LesionsReport };
  readonly lossLine: { readonly ask: SliceRequest; readonly report: SliceReport };
  readonly lossPlane: { readonly ask: SliceRequest; readonly report: SliceReport };
}

export type ExaminationKind = keyof Kinds;
export type Report<K extends ExaminationKind> = Kinds[K]['report'];

/** One kind of examination, with what it is asked for. */
export type Examination<K extends ExaminationKind = ExaminationKind> = {
  [Each in K]: { readonly kind: Each } & Kinds[Each]['ask'];
}[K];

/** A report, with the kind of examination it is of. */
export type Examined<K extends ExaminationKind = ExaminationKind> = {
  [Each in K]: { readonly kind: Each; readonly report: Kinds[Each]['report'] };
}[K];

/** The newest reports, by kind and network. */
export type Reports = { readonly [K in ExaminationKind]?: Readonly<Partial<Record<NetworkId, Report<K>>>> };

/** What each is asked for where nobody has chosen. */
export const usualExaminations: { readonly [K in ExaminationKind]: Examination<K> } = {
  blocks: { kind: 'blocks' },
  confusion: { kind: 'confusion' },
  distributions: { kind: 'distributions' },
  gradients: { kind: 'gradients' },
  inside: { kind: 'inside', image: 0, layer: 0, at: 'output' },
  removals: { kind: 'removals', statistics: 'kept' },
  shattering: { kind: 'shattering', ends: [0, 1] },
  swaps: { kind: 'swaps', statistics: 'kept' },
  lossLine: { kind: 'lossLine', side: 41, radius: 1, images: 128 },
  lossPlane: { kind: 'lossPlane', side: 25, radius: 1, images: 128 },
};

export const examinationKinds = Object.keys(usualExaminations) as ExaminationKind[];

/** Whether training stands still meanwhile, since it takes seconds or longer; it ends when somebody wants to train on. */
export const pausesTraining: Readonly<Record<ExaminationKind, boolean>> = {
  blocks: false,
  confusion: false,
  distributions: false,
  gradients: true,
  inside: false,
  removals: true,
  shattering: true,
  swaps: true,
  lossLine: true,
  lossPlane: true,
};
