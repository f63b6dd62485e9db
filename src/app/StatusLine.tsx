import { sentence, text } from '../messages/messages.ts';
import { Button } from '../ui/Button.tsx';
import { Progress } from '../ui/Progress.tsx';
import { useCommands, useLab } from './lab.ts';

const words = text.app.status;

function shareOf({ bytes, total }: { readonly bytes: number; readonly total: number }): number {
  return total > 0 ? Math.min(1, bytes / total) : 0;
}

/** Whether training can run: what is still on its way, or what failed and how to try again. */
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
  if (status.kind === 'loading') {
    const share = shareOf(status);
    return <Progress label={words.loading} fraction={share} text={words.loadingShare(share)} />;
  }
  if (status.kind === 'preparing') {
    return <Progress label={words.preparing} fraction={status.share} text={words.preparingShare(status.share)} />;
  }
  return (
    <>
      <p className="visually-hidden" role="status">
        {words[status.kind]}
      </p>
      <Streaming />
    </>
  );
}

function Streaming() {
  const share = useLab((state) => shareOf(state.dataProgress));
  if (share === 0 || share === 1) return null;
  return <Progress label={words.streaming} fraction={share} text={words.streamingShare(share)} />;
}
