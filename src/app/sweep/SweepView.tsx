import { use, useCallback, useEffect, useMemo, useRef } from 'react';
import { AboutContext, type ChartAbout } from '../../charts/tools/about.ts';
import { sentence, text } from '../../messages/messages.ts';
import { experimentText } from '../../spec/experimentText.ts';
import { formatLink } from '../../spec/link.ts';
import type { Result } from '../../spec/result.ts';
import { defaultSweep, type Sweep } from '../../spec/sweep/sweep.ts';
import { formatSweep } from '../../spec/sweep/text.ts';
import type { SweepQueue } from '../../sweeps/queue.ts';
import type { SweepState } from '../../sweeps/state.ts';
import { Button } from '../../ui/Button.tsx';
import { useFrames } from '../../ui/useFrames.ts';
import { engineText } from '../aboutLab.ts';
import { useCommands, useLab } from '../lab.ts';
import type { Views } from '../views.ts';
import { CellTable } from './CellTable.tsx';
import { SweepCharts } from './SweepCharts.tsx';
import { SweepPanel } from './SweepPanel.tsx';
import { axisLabel } from './sweepAxis.ts';
import type { SweepRoom } from './sweepRoom.ts';
import './sweep.css';

export interface SweepViewProps {
  readonly room: Promise<Result<SweepRoom>>;
  readonly views: Views;
  /** Opens the room again, after it could not be. */
  readonly onRetry: () => void;
}

/** Whether another base would throw away what somebody waits for. */
function isBusy({ status }: SweepState): boolean {
  return status.kind !== 'idle' && status.kind !== 'finished';
}

/** Keeps the queue on the experiment of the lab and the sweep of the address, unless it is at work on another. */
function useSweep(queue: SweepQueue, views: Views): (sweep: Sweep) => void {
  const experiment = useLab((state) => state.experiment);
  const engine = useLab((state) => state.engine);
  const sweep = useFrames(views, (state) => state.sweep);
  useEffect(() => {
    // Until its own worker has started one, the sweep expects to get what the lab has got.
    if (engine && queue.store.getState().engine === null) queue.use(engine);
  }, [queue, engine]);
  useEffect(() => {
    const shown = queue.store.getState();
    const isAnother = experimentText(shown.base) !== experimentText(experiment);
    const wanted = sweep ?? defaultSweep(experiment);
    if (isAnother && isBusy(shown)) return;
    if (isAnother || shown.cells.length === 0 || JSON.stringify(shown.sweep) !== JSON.stringify(wanted)) {
      queue.show(experiment, wanted);
    }
  }, [queue, experiment, sweep]);
  return useCallback(
    (changed) => {
      queue.show(queue.store.getState().base, changed);
      views.setState({ sweep: changed });
    },
    [queue, views],
  );
}

function aboutOf({ base, sweep, engine }: SweepState, data: string): ChartAbout {
  return {
    networks: text.sweep.about(axisLabel(sweep.axis), sweep.values.join(', '), sweep.kinds),
    link: new URL(formatLink(base) + formatSweep(sweep, base), location.href).href,
    seeds: sweep.seeds,
    engine: engineText(engine),
    data,
  };
}

/** The view of sweeps, once it has what it needs. */
export function SweepView({ room, views, onRetry }: SweepViewProps) {
  const opened = use(room);
  if (opened.ok) return <OpenSweep {...opened.value} views={views} />;
  return (
    <main className="sweep">
      <div className="failure" role="alert">
        <p>{sentence(opened.problem)}</p>
        <Button look="primary" onPress={onRetry}>
          {text.app.status.retry}
        </Button>
      </div>
    </main>
  );
}

/** A sweep: what is varied, what is done, and its pictures. */
function OpenSweep({ queue, problem, data, views }: SweepRoom & Pick<SweepViewProps, 'views'>) {
  const { pause, setExperiment } = useCommands();
  const change = useSweep(queue, views);
  const state = useFrames(queue.store, (now) => now);
  const labExperiment = useLab((now) => now.experiment);
  const about = useCallback(() => aboutOf(queue.store.getState(), data), [queue, data]);
  const isAnother = useMemo(
    () => experimentText(state.base) !== experimentText(labExperiment),
    [state.base, labExperiment],
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <AboutContext value={about}>
      <main className="sweep">
        <SweepPanel
          state={state}
          storage={problem}
          headingRef={heading}
          onChange={change}
          onPlay={() => {
            pause();
            queue.play();
          }}
          onPause={() => queue.pause()}
          onRetry={() => queue.retry()}
          {...(isAnother && { onFollow: () => queue.show(labExperiment, state.sweep) })}
        />
        <div className="sweep-results">
          <SweepCharts state={state} />
          <CellTable
            state={state}
            onCancel={(cell) => queue.cancel(cell)}
            onRestore={(cell) => queue.restore(cell)}
            onOpen={(cell) => {
              setExperiment(cell.experiment);
              views.setState({ view: 'lab' });
            }}
          />
        </div>
      </main>
    </AboutContext>
  );
}
