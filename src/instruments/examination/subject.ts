import type { TrainingImages } from '../../data/images.ts';
import type { Engine, Trainer } from '../../engine/engine.ts';
import type { NetworkSpec, TrainingSpec } from '../../experiment/experiment.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import type { Examination, ExaminationKind, Report } from '../kinds.ts';

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
export type Examine<K extends ExaminationKind> = (subject: Subject, asked: Examination<K>) => AsyncIterable<Report<K>>;
