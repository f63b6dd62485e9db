import { type ReactNode, type RefObject, Suspense, useEffect, useMemo, useRef } from 'react';
import type { PartText } from '../../messages/figures.ts';
import { text } from '../../messages/messages.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { judge } from '../judgement.ts';
import type { Evidence, Part } from '../lesson.ts';
import { answer, progress, SKIPPED, useProgress } from '../progress.ts';
import { Prose } from './Prose.tsx';
import { QuestionView } from './QuestionView.tsx';
import { QuietButton } from './QuietButton.tsx';
import { RunIt } from './RunIt.tsx';
import { useIsOwn } from './useIsOwn.ts';
import { Verdict } from './Verdict.tsx';

const words = text.lessons;

interface PartViewProps {
  /** For instance `degradation.twins`. */
  readonly id: string;
  readonly part: Part;
  readonly story: PartText | undefined;
  /** Offers a run that has finished to a class. */
  readonly handIn: ReactNode;
}

/** One part of a lesson: what to know, what to predict, the run, and what it showed. */
export function PartView({ id, part, story, handIn }: PartViewProps) {
  const evidence = useEvidence();
  const isEnded = useLab(({ status }) => status.kind === 'finished');
  const given = useProgress(({ answers }) => answers[id]);
  const judgement = judge(part, evidence, given, isEnded);
  const { findings } = judgement;
  const isOwn = useIsOwn(part);
  const heading = useHeading();
  const isAsked = part.question === null || given !== undefined;
  const hasRun = part.check !== null && !part.isAtOnce;
  const card = useAsking(hasRun && isOwn && !isAsked);
  if (!story) return null;
  const isOpen = findings !== null || !part.check || given === SKIPPED;
  const Extra = part.extra;
  return (
    <>
      <h3 className="lesson-heading large tight" ref={heading} tabIndex={-1}>
        {story.heading}
      </h3>
      <Prose paragraphs={story.before} />
      {part.question && <QuestionView {...{ id, story, evidence, judgement, card }} part={part} />}
      {!isOwn && <Strayed />}
      {Extra && (
        <Suspense>
          <Extra isAsked={isAsked} />
        </Suspense>
      )}
      {!isAsked && (part.isAtOnce || isEnded) && (
        <QuietButton isOnward onPress={() => answer(id, SKIPPED)}>
          {words.tellMe}
        </QuietButton>
      )}
      {hasRun && isOwn && <RunIt isGated={!isAsked} id={id} />}
      {isOwn && <Verdict judgement={judgement} story={story} shows={part.shows ?? null} />}
      {isEnded && <div className="row">{handIn}</div>}
      {isOpen && story.after && <Prose paragraphs={story.after} />}
    </>
  );
}

/**
 * Leads to the question a learner who starts the training by a key before predicting.
 *
 * @returns the ref of the card of the question
 */
function useAsking(isWaiting: boolean): RefObject<HTMLElement | null> {
  const card = useRef<HTMLElement>(null);
  const isBegun = useLab((state) => newestStep(state) > 0);
  const isAsking = isWaiting && !isBegun;
  useEffect(() => {
    if (!isAsking) return;
    progress.setState({ ask: () => card.current?.querySelector('input')?.focus() });
    return () => progress.setState({ ask: null });
  }, [isAsking]);
  return card;
}

/** Moves the focus to the heading when the learner comes from another part. */
function useHeading(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.activeElement?.closest('.lesson')) heading.current?.focus();
  }, []);
  return heading;
}

function useEvidence(): Evidence {
  const experiment = useLab((state) => state.experiment);
  const runs = useLab((state) => state.runs);
  const graft = useLab((state) => state.graft);
  const blocks = useLab((state) => state.reports.blocks?.a ?? null);
  return useMemo(() => ({ experiment, runs, graft, blocks }), [experiment, runs, graft, blocks]);
}

/** Says that the networks on the page are not the lesson's, to which its words refer. */
function Strayed() {
  const { open } = useCommands();
  const own = useProgress((state) => state.own);
  return (
    <div className="column lesson-card lesson-strayed">
      <p>{words.strayed}</p>
      <Button onPress={() => own && open(own)}>{words.loadAgain}</Button>
    </div>
  );
}
