import { useState } from 'react';
import { laterText } from '../../../messages/laterText.ts';
import { download, fileNameOf } from '../../../plot/chartFiles.ts';
import { Button } from '../../../ui/Button.tsx';
import type { ScormOptions } from './package.ts';

const words = laterText.share.scorm;

/** A file of the built page, by its path from the page's folder. @throws where it does not arrive; in development there are none */
async function builtFile(path: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`./${path}`, location.href));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

interface ScormPackageProps {
  readonly title: string;
  /** Of the embed, with its `?` and `#`. */
  readonly address: string;
}

/** The experiment as a file for learning management systems, made here. */
export function ScormPackage({ title, address }: ScormPackageProps) {
  const [state, setState] = useState<'idle' | 'making' | 'made' | 'failed'>('idle');
  const make = async (kind: ScormOptions['kind']): Promise<void> => {
    setState('making');
    try {
      const { scormPackage } = await import('./package.ts');
      const site = new URL('./', location.href).href;
      const zip = await scormPackage({ kind, title, address, site, read: builtFile });
      download(new Blob([zip], { type: 'application/zip' }), fileNameOf(`${title} SCORM`, 'zip'));
      setState('made');
    } catch {
      setState('failed');
    }
  };
  return (
    <section className="column" aria-labelledby="share-scorm">
      <h3 id="share-scorm" className="small">
        {words.title}
      </h3>
      <p className="note">{words.what}</p>
      <div className="row">
        <Button isDisabled={state === 'making'} onPress={() => void make('thin')}>
          {words.thin}
        </Button>
        <Button isDisabled={state === 'making'} onPress={() => void make('whole')}>
          {words.whole}
        </Button>
        <span className="note" role="status">
          {state === 'idle' ? '' : words[state]}
        </span>
      </div>
    </section>
  );
}
