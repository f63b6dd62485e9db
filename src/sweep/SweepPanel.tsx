import { memo, type ReactNode } from 'react';
import type { Experiment } from '../experiment/experiment.ts';
import { recognizeFamily } from '../experiment/families.ts';
import { stackNameOf } from '../experiment/names.ts';
import type { Problem } from '../experiment/problem.ts';
import { blockSettings, isBlockSetting } from '../experiment/settings.ts';
import type { Sweep, SweepAxis } from '../experiment/sweep/sweep.ts';
import { laterText } from '../messages/laterText.ts';
import { sentence, text } from '../messages/messages.ts';
import { type CellState, type SweepState, type SweepStatus, stateOf } from '../session/sweeps/state.ts';
import { Button } from '../ui/Button.tsx';
import { Failure } from '../ui/Failure.tsx';
import { PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { Progress } from '../ui/Progress.tsx';
import { Published } from './Published.tsx';
import { SweepFields } from './SweepFields.tsx';

const words = laterText.sweep.panel;

export interface SweepPanelProps {
  readonly state: SweepState;
  /** Why finished runs last only as long as the page; null where they are kept. */
  readonly storage: Problem | null;
  readonly onChange: (sweep: Sweep) => void;
  /** Sets the steps of the lab's experiment, and sweeps that, or returns the sentence that says why not. */
  readonly onSteps: (steps: number) => string | null;
  /** What there is for runs on other machines. */
  readonly elsewhere: ReactNode;
  readonly onPlay: () => void;
  readonly onPause: () => void;
  readonly onRetry: () => void;
  /** Takes the experiment of the lab, where that is another one by now. */
  readonly onFollow?: () => void;
}

/** What is varied, how far the sweep is, and the buttons that train it. */
export const SweepPanel = memo(function SweepPanel(props: SweepPanelProps) {
  const { state, storage, onChange, onSteps, onRetry, onFollow } = props;
  const remarks = [state.gaveWay, state.notKept ?? storage].filter((problem) => problem !== null);
  return (
    <section className="panel column sweep-panel">
      <h2 className="large">{words.title}</h2>
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
        <p className="view-text view-remark view-problem" role="alert">
          {sentence(state.problem)}
        </p>
      )}
      {state.status.kind === 'failed' && (
        <Failure action={text.app.status.retry} onAction={onRetry}>
          {sentence(state.status.problem)}
        </Failure>
      )}
      <Controls {...props} />
      {remarks.map((problem) => (
        <p key={problem.code} className="view-text view-remark" role="status">
          {sentence(problem)}
        </p>
      ))}
      {props.elsewhere}
      <Published />
    </section>
  );
});

/** What all cells of a sweep have in common, in a line: without what is on the axis. */
function baseText({ networks: [first], training }: Experiment, axis: SweepAxis): string {
  if (!first) return '';
  const family = recognizeFamily(first.stack);
  const { act, init, norm, opt, schedule } = text.settings;
  const { preset } = family ?? {};
  const blocks = { ...first, ...(isBlockSetting(axis) && { [axis]: blockSettings[axis].usual }) };
  const parts: [SweepAxis | 'name' | 'blocks', string][] = [
    [
      'name',
      preset && axis === 'depth'
        ? text.names.presets[preset](training.size)
        : text.names.stack(stackNameOf(first), training.size),
    ],
    ['width', family ? laterText.sweep.base.width(family.width) : ''],
    ['norm', laterText.sweep.base.norm(norm.choices[first.norm])],
    ['act', act.choices[first.act]],
    ['init', laterText.sweep.base.init(init.choices[first.init], first.gain)],
    ['blocks', text.names.blocksInShort(blocks)],
    ['opt', opt.choices[training.opt]],
    ['lr', laterText.sweep.base.lr(training.lr, schedule.choices[training.schedule])],
    ['batch', laterText.sweep.base.batch(training.batch)],
    ['steps', laterText.sweep.base.steps(training.steps)],
  ];
  return laterText.sweep.base.joined(parts.flatMap(([key, words]) => (key === axis || words === '' ? [] : [words])));
}

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
