/** Where the images come from: the built-in ones, files that somebody brings, or what they have kept of earlier ones. */
import { type DragEvent, type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { type KeptSet, keptSets } from '../../data/keptSets.ts';
import type { DataRef } from '../../experiment/dataRef.ts';
import { setData } from '../../experiment/edit.ts';
import { isLikeCifar10 } from '../../experiment/paper.ts';
import { ProblemError } from '../../experiment/problem.ts';
import { fileSentence, noteSentence } from '../../messages/fileSentence.ts';
import { laterText } from '../../messages/laterText.ts';
import { sentence } from '../../messages/messages.ts';
import { useCommands, useEdit, useLab } from '../../session/hooks.ts';
import { bring } from '../../session/worker/client.ts';
import { Button } from '../../ui/Button.tsx';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { Pixels } from '../../ui/Pixels.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Table } from '../../ui/Table.tsx';
import { chosenFiles, droppedFiles, type Importer, importFiles } from './importer.ts';
import type { BroughtFile, ImportEvent, Preview } from './protocol.ts';
import '../../ui/field.css';
import './data.css';

const words = laterText.ownData;

interface Reading {
  readonly importer: Importer;
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly preview: Preview | null;
  readonly problem: string | null;
}

export default function DataDialog({ onClose }: { readonly onClose: () => void }) {
  const edit = useEdit();
  const { retry } = useCommands();
  const data = useLab(({ experiment }) => experiment.training.data);
  const missing = useLab(({ status }) =>
    status.kind === 'failed' && status.problem.code === 'data.missing' ? status.problem : null,
  );
  const [reading, setReading] = useState<Reading | null>(null);
  const [title, setTitle] = useState<string | null>(null);
  const [isKept, setKept] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const kept = useKept();
  const importer = useRef<Importer | null>(null);
  useEffect(() => () => importer.current?.stop(), []);

  const use = (ref: DataRef | undefined): void => {
    // What the link asks for is at hand now, and its run can begin.
    if (ref && missing && ref.id === data?.id) retry();
    else {
      const refusal = edit((experiment) => setData(experiment, ref));
      if (refusal !== null) {
        setProblem(refusal);
        return;
      }
    }
    onClose();
  };

  const finish = async ({ ref, title: own, blob }: Extract<ImportEvent, { type: 'packed' }>, keeps: boolean) => {
    bring(ref.id, blob);
    try {
      if (keeps) await kept.keep({ ref, title: own, blob });
    } catch (error) {
      setProblem(error instanceof ProblemError ? sentence(error.problem) : String(error));
      return;
    }
    use(ref);
  };
  // The worker tells whoever is there when it answers.
  const packed = useRef(finish);
  packed.current = finish;
  const keeps = useRef(isKept);
  keeps.current = isKept;

  const read = (files: readonly BroughtFile[]): void => {
    importer.current?.stop();
    setTitle(null);
    setProblem(null);
    const started = importFiles(files, (event) => {
      if (event.type === 'packed') void packed.current(event, keeps.current);
      else setReading((now) => now && { ...now, ...changeOf(event) });
    });
    importer.current = started;
    setReading({ importer: started, progress: null, preview: null, problem: null });
  };

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    void droppedFiles(event.dataTransfer).then(read);
  };

  const preview = reading?.preview ?? null;
  const isReading = reading !== null && preview === null && reading.problem === null;
  return (
    <ModalDialog title={words.title} closeLabel={words.close} onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the buttons do the same */}
      <div className="column data-dialog" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        {missing && (
          <p className="view-remark view-problem linked">
            {sentence(missing)}
            {isLikeCifar10(data) && (
              <>
                {' '}
                {words.cifar10} <a href="https://www.cs.toronto.edu/~kriz/cifar.html">{words.cifar10Place}</a>
              </>
            )}
          </p>
        )}
        <p className="note">{words.intro}</p>
        <div className="row">
          <FileTrigger allowsMultiple onSelect={(files) => files && files.length > 0 && read(chosenFiles(files))}>
            <Button look={preview ? 'plain' : 'primary'}>{words.chooseFiles}</Button>
          </FileTrigger>
          <FileTrigger acceptDirectory onSelect={(files) => files && files.length > 0 && read(chosenFiles(files))}>
            <Button>{words.chooseFolder}</Button>
          </FileTrigger>
          {data && <Button onPress={() => use(undefined)}>{words.builtIn}</Button>}
        </div>
        <p className="note">{words.dropHere}</p>
        {isReading && (
          <div className="row">
            <Progress
              label={words.reading}
              fraction={reading.progress ? reading.progress.done / Math.max(1, reading.progress.total) : 0}
              text={reading.progress ? words.progress(reading.progress.done, reading.progress.total) : words.opening}
            />
            <Button
              onPress={() => {
                reading.importer.stop();
                setReading(null);
              }}
            >
              {words.stop}
            </Button>
          </div>
        )}
        <div role="alert">
          {(reading?.problem ?? problem) && <p className="view-remark view-problem">{reading?.problem ?? problem}</p>}
        </div>
        {preview && reading && (
          <PreviewPanel preview={preview} onChoose={(choices) => reading.importer.send({ type: 'choose', choices })}>
            <label className="field stacked">
              <span className="small strong">{words.name}</span>
              <input
                className="field-input"
                value={title ?? preview.title}
                onChange={(event) => setTitle(event.currentTarget.value)}
              />
              <span className="note">{words.nameRange}</span>
            </label>
            <Choice isOn={isKept} onChange={setKept}>
              {words.keep(preview.bytes)}
            </Choice>
            <p className="note">{words.stays}</p>
            {missing && data && preview.train !== data.train && <p className="note">{words.other(data.title)}</p>}
            <Button
              look="primary"
              onPress={() => reading.importer.send({ type: 'pack', title: title?.trim() || preview.title })}
            >
              {words.use}
            </Button>
          </PreviewPanel>
        )}
        {kept.sets.length > 0 && (
          <section className="column">
            <h3 className="text">{words.keptTitle}</h3>
            <ul className="plain-list">
              {kept.sets.map((set) => (
                <li key={set.ref.id} className="row">
                  <span>{words.keptSet(set.title, set.ref.train + set.ref.test, set.blob.size)}</span>
                  <Button
                    aria-label={words.takeKept(set.title)}
                    onPress={() => {
                      bring(set.ref.id, set.blob);
                      use(set.ref);
                    }}
                  >
                    {words.useShort}
                  </Button>
                  <Button aria-label={words.removeKept(set.title)} onPress={() => void kept.remove(set.ref.id)}>
                    {words.remove}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </ModalDialog>
  );
}

function changeOf(event: Exclude<ImportEvent, { type: 'packed' }>): Partial<Reading> {
  if (event.type === 'progress') return { progress: { done: event.done, total: event.total } };
  if (event.type === 'preview') return { preview: event.preview, problem: null };
  return { preview: null, problem: fileSentence(event.problem) };
}

/** What is kept on this computer; it changes with what is kept and deleted here. */
function useKept() {
  const [sets, setSets] = useState<readonly KeptSet[]>([]);
  const [store] = useState(keptSets);
  const refresh = useCallback(() => store.all().then(setSets), [store]);
  useEffect(() => void refresh(), [refresh]);
  return {
    sets,
    keep: (set: KeptSet) => store.keep(set),
    remove: (id: string) => store.remove(id).then(refresh, refresh),
  };
}

interface ChoiceProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

function Choice({ isOn, onChange, children }: ChoiceProps) {
  return (
    <label className="in-line">
      <input
        type="checkbox"
        className="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {children}
    </label>
  );
}

interface PreviewPanelProps {
  readonly preview: Preview;
  readonly onChoose: (choices: Preview['choices']) => void;
  readonly children: ReactNode;
}

function PreviewPanel({ preview, onChoose, children }: PreviewPanelProps) {
  const { side, classes, notes, choices } = preview;
  return (
    <section className="column small" aria-label={words.preview}>
      <p>{words.facts(preview)}</p>
      {notes.length > 0 && (
        <ul className="plain-list">
          {notes.map((note) => (
            <li key={note.code + JSON.stringify(note.values)}>{noteSentence(note)}</li>
          ))}
        </ul>
      )}
      <div className="row">
        <Choice isOn={choices.isTurned} onChange={(isTurned) => onChoose({ ...choices, isTurned })}>
          {words.turn}
        </Choice>
        <Choice isOn={choices.isInverted} onChange={(isInverted) => onChoose({ ...choices, isInverted })}>
          {words.invert}
        </Choice>
      </div>
      <Table columns={words.columns} region={words.preview} isNumeric>
        <tbody>
          {classes.map(({ name, train, test, samples }, label) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index
            <tr key={label}>
              <th scope="row">{name}</th>
              <td>{words.count(train)}</td>
              <td>{words.count(test)}</td>
              <td className="data-samples">
                {samples.map((levels, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: they stay where they are
                  <Pixels key={i} levels={levels} size={side} label={null} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {children}
    </section>
  );
}
