import { type ReactNode, use, useEffect, useRef } from 'react';
import { figuresOf, type PartText } from '../../messages/figures.ts';
import { text } from '../../messages/messages.ts';
import { useCommands, useLab, useLabState } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import type { Judgement } from '../judgement.ts';
import type { Findings, Shown } from '../lesson.ts';
import { Prose, ShowContext } from './Prose.tsx';

const words = text.lessons.verdict;

interface VerdictProps {
  readonly judgement: Judgement;
  readonly story: PartText;
  /** The quantity and the step that the words refer to; null for the end of the run. */
  readonly shows: Shown | null;
}

/** What the learner's own run showed, whether or not it is what the lesson is about. */
export function Verdict({ judgement: { findings, title }, story, shows }: VerdictProps) {
  const said = findings?.isShown ? story.shown : story.notShown;
  if (!findings || !title || !said) return null;
  return (
    <Found className={findings.isShown ? '' : ' lesson-verdict-other'} values={findings.values}>
      <p className="small heavy">{words[title]}</p>
      {shows && <OnShow shows={shows} />}
      <Prose paragraphs={said(figuresOf(findings.values))} />
    </Found>
  );
}

/** Shows the quantity and the step that the words refer to, and leads back to the end of the run. */
function OnShow({ shows: { quantity, step } }: { readonly shows: Shown }) {
  const show = use(ShowContext);
  const { view } = useCommands();
  const stateNow = useLabState();
  const isShown = useLab(({ viewStep }) => viewStep === step);
  const isLast = useLab((state) => newestStep(state) <= step);
  useEffect(() => {
    show?.(quantity, step);
    return () => {
      if (stateNow().viewStep === step) view(null);
    };
  }, [show, quantity, step, view, stateNow]);
  if (isLast) return null;
  return (
    <Button look="chip" className="lesson-on-show" onPress={() => (isShown ? view(null) : show?.(quantity, step))}>
      {isShown ? words.showing(step) : words.show(step)}
    </Button>
  );
}

interface FoundProps {
  readonly className: string;
  readonly values: Findings['values'];
  readonly children: ReactNode;
}

/** Scrolls into view when it appears. */
function Found({ className, values, children }: FoundProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const panel = place.current?.closest('.lesson');
    // Where the lesson scrolls by itself, beside the lab; on a phone the page stays where it is looked at.
    if (panel && panel.scrollHeight > panel.clientHeight) place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div className={`column lesson-verdict${className}`} role="status" ref={place} data-values={JSON.stringify(values)}>
      {children}
    </div>
  );
}
