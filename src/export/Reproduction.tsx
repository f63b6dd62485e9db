import { use, useMemo, useState } from 'react';
import { fetchManifest } from '../data/dataName.ts';
import { ProblemError } from '../experiment/problem.ts';
import { failure, type Result, success } from '../experiment/result.ts';
import { laterText } from '../messages/laterText.ts';
import { sentence, text } from '../messages/messages.ts';
import { useLab, useLabState } from '../session/hooks.ts';
import { pageDataUrl } from '../session/worker/client.ts';
import { Failure } from '../ui/Failure.tsx';
import { figuresOf } from './figures.ts';
import { ProgramText } from './ProgramText.tsx';
import { type DataFiles, type PythonSources, reproduction } from './reproduction.ts';

const words = laterText.code;

interface Parts {
  readonly sources: PythonSources;
  readonly files: DataFiles;
}

async function load(): Promise<Result<Parts>> {
  const place = pageDataUrl();
  try {
    const [{ pythonSources }, manifest] = await Promise.all([import('./pythonSources.ts'), fetchManifest(place)]);
    return success({ sources: pythonSources, files: { manifest, place } });
  } catch (error) {
    if (error instanceof ProblemError) return failure(error.problem);
    throw error;
  }
}

let loaded: Promise<Result<Parts>> | null = null;

/** What Python programs are made of, which is downloaded when one is first asked for; after a failure, when one is asked for again. */
function parts(): Promise<Result<Parts>> {
  loaded ??= load().then((found) => {
    if (!found.ok) loaded = null;
    return found;
  });
  return loaded;
}

/** The run of the page as a program that repeats it. */
export function Reproduction() {
  const [loading, setLoading] = useState(parts);
  const found = use(loading);
  if (!found.ok) {
    return (
      <Failure action={text.app.status.retry} onAction={() => setLoading(parts())}>
        {sentence(found.problem)}
      </Failure>
    );
  }
  return <Program {...found.value} />;
}

function Program({ sources, files }: Parts) {
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
      <p className="note">{words.reproduction.explanation(made.figures?.steps ?? 0)}</p>
      <ProgramText name={words.reproduction.name} program={made.program} file="reproduce.py" />
    </>
  );
}
