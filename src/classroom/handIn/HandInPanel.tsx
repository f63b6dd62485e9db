import { useEffect, useState } from 'react';
import { laterText } from '../../messages/laterText.ts';
import { sentence } from '../../messages/messages.ts';
import { useLabState } from '../../session/hooks.ts';
import { openRecords } from '../../session/storage/records.ts';
import { type FinishedCell, finishedCells } from '../../session/sweeps/finishedCell.ts';
import { pageDataUrl } from '../../session/worker/client.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyField } from '../../ui/CopyField.tsx';
import { QrImage } from '../../ui/QrImage.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import '../classroom.css';
import { handInText } from './text.ts';

const words = laterText.classroom.handIn;

/** The text of a run, and where it cannot be made, the sentence that says why. */
type Made = { readonly text: string } | { readonly problem: string };

/** @param cell that is kept; what the lab has finished, unless given */
export default function HandInPanel({ cell }: { readonly cell?: FinishedCell }) {
  const labState = useLabState();
  const [made, setMade] = useState<Made | null>(null);
  const { copy, saidOf } = useCopy(words);
  useEffect(() => {
    let isGone = false;
    async function make(): Promise<Made> {
      const records = await openRecords(pageDataUrl());
      if (!records.ok) return { problem: sentence(records.problem) };
      const cells = cell ? [cell] : finishedCells(labState(), records.value.data);
      return cells.length === 0 ? { problem: words.none } : { text: await handInText(cells) };
    }
    make()
      .catch((error: unknown) => ({ problem: String(error) }))
      .then((done) => !isGone && setMade(done));
    return () => {
      isGone = true;
    };
  }, [cell, labState]);
  if (!made) return null;
  if ('problem' in made) return <p className="view-text">{made.problem}</p>;
  const link = new URL(`#class=${made.text}`, location.href).href;
  return (
    <div className="column hand-in">
      <p className="view-text">{words.what}</p>
      <CopyField label={words.text} value={made.text} />
      <div className="row">
        <Button onPress={() => void copy(made.text)}>{words.copyText}</Button>
        <Button onPress={() => void copy(link)}>{words.copyLink}</Button>
        <span className="note" role="status">
          {saidOf()}
        </span>
      </div>
      <QrImage text={link} label={words.qr} tooLong={words.tooLong} />
    </div>
  );
}
