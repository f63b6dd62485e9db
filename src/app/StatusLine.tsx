import { sentence, text } from '../messages/messages.ts';
import { Button } from '../ui/Button.tsx';
import { useCommands, useLab } from './lab.ts';

const words = text.app.status;

/** What happens, for those who do not see it, or what failed and how to try again. */
export function StatusLine() {
  const { retry } = useCommands();
  const status = useLab((state) => state.status);
  if (status.kind === 'failed') {
    return (
      <div className="failure" role="alert">
        <p>{sentence(status.problem)}</p>
        <Button look="primary" onPress={retry}>
          {words.retry}
        </Button>
      </div>
    );
  }
  return (
    <p className="visually-hidden" role="status">
      {words[status.kind]}
    </p>
  );
}
