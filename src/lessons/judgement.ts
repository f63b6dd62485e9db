/** The judgement of a prediction and of a run: one function makes both, so that they cannot contradict each other. */
import type { Evidence, Findings, Part } from './lesson.ts';
import { type Answer, SKIPPED } from './progress.ts';

export interface Judgement {
  /** What the check found; null until the run is over, and until the learner has predicted. */
  readonly findings: Findings | null;
  /** The option that the run has confirmed; null until it is known, and where the run does not decide. */
  readonly truth: string | null;
  /** How the prediction turned out; null where there is none to judge yet. */
  readonly outcome: 'right' | 'wrong' | 'undecided' | 'skipped' | null;
  /**
   * What stands above the findings; null where there are none. A learner who was right is not told that the run does not
   * show it, even where the effect that the lesson is about is not there.
   */
  readonly title: 'shown' | 'other' | 'answer' | null;
}

/**
 * @param given the learner's prediction, if there is one yet
 * @param isEnded the run is over
 */
export function judge(part: Part, evidence: Evidence, given: Answer | undefined, isEnded: boolean): Judgement {
  const { question, check, isAtOnce = false } = part;
  const isAsked = question === null || given !== undefined;
  const isTold = isAsked && (isAtOnce || isEnded);
  const findings = isTold ? (check?.(evidence) ?? null) : null;
  const isChoice = question?.kind === 'choose';
  const isKnown = isAsked && isChoice && (findings !== null || (question.isSettledEarly ?? false));
  const truth = isKnown ? question.truth(evidence) : null;
  const outcome = isChoice && (truth !== null || findings !== null) ? outcomeOf(given, truth) : null;
  return { findings, truth, outcome, title: findings && titleOf(findings, isAtOnce, outcome) };
}

function outcomeOf(given: Answer | undefined, truth: string | null): Judgement['outcome'] {
  if (given === undefined) return null;
  if (given === SKIPPED) return 'skipped';
  if (truth === null) return 'undecided';
  return given === truth ? 'right' : 'wrong';
}

function titleOf({ isShown }: Findings, isAtOnce: boolean, outcome: Judgement['outcome']): Judgement['title'] {
  if (isAtOnce) return 'answer';
  return isShown || outcome === 'right' ? 'shown' : 'other';
}
