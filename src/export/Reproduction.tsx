import { useMemo } from 'react';
import { type DataRef, imagesFile } from '../experiment/dataRef.ts';
import { laterText } from '../messages/laterText.ts';
import { download } from '../plot/chartFiles.ts';
import { useLab, useLabState } from '../session/hooks.ts';
import { Opened } from '../session/Opened.tsx';
import { broughtImages } from '../session/worker/client.ts';
import { Button } from '../ui/Button.tsx';
import { figuresOf } from './figures.ts';
import { ProgramText } from './ProgramText.tsx';
import { type ProgramParts, programParts } from './programParts.ts';
import { reproduction } from './reproduction.ts';

const words = laterText.code.reproduction;

/** The run of the page as a program that repeats it. */
export function Reproduction() {
  return <Opened open={programParts}>{(parts) => <Program {...parts} />}</Opened>;
}

function Program({ sources, files }: ProgramParts) {
  const experiment = useLab((state) => state.experiment);
  const dataSet = useLab((state) => state.dataSet);
  // A run that is under way would change the text thirty times a second: it holds what there was when it last stood still.
  const standing = useLab(({ status }) => status.kind);
  const state = useLabState();
  const made = useMemo(() => {
    const figures = standing === 'loading' ? null : figuresOf(state());
    return { figures, program: reproduction(sources, experiment, files, figures, dataSet) };
  }, [sources, files, experiment, dataSet, standing, state]);
  return (
    <>
      <p className="note">{words.explanation(made.figures?.steps ?? 0)}</p>
      {experiment.training.data && <SaveImages data={experiment.training.data} />}
      <ProgramText name={words.name} program={made.program} file="reproduce.py" />
    </>
  );
}

/** The program reads images that somebody has brought from a file beside it. */
function SaveImages({ data }: { readonly data: DataRef }) {
  const file = imagesFile(data);
  const save = async (): Promise<void> => {
    const images = await broughtImages(data);
    if (images) download(images, file);
  };
  return (
    <div className="row">
      <Button onPress={() => void save()}>{laterText.code.save(file)}</Button>
      <span className="note">{words.images(file)}</span>
    </div>
  );
}
