import { useEffect, useRef } from 'react';
import type { PartText } from '../../messages/lessons/figures.ts';
import { figuresOf } from '../../messages/lessons/figures.ts';
import { text } from '../../messages/messages.ts';
import type { Findings } from '../lesson.ts';
import { Prose } from './Prose.tsx';

interface VerdictProps {
  readonly findings: Findings;
  readonly story: PartText;
  /** There was no run: what is found is the answer to a question. */
  readonly isAnswer: boolean;
}

/** What the learner's own run showed, whether or not it is what the lesson is about. */
export function Verdict({ findings, story, isAnswer }: VerdictProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const panel = place.current?.closest('.lesson');
    // Where the lesson scrolls by itself, beside the lab; on a phone the page stays where it is looked at.
    if (panel && panel.scrollHeight > panel.clientHeight) place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const figures = figuresOf(findings.values);
  const said = findings.isShown ? story.shown : story.notShown;
  if (!said) return null;
  const { shown, other, answer } = text.lessons.verdict;
  return (
    <div
      className={`lesson-verdict${findings.isShown ? '' : ' lesson-verdict-other'}`}
      role="status"
      ref={place}
      data-values={JSON.stringify(findings.values)}
    >
      <p className="lesson-verdict-title">{isAnswer ? answer : findings.isShown ? shown : other}</p>
      <Prose paragraphs={said(figures)} />
    </div>
  );
}
