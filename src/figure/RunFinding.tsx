import { type ReactNode, useMemo } from 'react';
import { text } from '../messages/messages.ts';
import { type Finding, findingOf } from '../records/finding.ts';
import { useLab, useNetworkNames } from '../session/hooks.ts';
import './runFinding.css';

/** What the run of the page has shown; null while one is under way, and before the first step. */
export function useFinding(): Finding | null {
  const isEnded = useLab(({ status }) => status.kind === 'finished' || status.kind === 'paused');
  const experiment = useLab((state) => (isEnded ? state.experiment : null));
  const runs = useLab((state) => (isEnded ? state.runs : null));
  return useMemo(() => (experiment && runs ? findingOf(experiment, runs, true) : null), [experiment, runs]);
}

interface RunFindingProps {
  /** Charts need the room: the first sentence, and the others on demand. */
  readonly isBrief: boolean;
  /** What to do next. */
  readonly children?: ReactNode;
}

/** What the run showed, read aloud when it has ended. */
export function RunFinding({ isBrief, children }: RunFindingProps) {
  const finding = useFinding();
  const names = useNetworkNames();
  const sentences = finding ? text.finding.sentences(finding, names) : [];
  return (
    <div className="run-finding-place">
      <div role="status">
        {finding && (
          <div className="run-finding small">
            <p className="strong">{text.finding.title(finding)}</p>
            {isBrief ? (
              <details>
                <summary>{sentences[0]}</summary>
                <p>{sentences.slice(1).join(' ')}</p>
              </details>
            ) : (
              <p>{sentences.join(' ')}</p>
            )}
          </div>
        )}
      </div>
      {finding && children && <div className="flow run-finding-next">{children}</div>}
    </div>
  );
}
