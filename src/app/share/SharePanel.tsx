/** The ways to share what is on the page, besides the link that Share has copied. */
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { formatEmbed, usualEmbed } from '../../embed/address.ts';
import { laterText } from '../../messages/laterText.ts';
import { useNetworkNames } from '../../session/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { CopyField } from '../../ui/CopyField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { useCopy } from '../../ui/useCopy.ts';
import { type Choices, EmbedChoices } from './EmbedChoices.tsx';
import { type EmbedKind, embedCode, embedKinds } from './embedCode.ts';
import { SharePicture } from './SharePicture.tsx';
import { ScormPackage } from './scorm/ScormPackage.tsx';
import { addressOf } from './sharedPages.ts';
import './share.css';

const QrCode = lazy(() => import('./QrCode.tsx'));

const words = laterText.share;

const kinds = embedKinds.map((key) => ({ key, label: words.embed.kinds[key] }));

/** @param link of what is on the page, with its `#` */
export default function SharePanel({ link }: { readonly link: string }) {
  const [isQrShown, setQrShown] = useState(false);
  const [choices, setChoices] = useState<Choices>(usualEmbed);
  const title = words.embed.frame(useNetworkNames().join(' · '));
  const address = addressOf(link);
  const embedded = `${formatEmbed(choices)}${link}`;
  return (
    <div className="column share">
      <div className="row at-bottom share-link">
        <CopyField label={words.link} value={address} />
        <Button onPress={() => setQrShown(true)}>{words.qr.button}</Button>
      </div>
      {isQrShown && (
        <Suspense>
          <QrCode address={address} onClose={() => setQrShown(false)} />
        </Suspense>
      )}
      <SharePicture address={address} />
      <EmbedCode embedded={embedded} address={address} title={title}>
        <EmbedChoices value={choices} onChange={setChoices} />
      </EmbedCode>
      <ScormPackage title={title} address={embedded} />
    </div>
  );
}

interface EmbedCodeProps {
  /** Of the embed, from the page's folder. */
  readonly embedded: string;
  /** Of the page itself. */
  readonly address: string;
  readonly title: string;
  /** What can be chosen of the embed. */
  readonly children: ReactNode;
}

/** What an author pastes into a page, and a look at what becomes of it there. */
function EmbedCode({ embedded, address, title, children }: EmbedCodeProps) {
  const [kind, setKind] = useState<EmbedKind>('html');
  const { copy, saidOf } = useCopy(words.embed);
  const [isPreviewed, setPreviewed] = useState(false);
  const frame = new URL(`./${embedded}`, location.href).href;
  const code = embedCode(kind, { frame, page: address, title });
  return (
    <section className="column" aria-labelledby="share-embed">
      <h3 id="share-embed" className="small">
        {words.embed.title}
      </h3>
      {children}
      <div className="row">
        <SelectField label={words.embed.kind} isLabelHidden options={kinds} value={kind} onChange={setKind} />
        <Button onPress={() => void copy(code)}>{words.embed.copy}</Button>
        <span className="note" role="status">
          {saidOf(code)}
        </span>
      </div>
      <textarea
        className="code full breakable"
        readOnly
        spellCheck={false}
        rows={4}
        aria-label={words.embed.code(words.embed.kinds[kind])}
        value={code}
        onFocus={(event) => event.currentTarget.select()}
      />
      <div>
        <Button onPress={() => setPreviewed(!isPreviewed)} aria-expanded={isPreviewed}>
          {words.choices.preview}
        </Button>
      </div>
      {isPreviewed && <iframe key={frame} className="share-frame" src={frame} title={words.choices.frame} />}
    </section>
  );
}
