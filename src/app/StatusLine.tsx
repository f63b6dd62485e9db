import { networkIds } from '../experiment/experiment.ts';
import { sentence, text } from '../messages/messages.ts';
import { diedAt } from '../records/run.ts';
import { useCommands, useLab } from '../session/hooks.ts';
import type { LabState } from '../session/store/state.ts';
import { Failure } from '../ui/Failure.tsx';

const words = text.app.status;

/** Which networks have died, once training stands still; empty where none has. */
function deathsIn({ status, runs, experiment }: LabState): string {
  if (status.kind !== 'finished' && status.kind !== 'paused') return '';
  const names = text.names.networks(experiment.networks, experiment.training.size);
  const died = networkIds.flatMap((id, index) => {
    const run = runs[id];
    const step = run ? diedAt(run) : null;
    return step === null ? [] : [text.stack.diedOf(names[index] ?? '', step)];
  });
  return died.join(' ');
}

/** The status for screen readers, or the failure with a button that tries again. */
export function StatusLine() {
  const { retry } = useCommands();
  const status = useLab((state) => state.status);
  const deaths = useLab(deathsIn);
  if (status.kind === 'failed') {
    return (
      <Failure action={words.retry} onAction={retry}>
        {sentence(status.problem)}
      </Failure>
    );
  }
  return (
    <p className="visually-hidden" role="status">
      {words[status.kind]} {deaths}
    </p>
  );
}
