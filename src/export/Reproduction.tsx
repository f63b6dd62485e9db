import { use, useMemo, useState } from 'react';
import { laterText } from '../messages/laterText.ts';
import { sentence, text } from '../messages/messages.ts';
import { useLab, useLabState } from '../session/hooks.ts';
import { Failure } from '../ui/Failure.tsx';
import { figuresOf } from './figures.ts';
import { ProgramText } from './ProgramText.tsx';
import { type ProgramParts, programParts } from './programParts.ts';
import { reproduction } from './reproduction.ts';

const words = laterText.code.reproduction;

/** The run of the page as a program that repeats it. */
export function Reproduction() {
  const [loading, setLoading] = useState(programParts);
  const found = use(loading);
  if (!found.ok) {
    return (
      <Failure action={text.app.status.retry} onAction={() => setLoading(programParts())}>
        {sentence(found.problem)}
      </Failure>
    );
  }
  return <Program {...found.value} />;
}

function Program({ sources, files }: ProgramParts) {
  const experiment = useLab((state) => state.experiment);
  // A run that is under way would change the text thirty times a second: it holds what there was when it last stood still.
  const standing = useLab(({ status }) => status.kind);
  const state = useLabState();
  const made = useMemo(() => {
    const figures = standing === 'loading' ? null : figuresOf(state());
    return { figures, program: reproduction(sources, experiment, files, figures) };
  }, [sources, files, experiment, standing, state]);
  return (
    <>
      <p className="note">{words.explanation(made.figures?.steps ?? 0)}</p>
      <ProgramText name={words.name} program={made.program} file="reproduce.py" />
    </>
  );
}
