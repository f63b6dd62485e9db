/**
 * What the page and the training worker say to each other: commands one way, events the other. All
 * of it is plain data that survives structured cloning.
 */
import type { DataSet } from '../../data/source.ts';
import type { EngineRequest } from '../../engine/choose.ts';
import type { Device } from '../../engine/engine.ts';
import type { Experiment, NetworkId } from '../../experiment/experiment.ts';
import type { Problem } from '../../experiment/problem.ts';
import type { TrainedBase } from '../../network/graft.ts';
import type { GraftReport } from '../../records/graft.ts';
import type { Examination, ExaminationKind, Examined } from '../examination.ts';
import type { RecordBatch } from './batch.ts';

/** What the badge says: the engine that really computes. */
export interface EngineInfo {
  readonly engine: string;
  readonly backend: string;
  readonly device: Device;
  /** Networks that differ in their seeds, and are best trained at a time; one where nothing is said. */
  readonly seeds?: number;
}

export type Status =
  /** The engine and the first images are on their way; `bytes` of `total` have arrived. */
  | { readonly kind: 'loading'; readonly bytes: number; readonly total: number }
  /** The engine makes the networks ready: `share` of 1 is done. */
  | { readonly kind: 'preparing'; readonly share: number }
  | { readonly kind: 'ready' }
  | { readonly kind: 'running' }
  | { readonly kind: 'paused' }
  /** All steps are done, or every network has stopped. */
  | { readonly kind: 'finished' }
  /** Nothing can run until the cause is removed; `retry` starts again. */
  | { readonly kind: 'failed'; readonly problem: Problem };

/** How fast the networks of the run train together. */
export interface Speed {
  /** Evaluations are not counted. */
  readonly stepsPerSecond: number;
  /** Median over the latest steps, in milliseconds, of one update of every network. */
  readonly msPerStep: number;
  /** Median over the latest evaluations, in milliseconds, of evaluating every network; null before the first. */
  readonly msPerEvaluation: number | null;
}

/** A network as the worker built it. */
export interface NetworkInfo {
  readonly id: NetworkId;
  /** Weight layers, input first. */
  readonly layerNames: readonly string[];
  /** Numbers that training changes. */
  readonly parameters: number;
  /** Bytes that the engine takes to train it. */
  readonly memory: number;
}

/** An experiment to train from its first step. */
export interface RunRequest {
  /** Chosen by the page, larger for every request; events about an earlier run are out of date. */
  readonly run: number;
  readonly experiment: Experiment;
  readonly engine: EngineRequest;
  /** Where given, every network is this one with layers inserted, and starts from what it has learned. */
  readonly base?: TrainedBase;
  /** Where given, each network has a seed of its own instead of the experiment's; label noise, which is of the images, may not depend on it then. */
  readonly seeds?: readonly number[];
  /** The data set of the experiment, where the page has it at hand. */
  readonly images?: Blob;
  /** Where given, the run outlives the page: it goes on from its latest copy, or `afresh`, which forgets that. */
  readonly kept?: 'goesOn' | 'afresh';
}

export type LabEvent =
  | { readonly type: 'status'; readonly run: number; readonly status: Status }
  /** The networks are built and nothing has been trained. */
  | { readonly type: 'began'; readonly run: number; readonly networks: readonly NetworkInfo[] }
  | { readonly type: 'records'; readonly run: number; readonly batch: RecordBatch; readonly speed: Speed | null }
  /** All images of the experiment are there. */
  | { readonly type: 'imagesArrived'; readonly run: number }
  /** The network that `keep` asked for. */
  | { readonly type: 'kept'; readonly run: number; readonly base: TrainedBase }
  /** The networks have been made from a base, and nothing has been trained since. */
  | { readonly type: 'grafted'; readonly run: number; readonly report: GraftReport }
  | { readonly type: 'examined'; readonly run: number; readonly network: NetworkId; readonly examined: Examined }
  /** Nothing more comes of an examination: it is complete, or was ended. */
  | {
      readonly type: 'examinationOver';
      readonly run: number;
      readonly network: NetworkId;
      readonly kind: ExaminationKind;
    }
  | { readonly type: 'engine'; readonly engine: EngineInfo }
  /** What the images are of. */
  | { readonly type: 'dataSet'; readonly dataSet: DataSet }
  | { readonly type: 'dataProgress'; readonly bytes: number; readonly total: number }
  | { readonly type: 'notice'; readonly problem: Problem };

export type LabListener = (event: LabEvent) => void;

/** What may change while a run goes on, without a reset. */
export interface Adjustment {
  /**
   * The schedule goes on as if the experiment had always had this learning rate: what is left of a
   * linear or cosine decay keeps its shape and is scaled.
   */
  readonly lr: number;
  /** The last step; a run that had finished goes on where there are more steps now. */
  readonly steps: number;
}

/** What can be asked of a session. Nothing is returned: what follows from a command arrives as events. */
export type Command =
  /** Replaces whatever runs now by this experiment, at step 0 and not playing. */
  | { readonly type: 'load'; readonly request: RunRequest }
  | { readonly type: 'play' }
  | { readonly type: 'pause' }
  /** Trains one step and pauses. */
  | { readonly type: 'step' }
  /** From the next step on; see `Adjustment`. */
  | { readonly type: 'adjust'; readonly changes: Adjustment }
  /** Hands out a network's parameters as they are, as a base to graft onto. */
  | { readonly type: 'keep'; readonly network: NetworkId }
  /** Computes something of a network as it is, between two steps. What takes longer says that it pauses the run (`pausesTraining`). */
  | { readonly type: 'examine'; readonly network: NetworkId; readonly what: Examination }
  /** Ends the examinations of one kind, of every network. */
  | { readonly type: 'stopExamining'; readonly kind: ExaminationKind }
  /** After a failure: continues where that is possible, else starts the run again; in a new worker, where the old one has broken, this one. */
  | { readonly type: 'retry'; readonly request: RunRequest };

/** Comes before any command: where the folder of the embedded images is. */
export interface Connection {
  readonly type: 'connect';
  readonly dataUrl: string;
  /** Says while the page's own thread is at work (`ui/pageWork.ts`). */
  readonly pageWork?: SharedArrayBuffer | undefined;
  /**
   * The engine of the default experiment, where that is to be begun before the page asks for it: what happens is told once it has
   * asked for something, and its first run goes on if that is the one.
   */
  readonly ahead?: EngineRequest;
}

/** Whoever takes commands and tells what happens. */
export interface LabClient {
  send(command: Command): void;
  /** @returns ends the listening */
  listen(listener: LabListener): () => void;
}
