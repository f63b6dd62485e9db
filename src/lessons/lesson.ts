/**
 * What a lesson is: data. A lesson has parts; a part has an experiment that drives the lab (`story/experiments.ts`), a prediction to make before
 * the run, and a check that reads the learner's own run. Its words are in `messages/en/lessons/`, under the same keys.
 */

import type { ComponentType, LazyExoticComponent } from 'react';
import type { Experiment, NetworkId } from '../experiment/experiment.ts';
import type { BlocksReport } from '../instruments/layers/report.ts';
import type { text } from '../messages/messages.ts';
import type { GraftReport } from '../records/graft.ts';
import type { Quantity } from '../records/records.ts';
import type { Run } from '../records/run.ts';

/** `large` where a GPU computes with the fused engine, `small` elsewhere. */
export type Size = 'small' | 'large';

/** Where someone is in the story: numbered from 1, parts from 0. */
export interface Place {
  readonly lesson: number;
  readonly part: number;
}

/** What a check may look at: the learner's own run, and nothing else. */
export interface Evidence {
  readonly experiment: Experiment;
  readonly runs: Readonly<Partial<Record<NetworkId, Run>>>;
  readonly graft: GraftReport | null;
  readonly blocks: BlocksReport | null;
}

/** What the run shows. Names are the lesson's own; its words turn them into sentences. */
export interface Findings {
  /** Whether the lesson's effect is there. If not, the words say so. */
  readonly isShown: boolean;
  readonly values: Readonly<Record<string, number | string>>;
}

/** Null while the run cannot say anything yet. */
export type Check = (evidence: Evidence) => Findings | null;

/** One of a few answers; which one the run gives, as far as it can tell. */
export interface ChoiceQuestion {
  readonly kind: 'choose';
  readonly options: readonly string[];
  readonly truth: (evidence: Evidence) => string | null;
  /** What `truth` says first is the answer, whatever the rest of the run brings: it is told at once. */
  readonly isSettledEarly?: boolean;
}

/** Final training errors to be drawn over depth. */
export interface CurveQuestion {
  readonly kind: 'draw';
  readonly points: readonly { readonly network: NetworkId; readonly depth: number }[];
}

export type Question = ChoiceQuestion | CurveQuestion;

/** What stands with the networks of a part. */
export type Kept = 'error' | 'history' | 'quantity';

/** A quantity, at a step of the run. */
export interface Shown {
  readonly quantity: Quantity;
  readonly step: number;
}

export interface Part {
  readonly key: string;
  readonly keeps: readonly Kept[];
  /** What the part is about, drawn out on the page. */
  readonly highlight: 'bars' | 'error' | 'quantity' | null;
  /** What the bars show at first. */
  readonly quantity: Quantity;
  /** Draws the gradient that theory predicts over the bars. */
  readonly isPredicted?: boolean;
  /** The learner may change the networks' gain, and it is still the lesson's experiment. */
  readonly isGainFree?: boolean;
  readonly question: Question | null;
  readonly check: Check | null;
  /** What the check speaks of, where that is not the end of the run: it is put on show together with what was found. */
  readonly shows?: Shown;
  /** The check needs no run. */
  readonly isAtOnce?: boolean;
  /** A component of the part's own in the panel; downloaded when the part opens. */
  readonly extra?: LazyExoticComponent<ComponentType<ExtraProps>>;
  /** Another experiment that the learner gets to from the part's own: it is the lesson's, too. */
  readonly graftsOnto?: (own: Experiment) => Experiment;
}

export interface Lesson {
  readonly key: LessonKey;
  readonly parts: readonly Part[];
}

/** Keys are the catalogue's. */
export type LessonKey = keyof typeof text.lessons.titles;

/** The props of an extra. */
export interface ExtraProps {
  /** The prediction has been made, or none was asked for. */
  readonly isAsked: boolean;
}
