import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import { setTraining } from '../experiment/edit.ts';
import { experimentText } from '../experiment/experimentText.ts';
import { AboutContext } from '../plot/about.ts';
import { useCommands, useEdit, useLab } from '../session/hooks.ts';
import { Opened } from '../session/Opened.tsx';
import type { Lab } from '../session/store/lab.ts';
import { type SweepRoom, type SweepRoomOptions, sweepRoom } from '../session/sweeps/room.ts';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';
import { CellTable } from './CellTable.tsx';
import { otherRuns } from './otherRuns.ts';
import { RunElsewhere } from './RunElsewhere.tsx';
import { SweepCharts } from './SweepCharts.tsx';
import { SweepPanel } from './SweepPanel.tsx';
import { aboutSweep } from './sweepRuns.ts';
import { useImport } from './useImport.ts';
import { useSweep } from './useSweep.ts';
import './sweep.css';

export interface SweepViewProps extends SweepRoomOptions {
  readonly lab: Lab;
}

/** The view of sweeps. It opens their room on the first visit. */
export default function SweepView({ lab, ...options }: SweepViewProps) {
  return (
    <Opened open={() => sweepRoom(lab.store.getState().experiment, options)} main="view sweep">
      {(room) => <OpenSweep {...room} views={options.views} />}
    </Opened>
  );
}

/** A sweep: what is varied, what is done, and its pictures. */
function OpenSweep({ queue, problem, imported, data, views }: SweepRoom & Pick<SweepRoomOptions, 'views'>) {
  const { pause, setExperiment } = useCommands();
  const show = useSweep(queue, views);
  const state = useStorePerFrame(queue.store, (now) => now);
  const held = useStore(imported);
  const others = useMemo(
    () => otherRuns({ cells: state.cells, sweep: state.sweep }, held),
    [state.cells, state.sweep, held],
  );
  const { said, take } = useImport(imported, data);
  const edit = useEdit();
  const setSteps = (steps: number) =>
    edit((experiment) => {
      const edited = setTraining(experiment, { steps });
      if (edited.ok) show(edited.value, state.sweep);
      return edited;
    });
  const labExperiment = useLab((now) => now.experiment);
  const dataSet = useLab((now) => now.dataSet?.name ?? null);
  const about = useCallback(() => aboutSweep(queue.store.getState(), dataSet), [queue, dataSet]);
  const isAnother = useMemo(
    () => experimentText(state.base) !== experimentText(labExperiment),
    [state.base, labExperiment],
  );
  return (
    <AboutContext value={about}>
      <main
        className="view sweep"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          void take([...event.dataTransfer.files]);
        }}
      >
        <SweepPanel
          state={state}
          storage={problem}
          onChange={(sweep) => show(state.base, sweep)}
          onSteps={setSteps}
          elsewhere={<RunElsewhere {...{ state, imported, others, said }} onFiles={(files) => void take(files)} />}
          onPlay={() => {
            pause();
            queue.play();
          }}
          onPause={() => queue.pause()}
          onRetry={() => queue.retry()}
          {...(isAnother && { onFollow: () => show(labExperiment, state.sweep) })}
        />
        <div className="column sweep-results">
          <SweepCharts state={state} others={others} />
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
