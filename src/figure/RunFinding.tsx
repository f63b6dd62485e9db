import { type ReactNode, useMemo } from 'react';
import { text } from '../messages/messages.ts';
import { type Finding, findingOf } from '../records/finding.ts';
import { useLab, useNetworkNames } from '../session/hooks.ts';
import { shorter } from './fit.ts';
import './runFinding.css';

/** What the run of the page has shown; null while one is under way, and before the first step. */
export function useFinding(): Finding | null {
  const isEnded = useLab(({ status }) => status.kind === 'finished' || status.kind === 'paused');
  const experiment = useLab((state) => (isEnded ? state.experiment : null));
  const runs = useLab((state) => (isEnded ? state.runs : null));
  return useMemo(() => (experiment && runs ? findingOf(experiment, runs, true) : null), [experiment, runs]);
}

/** The mistakes of every network, longest form first; none where one has stopped or died, which is not to be passed over. */
export function shortlyOf({ networks }: Finding, names: readonly string[]): readonly string[] {
  const forms = shorter(names);
  const counts = networks.flatMap(({ mistakes }, index) => {
    const name = forms[index]?.findLast((form) => !/^\d/.test(form)) ?? '';
    return mistakes ? [[name, text.charts.error.ofHundred(mistakes.train)] as const] : [];
  });
  return counts.length === names.length ? text.figure.shortly(counts) : [];
}

interface RunFindingProps {
  /** Charts need the room: the first sentence, or the mistakes alone, and the others on demand. */
  readonly form: 'whole' | 'brief' | 'shortest';
  /** What to do next. */
  readonly children?: ReactNode;
}

/** What the run showed, read aloud when it has ended. */
export function RunFinding({ form, children }: RunFindingProps) {
  const finding = useFinding();
  const names = useNetworkNames();
  const sentences = finding ? text.finding.sentences(finding, names) : [];
  const shortest = form === 'shortest' && finding ? shortlyOf(finding, names)[0] : undefined;
  return (
    <div className="run-finding-place">
      <div role="status">
        {finding && (
          <div className="run-finding small">
            <p className={shortest ? 'visually-hidden' : 'strong'}>{text.finding.title(finding)}</p>
            {form === 'whole' ? (
              <p>{sentences.join(' ')}</p>
            ) : (
              <details>
                <summary>{shortest ?? sentences[0]}</summary>
                <p>{sentences.slice(shortest ? 0 : 1).join(' ')}</p>
              </details>
            )}
          </div>
        )}
      </div>
      {finding && children && <div className="flow run-finding-next">{children}</div>}
    </div>
  );
}
