import { sentence, text } from '../messages/messages.ts';
import { useCommands, useLab } from '../session/hooks.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import '../ui/failure.css';

/** Notices, for instance of a link that could not be followed or a setting that an edit has reset. Screen readers announce them. */
export function Notices() {
  const { dismiss } = useCommands();
  const notices = useLab((state) => state.notices);
  return (
    <section
      className="column notices"
      aria-label={text.app.status.notices}
      aria-live="polite"
      aria-relevant="additions"
    >
      {notices.map(({ id, problem }) => (
        <div key={id} className="notice in-line small">
          <p>{sentence(problem)}</p>
          <Button look="icon" aria-label={text.app.status.dismiss} onPress={() => dismiss(id)}>
            <CloseIcon />
          </Button>
        </div>
      ))}
    </section>
  );
}
