import { useState } from 'react';
import { laterText } from '../messages/laterText.ts';
import { download } from '../plot/chartFiles.ts';
import { Button } from '../ui/Button.tsx';
import './code.css';

const words = laterText.code;

export interface ProgramTextProps {
  /** For those who do not see what it is of. */
  readonly name: string;
  readonly program: string;
  /** What it is saved as; programs without one are copied only. */
  readonly file?: string;
}

/** A program to be read, copied and saved. */
export function ProgramText({ name, program, file }: ProgramTextProps) {
  return (
    <>
      <div className="row">
        <CopyButton program={program} />
        {file !== undefined && (
          <Button onPress={() => download(new Blob([program], { type: 'text/x-python' }), file)}>
            {words.save(file)}
          </Button>
        )}
      </div>
      <textarea className="code code-text" readOnly wrap="off" spellCheck={false} aria-label={name} value={program} />
    </>
  );
}

function CopyButton({ program }: { readonly program: string }) {
  const [outcome, setOutcome] = useState<{ readonly of: string; readonly said: string } | null>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(program);
      setOutcome({ of: program, said: words.copied });
    } catch {
      setOutcome({ of: program, said: words.refused });
    }
  };
  return (
    <>
      <Button onPress={() => void copy()}>{words.copy}</Button>
      <span className="note" role="status">
        {outcome?.of === program ? outcome.said : ''}
      </span>
    </>
  );
}
