import { useEffect, useRef, useState } from 'react';
import { Figure } from '../../figure/Figure.tsx';
import { useFinding } from '../../figure/RunFinding.tsx';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import { download, fileNameOf } from '../../plot/chartFiles.ts';
import { pngPicture, svgOf } from '../../plot/picture.ts';
import { useNetworkNames } from '../../session/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import { proseLink } from './embedCode.ts';

const words = laterText.share.picture;

const parts = ['bars', 'error', 'sentence'] as const;

/** Of the address below the figure, a line. */
const LINE = 92;

/** The figure with its sentence and its link, as a picture of the size that chat programs show: sent, copied or saved. */
export function SharePicture({ address }: { readonly address: string }) {
  const names = useNetworkNames();
  const finding = useFinding();
  const title = names.join(' · ');
  const summary = finding ? text.finding.sentences(finding, names).join(' ') : title;
  const [picture, setPicture] = useState<{ readonly file: File; readonly url: string } | 'failed' | null>(null);
  const { copy, saidOf } = useCopy(words);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const draw = async (): Promise<void> => {
      // The figure measures its box first, and is drawn in the frame after that.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      if (!place.current) return;
      const blob = await pngPicture(svgOf(place.current, title, summary));
      const file = new File([blob], fileNameOf(title, 'png'), { type: blob.type });
      setPicture({ file, url: URL.createObjectURL(blob) });
    };
    draw().catch(() => setPicture('failed'));
  }, [title, summary]);
  const file = picture === null || picture === 'failed' ? null : picture.file;
  return (
    <section className="column" aria-labelledby="share-picture">
      <h3 id="share-picture" className="small">
        {words.title}
      </h3>
      {picture === null && (
        <div className="share-sheet" ref={place} aria-hidden="true" inert>
          <div className="share-figure grow">
            <Figure parts={parts} />
          </div>
          {linesOf(address).map((line) => (
            <p key={line} className="share-address soft unbroken">
              {line}
            </p>
          ))}
        </div>
      )}
      {picture !== null && picture !== 'failed' ? (
        <img className="share-preview small" src={picture.url} width={600} height={315} alt={`${title}. ${summary}`} />
      ) : (
        <p className="share-preview small" role="status">
          {picture === null ? words.drawing : words.failed}
        </p>
      )}
      <div className="row">
        {file && navigator.canShare?.({ files: [file] }) && (
          <Button
            onPress={() =>
              void navigator.share({ files: [file], title, text: summary, url: address }).catch(() => undefined)
            }
          >
            {words.send}
          </Button>
        )}
        <Button isDisabled={!file} onPress={() => file && void copy(file)}>
          {words.copy}
        </Button>
        <Button isDisabled={!file} onPress={() => file && download(file, file.name)}>
          {words.save}
        </Button>
        <span className="note" role="status">
          {saidOf()}
        </span>
      </div>
    </section>
  );
}

/** An address as it is read, in two lines at most. */
function linesOf(address: string): readonly string[] {
  const shown = proseLink(address).replace(/^https?:\/\//, '');
  const lines = shown.match(new RegExp(`.{1,${LINE}}`, 'gu')) ?? [];
  return lines.length <= 2 ? lines : [lines[0] ?? '', `${(lines[1] ?? '').slice(0, -1)}…`];
}
