import { memo, type RefObject } from 'react';
import type { Problem } from '../experiment/problem.ts';
import type { Sweep } from '../experiment/sweep/sweep.ts';
import { sentence, text } from '../messages/messages.ts';
import { type CellState, type SweepState, type SweepStatus, stateOf } from '../session/sweeps/state.ts';
import { Button } from '../ui/Button.tsx';
import { PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { Progress } from '../ui/Progress.tsx';
import { baseText } from './baseText.ts';
import { Published } from './Published.tsx';
import { SweepFields } from './SweepFields.tsx';

const words = text.sweep.panel;

export interface SweepPanelProps {
  readonly state: SweepState;
  /** Why finished runs last only as long as the page; null where they are kept. */
  readonly storage: Problem | null;
  /** Gets the focus when the view opens. */
  readonly headingRef: RefObject<HTMLHeadingElement | null>;
  readonly onChange: (sweep: Sweep) => void;
  /** Sets the steps of the lab's experiment, and sweeps that, or returns the sentence that says why not. */
  readonly onSteps: (steps: number) => string | null;
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onRetry: () => void;
  /** Takes the experiment of the lab, where that is another one by now. */
  readonly onFollow?: () => void;
}

/** What is varied, how far the sweep is, and the buttons that train it. */
export const SweepPanel = memo(function SweepPanel(props: SweepPanelProps) {
  const { state, storage, headingRef, onChange, onSteps, onRetry, onFollow } = props;
  const remarks = [state.gaveWay, state.notKept ?? storage].filter((problem) => problem !== null);
  return (
    <section className="panel column sweep-panel">
      <h2 className="view-title" tabIndex={-1} ref={headingRef}>
        {words.title}
      </h2>
      <p className="view-text">{words.explanation}</p>
      <SweepFields base={state.base} sweep={state.sweep} onChange={onChange} {...(!onFollow && { onSteps })} />
      <p className="view-text">
        {onFollow ? words.earlierBase : words.base} {baseText(state.base, state.sweep.axis)}
      </p>
      {onFollow && (
        <p className="view-text view-remark">
          {words.otherBase} <Button onPress={onFollow}>{words.follow}</Button>
        </p>
      )}
      {state.problem && (
        <p className="sweep-problem" role="alert">
          {sentence(state.problem)}
        </p>
      )}
      {state.status.kind === 'failed' && (
        <div className="failure" role="alert">
          <p>{sentence(state.status.problem)}</p>
          <Button look="primary" onPress={onRetry}>
            {text.app.status.retry}
          </Button>
        </div>
      )}
      <Controls {...props} />
      {remarks.map((problem) => (
        <p key={problem.code} className="view-text view-remark" role="status">
          {sentence(problem)}
        </p>
      ))}
      <Published />
    </section>
  );
});

function isPlaying({ kind }: SweepStatus): boolean {
  return kind === 'running' || kind === 'loading';
}

function Controls({ state, onPlay, onPause }: SweepPanelProps) {
  const { cells, status, remainingMs } = state;
  const kinds = cells.map((cell) => stateOf(state, cell).kind);
  const count = (wanted: CellState['kind']) => kinds.filter((kind) => kind === wanted).length;
  const done = count('done');
  const left = count('waiting') + count('running');
  const playing = isPlaying(status);
  const progress = words.progress(done, cells.length);
  return (
    <div className="column">
      <Button
        look="primary"
        onPress={playing ? onPause : onPlay}
        isDisabled={!playing && (left === 0 || status.kind === 'failed')}
      >
        {playing ? <PauseIcon /> : <PlayIcon />}
        {playing ? words.pause : done > 0 || status.kind === 'paused' ? words.resume : words.start(left)}
      </Button>
      <Progress label={words.progressLabel} fraction={cells.length > 0 ? done / cells.length : 0} text={progress} />
      <p className="view-text" role="status">
        {status.kind === 'loading' && left > 0 && words.loading}
        {status.kind === 'finished' &&
          (done === cells.length ? words.finished : words.finishedWithout(count('cancelled'), count('refused')))}
        {status.kind === 'paused' && words.paused}
        {status.kind === 'running' && words.running}
      </p>
      <p className="view-text">
        {left > 0 && remainingMs !== null && (status.kind === 'idle' ? words.estimate : words.timeLeft)(remainingMs)}
      </p>
    </div>
  );
}
