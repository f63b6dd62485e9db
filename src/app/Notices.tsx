import { sentence, text } from '../messages/messages.ts';
import { useCommands, useLab } from '../session/hooks.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import '../ui/failure.css';

/** What the page has to say: what a link asked in vain, what an edit reset. Read aloud when it appears. */
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
        <div key={id} className="notice">
          <p>{sentence(problem)}</p>
          <Button look="icon" aria-label={text.app.status.dismiss} onPress={() => dismiss(id)}>
            <CloseIcon />
          </Button>
        </div>
      ))}
    </section>
  );
}
