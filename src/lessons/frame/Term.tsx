import { useId, useState } from 'react';
import { lessonText } from '../../messages/lessonText.ts';

interface TermProps {
  /** Its entry in the glossary. */
  readonly term: string;
  /** As the sentence has it. */
  readonly shown: string;
}

/**
 * A term that explains itself in one sentence while it is pointed at or has the focus. Escape takes the sentence away. Text that scrolls
 * under a pointer at rest is not pointed at.
 */
export function Term({ term, shown }: TermProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  const close = () => setOpen(false);
  return (
    <span
      className="term-place"
      onPointerMove={(event) => (event.movementX !== 0 || event.movementY !== 0) && open()}
      onPointerLeave={close}
    >
      <button
        type="button"
        className="term"
        aria-describedby={id}
        onFocus={open}
        onBlur={close}
        onClick={open}
        onKeyDown={(event) => event.key === 'Escape' && close()}
      >
        {shown}
      </button>
      <span role="tooltip" id={id} className="term-meaning" hidden={!isOpen}>
        {lessonText.glossary[term]}
      </span>
    </span>
  );
}
