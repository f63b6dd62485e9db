import { useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useStore } from 'zustand';
import { describeSet } from '../data/ownSet.ts';
import { imagesFile } from '../experiment/dataRef.ts';
import { programParts } from '../export/programParts.ts';
import { laterText } from '../messages/laterText.ts';
import { sentence } from '../messages/messages.ts';
import { download } from '../plot/chartFiles.ts';
import type { FinishedCell } from '../session/sweeps/finishedCell.ts';
import type { ImportedCells } from '../session/sweeps/importedCells.ts';
import { type SweepState, stateOf } from '../session/sweeps/state.ts';
import { broughtImages } from '../session/worker/client.ts';
import { Button } from '../ui/Button.tsx';
import { Said } from '../ui/Said.tsx';
import type { Elsewhere } from './otherRuns.ts';

const words = laterText.sweep.elsewhere;

export interface RunElsewhereProps {
  readonly state: SweepState;
  readonly imported: ImportedCells;
  /** What was imported, by what trained it. */
  readonly others: readonly Elsewhere[];
  /** What was said of the files that were given last. */
  readonly said: readonly string[];
  readonly onFiles: (files: readonly File[]) => void;
}

/** The sweep as a program for other machines, and the way back of what they have trained. */
export function RunElsewhere({ state, imported, others, said, onFiles }: RunElsewhereProps) {
  const [failed, setFailed] = useState<string | null>(null);
  const { cells } = state;
  const finished = cells.flatMap((cell): FinishedCell[] => {
    const found = stateOf(state, cell);
    return found.kind === 'done' ? [found.result] : [];
  });
  const saveProgram = async (): Promise<void> => {
    const [parts, { sweepProgram }] = await Promise.all([programParts(), import('../export/sweepProgram.ts')]);
    setFailed(parts.ok ? null : sentence(parts.problem));
    if (!parts.ok) return;
    const { sources, files } = parts.value;
    const { data } = state.base.training;
    const images = data ? await broughtImages(data) : null;
    const own = images && (await describeSet(images));
    const program = sweepProgram(sources, state.base, state.sweep, cells, files, own);
    download(new Blob([program], { type: 'text/x-python' }), 'depthscope_sweep.py');
    // Which the program reads from a file beside it.
    if (data && images) download(images, imagesFile(data));
  };
  const saveCells = (): void => {
    const lines = finished.map((cell) => `${JSON.stringify(cell)}\n`);
    download(new Blob(lines, { type: 'application/jsonl' }), 'depthscope-cells.jsonl');
  };
  return (
    <details className="disclosure">
      <summary className="small strong">{words.title}</summary>
      <p className="view-text">{words.explanation}</p>
      <div className="row">
        <Button onPress={() => void saveProgram()} isDisabled={cells.length === 0}>
          {words.save}
        </Button>
      </div>
      <p className="view-text">{words.back}</p>
      <div className="row">
        <FileTrigger
          allowsMultiple
          acceptedFileTypes={['.jsonl', '.json']}
          onSelect={(files) => files && onFiles([...files])}
        >
          <Button>{words.open}</Button>
        </FileTrigger>
        <Button onPress={saveCells} isDisabled={finished.length === 0}>
          {words.export(finished.length)}
        </Button>
      </div>
      <Said lines={failed === null ? said : [...said, failed]} className="view-text view-remark" />
      <Others imported={imported} others={others} />
    </details>
  );
}

function Others({ imported, others }: Pick<RunElsewhereProps, 'imported' | 'others'>) {
  const held = useStore(imported);
  return (
    <ul className="sweep-others small">
      {others.map(({ name, runs, cells }) => (
        <li key={name}>
          {words.held(name, cells.length, runs.length)}{' '}
          <Button
            look="link"
            aria-label={words.remove(name)}
            onPress={() => imported.setState(new Map([...held].filter(([, cell]) => !cells.includes(cell))), true)}
          >
            {words.removeShort}
          </Button>
        </li>
      ))}
    </ul>
  );
}
