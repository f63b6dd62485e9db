import { useMemo } from 'react';
import type { ValueAxis } from '../../plot/axis.ts';
import { ExaminationBar } from '../examination/ExaminationBar.tsx';
import { useExamination } from '../examination/useExamination.ts';
import { LineChart } from './LineChart.tsx';
import { lossLine, type SliceRequest } from './report.ts';
import { slicesOf } from './slicesOf.ts';

export interface SliceProps {
  readonly asked: SliceRequest;
  readonly scale: ValueAxis['kind'];
}

/** The loss along a random direction, for all networks in one chart. */
export function LineSlice({ asked, scale }: SliceProps) {
  const state = useExamination(lossLine);
  const slices = useMemo(() => slicesOf(state.networks), [state.networks]);
  return (
    <>
      <ExaminationBar state={state} onStart={() => state.start({ ...lossLine, ...asked })} />
      <div className="instrument-chart">
        <LineChart slices={slices} scale={scale} />
      </div>
    </>
  );
}
