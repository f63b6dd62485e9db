import { useEffect, useMemo, useRef, useState } from 'react';
import { FileTrigger, Label, TextArea, TextField } from 'react-aria-components';
import { useStore } from 'zustand';
import { laterText } from '../../messages/laterText.ts';
import { LARGEST_FILE } from '../../session/sweeps/importedCells.ts';
import type { Views } from '../../session/views.ts';
import { useImport } from '../../sweep/useImport.ts';
import { Button } from '../../ui/Button.tsx';
import { Said } from '../../ui/Said.tsx';
import { useStorePerFrame } from '../../ui/useStorePerFrame.ts';
import { ClassCharts } from '../ClassCharts.tsx';
import { recordLines } from '../handIn/text.ts';
import { ResultTable } from '../ResultTable.tsx';
import { SaveRecords } from '../SaveRecords.tsx';
import { collected } from './collected.ts';
import { Scanner } from './Scanner.tsx';
import '../../ui/field.css';

const words = laterText.classroom.collect;

export interface CollectProps {
  /** The name of the data set, checksums included. */
  readonly data: string;
  readonly views: Views;
}

/** Takes runs that were handed in, however they come, and draws them: it needs no network. */
export function Collect({ data, views }: CollectProps) {
  const held = useStore(collected);
  const cells = useMemo(() => [...held.values()], [held]);
  const { said, take } = useImport(collected, data);
  const [pasted, setPasted] = useState('');
  const takeFiles = async (files: readonly File[]): Promise<void> =>
    take(
      await Promise.all(
        files.map(async (file) =>
          file.size > LARGEST_FILE ? file : new File([await recordLines(await file.text())], file.name),
        ),
      ),
    );
  const takeText = (text: string, name: string): void => void takeFiles([new File([text], name)]);
  useHandedIn(views, (text) => takeText(text, words.linked));
  return (
    <>
      <section
        className="panel column class-collect"
        aria-label={words.title}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void takeFiles([...event.dataTransfer.files]);
        }}
      >
        <h2 className="large">{words.title}</h2>
        <p className="view-text">{words.what}</p>
        <TextField className="field stacked" value={pasted} onChange={setPasted}>
          <Label className="small strong">{words.paste}</Label>
          <TextArea className="code full" rows={3} spellCheck={false} />
        </TextField>
        <div className="row">
          <Button
            look="primary"
            isDisabled={pasted.trim() === ''}
            onPress={() => {
              takeText(pasted, words.pasted);
              setPasted('');
            }}
          >
            {words.take}
          </Button>
          <FileTrigger allowsMultiple onSelect={(files) => files && void takeFiles([...files])}>
            <Button>{words.files}</Button>
          </FileTrigger>
        </div>
        <Scanner onText={(text) => takeText(text, words.scanned)} />
        <Said lines={said} className="view-text view-remark" />
      </section>
      {cells.length > 0 && (
        <>
          <ClassCharts cells={cells} />
          <section className="panel column">
            <div className="row">
              <h2 className="large">{words.runs(cells.length)}</h2>
              <SaveRecords cells={cells} />
              <Button onPress={() => collected.setState(new Map(), true)}>{words.clear}</Button>
            </div>
            <ResultTable
              results={cells.map((cell) => ({ key: cell.key, cell, isStruck: false }))}
              views={views}
              action={{
                word: () => words.remove,
                run: ({ key }) => collected.setState(new Map([...held].filter(([each]) => each !== key)), true),
              }}
            />
          </section>
        </>
      )}
    </>
  );
}

/** Takes the runs that the address holds, once; then the address is that of the view. */
function useHandedIn(views: Views, take: (text: string) => void): void {
  const ofClass = useStorePerFrame(views, (state) => state.ofClass);
  const taking = useRef(take);
  taking.current = take;
  useEffect(() => {
    if (!ofClass?.startsWith('ds1.')) return;
    taking.current(ofClass);
    views.setState({ ofClass: null });
  }, [views, ofClass]);
}
