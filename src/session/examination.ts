/**
 * Examinations: what is computed of one network when somebody asks, and not at every step. The session knows none of them: each
 * instrument declares its own kinds here, and whoever starts the worker says where their examiners are.
 */
import type { TrainingImages } from '../data/images.ts';
import type { Engine, Trainer } from '../engine/engine.ts';
import type { NetworkId, NetworkSpec, TrainingSpec } from '../experiment/experiment.ts';
import type { NetworkGraph } from '../network/graph.ts';

/**
 * By its name, what an examination is asked for beside the network, and what it reports. A report may come several times, each with more in it.
 * Instruments add theirs: `declare module '…/session/examination.ts' { interface Examinations { … } }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: instruments fill it
export interface Examinations {}

export type ExaminationKind = keyof Examinations;
export type Report<K extends ExaminationKind> = Examinations[K]['report'];

/** What every examination says of itself, whatever it is asked for. */
export interface ExaminationHead<K extends ExaminationKind> {
  readonly kind: K;
  /** Whether training stands still meanwhile, since it takes seconds or longer; it ends when somebody wants to train on. */
  readonly pausesTraining: boolean;
}

/** One kind of examination, with what it is asked for. */
export type Examination<K extends ExaminationKind = ExaminationKind> = {
  [Each in K]: ExaminationHead<Each> & Examinations[Each]['ask'];
}[K];

/** A report, with the kind of examination it is of. */
export type Examined<K extends ExaminationKind = ExaminationKind> = {
  [Each in K]: { readonly kind: Each; readonly report: Examinations[Each]['report'] };
}[K];

/** The newest reports, by kind and network. */
export type Reports = { readonly [K in ExaminationKind]?: Readonly<Partial<Record<NetworkId, Report<K>>>> };

/** What every report says of itself. */
export interface ExaminationReport {
  /** Updates made before. */
  readonly step: number;
  /** Images looked at. */
  readonly images: number;
  /** Parts of it that are done, of how many. */
  readonly done: number;
  readonly planned: number;
}

/** A network under training, between two steps: nothing else uses its trainer meanwhile, and it must be left as it was. */
export interface Subject {
  readonly spec: NetworkSpec;
  readonly graph: NetworkGraph;
  readonly trainer: Trainer;
  /** Updates made. */
  readonly step: number;
  readonly training: TrainingSpec;
  readonly images: TrainingImages;
  /** Makes trainers of other networks, or of this one with other parameters, for the occasion. */
  readonly engine: Engine;
}

/**
 * Examines a network, and reports: once, or as far as it has come. Between two reports others get their turn, and whoever asked may
 * end it (`return`): trainers made for the occasion are disposed of in a `finally`.
 */
export type Examine<K extends ExaminationKind> = (
  subject: Subject,
  asked: Examinations[K]['ask'],
) => AsyncIterable<Report<K>>;

/** Where the examiners are: each may be downloaded when it is first asked for. */
export type Examiners = { readonly [K in ExaminationKind]: { examiner(): Promise<Examine<K>> } };

/** Examines a network, and reports as it goes. */
export async function* examined<K extends ExaminationKind>(
  examiners: Examiners,
  subject: Subject,
  asked: Examination<K>,
): AsyncGenerator<Examined<K>> {
  const examine: Examine<K> = await examiners[asked.kind as K].examiner();
  for await (const report of examine(subject, asked)) yield { kind: asked.kind, report } as Examined<K>;
}
