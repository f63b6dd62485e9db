import { laterText } from '../messages/laterText.ts';
import { download } from '../plot/chartFiles.ts';
import { Button } from '../ui/Button.tsx';
import { useCopy } from '../ui/useCopy.ts';
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
  const { copy, saidOf } = useCopy(words);
  return (
    <>
      <div className="row">
        <Button onPress={() => void copy(program)}>{words.copy}</Button>
        <span className="note" role="status">
          {saidOf(program)}
        </span>
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
